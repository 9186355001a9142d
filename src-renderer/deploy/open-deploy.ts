import type { NodeId } from '../../src-shared/document/document';
import { ownEntry } from '../../src-shared/document/own-entry';
import { lookupNode } from '../../src-shared/nodes/catalog';
import { openDialog } from '../store/ui';
import { activeTab, type Tab } from '../store/workspace';
import { chooseTarget, loadBundles, loadDeployments, loadTargets, setConfig } from './deploy-actions';
import { type Config, isSending, useDeploy } from './deploy-store';

/** Opens the panel for the document in front; a node that deploys brings its target and settings along. */
export function openDeploy(node?: NodeId): void {
  const tab = activeTab();
  if (!tab) return;
  const panel = useDeploy.getState();
  if (panel.document !== tab.id) startOver(tab);
  useDeploy.setState({ base: tab.base });
  openDialog('deploy');
  void loadBundles(tab.id);
  void loadDeployments();
  void loadTargets().then(() => (node === undefined ? undefined : takeSettingsOf(tab, node)));
}

/** What was chosen for another document says nothing about this one; a deployment under way stays. */
function startOver({ id }: Tab): void {
  const { sending } = useDeploy.getState();
  const isBusy = isSending({ sending });
  useDeploy.setState({
    document: id,
    step: isBusy ? 'send' : 'bundle',
    bundles: { state: 'loading' },
    bundle: undefined,
    model: undefined,
    plan: undefined,
    test: undefined,
    exporting: undefined,
    sending: isBusy ? sending : undefined,
  });
}

/** Fills in the target that a node names in one of its forms. */
function takeSettingsOf({ editor }: Tab, id: NodeId): void {
  const { targets } = useDeploy.getState();
  const node = editor.document.nodes[id];
  if (!node || targets.state !== 'ready') return;
  const names = new Set(targets.value.map(({ name }) => name));
  for (const [param, declared] of Object.entries(lookupNode(node.kind)?.params ?? {})) {
    if (declared.type !== 'variant' || !Object.keys(declared.variants).every((name) => names.has(name))) continue;
    const { type, ...settings } = asForm(ownEntry(node.params, param), declared.default);
    if (!names.has(type)) continue;
    chooseTarget(type);
    setConfig(settings);
  }
}

function asForm(value: unknown, otherwise: string): Config & { readonly type: string } {
  const form: Config = typeof value === 'object' && value !== null ? { ...value } : {};
  return { ...form, type: typeof form.type === 'string' ? form.type : otherwise };
}
