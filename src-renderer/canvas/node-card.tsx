import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { groupOf } from '../../src-shared/nodes/groups';
import { GroupIcon } from '../library/group-icon';
import { ConfusionSketch } from './confusion-sketch';
import type { StepNode } from './flow-nodes';
import type { NodeFace } from './node-face';
import { NodePort } from './node-port';
import { portOffset } from './node-size';
import { NodeTitle } from './node-title';
import { TrainingSketch } from './training-sketch';
import './node-card.css';

/** A node of whatever kind: its face decides what it shows. */
export const NodeCard = memo(function NodeCard({ id, data: { face }, selected }: NodeProps<StepNode>) {
  return (
    <div
      className="node-card"
      data-testid={`node-${face.name}`}
      data-state={face.state}
      data-look={face.look}
      data-tone={face.status?.tone}
      data-selected={selected || undefined}
      style={{ height: face.height, ...(face.colour ? { borderColor: face.colour } : {}) }}
      data-group={groupOf(face.kind)}
    >
      <header className="node-head" data-collapsed={face.isCollapsed || undefined}>
        <GroupIcon kind={face.kind} />
        <NodeTitle id={id} face={face} />
        {face.status ? (
          <span className="node-status" data-tone={face.status.tone}>
            {face.status.sign ? <span className="node-sign">{face.status.sign}</span> : null}
            {face.problem === undefined ? face.status.text : null}
          </span>
        ) : null}
      </header>
      {face.isCollapsed ? null : <Details face={face} />}
      {face.inputs.map((port, index) => (
        <NodePort key={`in ${port.name}`} node={id} face={face} port={port} side="input" index={index} />
      ))}
      {face.outputs.map((port, index) => (
        <NodePort key={`out ${port.name}`} node={id} face={face} port={port} side="output" index={index} />
      ))}
    </div>
  );
});

function Details({ face }: { readonly face: NodeFace }) {
  const rows = Math.max(face.inputs.length, face.outputs.length, 1);
  return (
    <>
      {face.problem === undefined ? (
        <div className="node-fact mono" data-asking={face.fact.isAsking || undefined} title={face.fact.text}>
          {face.fact.text}
        </div>
      ) : (
        <div className="node-fact node-problem" title={face.problem}>
          {face.problem}
        </div>
      )}
      {Array.from({ length: rows - 1 }, (_, row) => (
        // Rows have no other identity than their place.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={row} className="node-ports mono" style={{ top: portOffset(row + 1, false) - 10 }} aria-hidden="true">
          <span>{face.inputs[row + 1]?.name}</span>
          <span>{face.outputs[row + 1]?.name}</span>
        </div>
      ))}
      <div className="node-body" style={{ height: face.body.height }}>
        <Body face={face} />
      </div>
    </>
  );
}

function Body({ face: { body, run, width } }: { readonly face: NodeFace }) {
  if (body.kind === 'training' && run) return <TrainingSketch run={run} width={width - 26} />;
  if (body.kind === 'confusion' && run?.report?.kind === 'classification')
    return <ConfusionSketch report={run.report} />;
  return null;
}
