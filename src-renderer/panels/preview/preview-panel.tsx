import { wireKey } from '../../../src-shared/document/wires';
import { lookupNode } from '../../../src-shared/nodes/catalog';
import type { WireName, WireType } from '../../../src-shared/types/ports';
import { Select } from '../../fields/select';
import { useTranslate } from '../../i18n/i18n';
import { useAnalysis } from '../../store/analysis';
import { useSelection, useUi } from '../../store/ui';
import { useDocument } from '../../store/use-editor';
import type { Tab } from '../../store/workspace';
import { BarTools } from '../bar-tools';
import { EmptyNote } from '../empty-note';
import { AskedPreview } from './asked-preview';
import { type PreviewTarget, previewTarget } from './preview-target';
import { TypeView } from './type-view';
import './preview.css';

/** What comes out of the selected node, or travels on the selected wire. */
export function PreviewPanel({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const document = useDocument(tab.editor);
  const selection = useSelection(tab.id);
  const chosen = useUi(({ preview }) => preview);
  const types = useAnalysis((all) => all[tab.id]?.inference.types);
  const target = previewTarget(document, { selection, chosen, lookup: lookupNode });
  if (!target) {
    const isNodeAlone = selection.nodes.length === 1;
    if (isNodeAlone) return <EmptyNote text={t('panels.noOutput')} />;
    return <EmptyNote text={t('panels.selectNode')} hint={t('panels.selectNodeHint')} />;
  }
  const type = types?.[wireKey(target)];
  return (
    <div className="preview">
      {target.ports.length > 1 ? (
        <BarTools>
          <PortChoice target={target} />
        </BarTools>
      ) : null}
      {type && isTypeOnly(type) ? (
        <TypeView name={target.name} type={type} />
      ) : (
        <AskedPreview key={wireKey(target)} tab={tab} target={target} />
      )}
    </div>
  );
}

/** What holds no rows and no weights: its type says all there is. */
const typeOnly: ReadonlySet<WireName> = new Set(['tensor', 'estimator']);

function isTypeOnly({ type }: WireType): boolean {
  return typeOnly.has(type);
}

function PortChoice({ target }: { readonly target: PreviewTarget }) {
  const t = useTranslate();
  return (
    <Select
      className="bottom-select"
      aria-label={t('panels.output')}
      value={target.port}
      onChange={({ target: { value } }) => useUi.setState({ preview: { node: target.node, port: value } })}
    >
      {target.ports.map((port) => (
        <option key={port}>{port}</option>
      ))}
    </Select>
  );
}
