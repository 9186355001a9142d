import type { NodeId } from '../../src-shared/document/document';
import { wireKey } from '../../src-shared/document/wires';
import { formatBytes, formatSeconds } from '../../src-shared/number-text';
import { subtractDims } from '../../src-shared/ops/dims';
import { explainReason } from '../../src-shared/runs/reason-text';
import type { PlanState } from '../../src-shared/runs/run-event';
import type { WireType } from '../../src-shared/types/ports';
import type { PlannedStep } from '../../src-shared/window-data';
import { useLanguage, useTranslate } from '../i18n/i18n';
import type { MessageKey } from '../i18n/messages';
import { type Analysis, useAnalysis } from '../store/analysis';
import { useDocument } from '../store/use-editor';
import type { Tab } from '../store/workspace';
import { costText } from './type-words';

const states = {
  run: 'inspector.planRun',
  cached: 'inspector.planCached',
  traced: 'inspector.planTraced',
  blocked: 'inspector.planBlocked',
  off: 'inspector.planOff',
} as const satisfies Record<PlanState, MessageKey>;

/** What the node costs, and whether and why the next run runs it. */
export function NodeCost({ tab, id }: { readonly tab: Tab; readonly id: NodeId }) {
  const t = useTranslate();
  const language = useLanguage();
  const node = useDocument(tab.editor).nodes[id];
  const analysis = useAnalysis((all) => all[tab.id]);
  const cost = analysis && costOf(analysis, id);
  const step = analysis?.plan?.steps.find((each) => each.node === node?.name);
  if (!cost && !step) return null;
  return (
    <div className="inspector-cost small">
      {cost ? <p className="mono">{costText(cost, language)}</p> : null}
      {step ? <p className="muted">{t(states[step.state], { reason: explainReason(step.reason, language) })}</p> : null}
      {step?.state === 'run' && step.estimate ? <p className="muted mono">{estimateText(step.estimate)}</p> : null}
    </div>
  );
}

function estimateText({ seconds, bytes, disk }: NonNullable<PlannedStep['estimate']>): string {
  const parts = [
    seconds === undefined ? '' : `≈ ${formatSeconds(seconds)}`,
    bytes === undefined ? '' : `RAM ${formatBytes(bytes)}`,
    disk === undefined ? '' : `disk ${formatBytes(disk)}`,
  ];
  return parts.filter(Boolean).join(' · ');
}

type Cost = Parameters<typeof costText>[0];

/** A layer's own cost, without the layers before it; else that of the model that leaves the node. */
function costOf({ inference: { types, graph } }: Analysis, id: NodeId): Cost | undefined {
  const node = graph.nodes.get(id);
  const outputs = Object.keys(node?.definition?.outputs ?? {}).flatMap((port): WireType | WireType[] => {
    return types[wireKey({ node: id, port })] ?? [];
  });
  const layer = outputs.find((type) => type.type === 'tensor');
  if (!layer) return outputs.find((type) => type.type === 'model' || type.type === 'estimator');
  const before = Object.values(node?.inputs ?? {})
    .flat()
    .flatMap((ref): WireType | WireType[] => types[wireKey(ref)] ?? [])
    .filter((type) => type.type === 'tensor');
  const [only] = before;
  if (before.length !== 1 || !only) return layer;
  return { parameters: layer.parameters - only.parameters, flops: subtractDims(layer.flops, only.flops) };
}
