import type { Bundle, DeploymentSummary } from '../../src-shared/deploy';
import type { DocumentId } from '../../src-shared/window-data';
import { askingForSecrets } from '../app/secret-question';
import { problemOf } from '../app/tell';
import { ask } from '../bridge/bridge';
import { findTab } from '../store/workspace';
import {
  askOf,
  type Config,
  chosenTarget,
  configOf,
  type DeployStep,
  isSending,
  type Loaded,
  useDeploy,
} from './deploy-store';

async function load<T>(work: Promise<T>): Promise<Loaded<T>> {
  return work.then(
    (value): Loaded<T> => ({ state: 'ready', value }),
    (error: unknown): Loaded<T> => ({ state: 'failed', problem: problemOf(error) }),
  );
}

export function goTo(step: DeployStep): void {
  const panel = useDeploy.getState();
  // How an earlier one ended was read; what would be sent now is what counts.
  const sending = isSending(panel) ? panel.sending : undefined;
  useDeploy.setState({ step, sending });
  if (step === 'send' && !sending) void loadPlan();
  if (step === 'use') void loadSamples();
}

export async function loadTargets(): Promise<void> {
  useDeploy.setState({ targets: await load(ask('deploy:targets', {})) });
  await loadSecrets();
}

/** Exports of the document's runs; the newest is chosen where none was, or the chosen one is gone. */
export async function loadBundles(id: DocumentId): Promise<void> {
  const bundles = await load(ask('deploy:bundles', { id }));
  if (useDeploy.getState().document !== id) return;
  useDeploy.setState({ bundles });
  if (bundles.state !== 'ready') return;
  const { bundle } = useDeploy.getState();
  const present = bundles.value.find(({ path }) => path === bundle?.path) ?? bundle ?? bundles.value[0];
  if (present) chooseBundle(present);
}

/** An export that lies in a folder. Rejects with ProblemError where it is none, or another than was proven. */
export async function openBundleFolder(id: DocumentId, path: string): Promise<void> {
  const [bundle] = await ask('deploy:bundles', { id, path });
  if (!bundle) return;
  const { bundles } = useDeploy.getState();
  const known = bundles.state === 'ready' ? bundles.value.filter((each) => each.path !== bundle.path) : [];
  useDeploy.setState({ bundles: { state: 'ready', value: [bundle, ...known] } });
  chooseBundle(bundle);
}

export function chooseBundle(bundle: Bundle): void {
  useDeploy.setState({ bundle, plan: undefined, test: undefined });
}

export function chooseTarget(target: string): void {
  useDeploy.setState({ target, plan: undefined, test: undefined });
  void loadSecrets();
}

export function setConfig(config: Config): void {
  const { target, configs } = useDeploy.getState();
  if (target === undefined) return;
  useDeploy.setState({ configs: { ...configs, [target]: config }, plan: undefined, test: undefined });
}

/** Where the secrets of the target that is chosen come from. */
export async function loadSecrets(): Promise<void> {
  const names = secretNames();
  const secrets = names.length === 0 ? [] : await ask('secret:list', { names }).catch(() => []);
  useDeploy.setState({ secrets });
}

/** Names that the settings give, and those that were found missing. */
export function secretNames(): string[] {
  const panel = useDeploy.getState();
  const config = configOf(panel);
  const named = Object.entries(chosenTarget(panel)?.params ?? {}).flatMap(([name, param]) => {
    return param.type === 'secret' ? [String(config[name] ?? param.default)] : [];
  });
  return [...new Set([...named, ...missingVariables()])];
}

/** Variables that the last plan or test asked for. */
export function missingVariables(): string[] {
  const { plan, test } = useDeploy.getState();
  const problems = [
    ...(plan?.state === 'ready' ? plan.value.problems : []),
    ...(test?.state === 'ready' ? test.value : []),
  ];
  return problems.flatMap(({ code, values }) => (code === 'deploy-secret-missing' ? [String(values?.variable)] : []));
}

/** What a person calls the document whose model is sent. */
export function documentName(): string {
  const { document, bundle } = useDeploy.getState();
  return (document === undefined ? undefined : findTab(document)?.name) ?? bundle?.name ?? '';
}

/** The value goes to the host and is not kept here. Rejects with ProblemError. */
export async function setSecret(name: string, value: string): Promise<void> {
  const { target } = useDeploy.getState();
  const purpose = target === undefined ? {} : { purpose: { target, config: configOf(useDeploy.getState()) } };
  await ask('secret:set', { name, value, ...purpose });
  secretsChanged();
  await loadSecrets();
}

export async function removeSecret(name: string): Promise<void> {
  await ask('secret:remove', { name });
  secretsChanged();
  await loadSecrets();
}

/** What was said before a secret changed may be wrong now. */
function secretsChanged(): void {
  useDeploy.setState({ test: undefined });
}

/** Asks the target one harmless question. */
export async function testConnection(): Promise<void> {
  const wanted = askOf(useDeploy.getState());
  if (!wanted) return;
  useDeploy.setState({ test: { state: 'loading' } });
  const test = () => ask('deploy:test', wanted);
  const answer = await load(askingForSecrets(documentName(), test).then(({ problems }) => problems));
  // Settings that were changed meanwhile have taken the question back.
  if (useDeploy.getState().test?.state === 'loading') useDeploy.setState({ test: answer });
  await loadSecrets();
}

export async function loadPlan(): Promise<void> {
  const wanted = askOf(useDeploy.getState());
  if (!wanted) return;
  useDeploy.setState({ plan: { state: 'loading' } });
  const plan = await load(ask('deploy:plan', wanted));
  if (useDeploy.getState().plan?.state === 'loading') useDeploy.setState({ plan });
}

export async function loadDeployments(): Promise<void> {
  useDeploy.setState({ deployments: await load(ask('deploy:list', {})) });
}

/** Shows a deployment, with its target and settings filled in. */
export async function chooseDeployment(chosen: DeploymentSummary): Promise<void> {
  const { target, config, bundle: path } = chosen;
  const { configs, document, bundle } = useDeploy.getState();
  useDeploy.setState({ chosen, target, configs: { ...configs, [target]: config }, plan: undefined, test: undefined });
  goTo(chosen.state === 'unfinished' ? 'send' : 'use');
  if (document === undefined || bundle?.path === path) return;
  const found = await ask('deploy:bundles', { id: document, path }).catch(() => []);
  if (found[0] && useDeploy.getState().chosen === chosen) useDeploy.setState({ bundle: found[0] });
  if (chosen.state === 'unfinished') await loadPlan();
}

async function loadSamples(): Promise<void> {
  const { chosen } = useDeploy.getState();
  if (!chosen) return;
  useDeploy.setState({ samples: { state: 'loading' } });
  const samples = await load(ask('deploy:samples', { bundle: chosen.bundle }));
  if (useDeploy.getState().chosen?.bundle === chosen.bundle) useDeploy.setState({ samples });
}
