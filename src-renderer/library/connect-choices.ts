import type { Known } from '../../src-shared/document/adapters';
import type { NodeId, PortRef, YardDocument } from '../../src-shared/document/document';
import { edgeId } from '../../src-shared/document/document';
import { connect } from '../../src-shared/document/edit-edges';
import { isProblem, type Problem } from '../../src-shared/problem';

/** One wire that could be drawn from a node, or to it. */
export interface ConnectChoice {
  readonly from: PortRef;
  readonly to: PortRef;
  /** It leaves the node that was asked about. */
  readonly isLeaving: boolean;
  readonly isConnected: boolean;
  /** Why it cannot be drawn. */
  readonly refusal?: Problem;
}

/** Every pairing of the node's ports with those of all others: the possible ones first. */
export function connectChoices(document: YardDocument, node: NodeId, known: Known): ConnectChoice[] {
  const others = Object.keys(document.nodes).filter((id) => id !== node);
  const pairs = others.flatMap((other) => [
    ...pairsOf(document, { source: node, target: other, isLeaving: true }, known),
    ...pairsOf(document, { source: other, target: node, isLeaving: false }, known),
  ]);
  return pairs.sort((a, b) => rank(a) - rank(b));
}

/** Wires that end at the wrong kind are many and say little; those that fit stand first, then those that nearly do. */
function rank({ refusal, isLeaving, isConnected }: ConnectChoice): number {
  return (refusal ? 4 : 0) + (isConnected ? 2 : 0) + (isLeaving ? 0 : 1);
}

interface Ends {
  readonly source: NodeId;
  readonly target: NodeId;
  readonly isLeaving: boolean;
}

function pairsOf(document: YardDocument, { source, target, isLeaving }: Ends, known: Known): ConnectChoice[] {
  const outputs = Object.keys(known.lookup(document.nodes[source]?.kind ?? '')?.outputs ?? {});
  const inputs = Object.keys(known.lookup(document.nodes[target]?.kind ?? '')?.inputs ?? {});
  return outputs.flatMap((output) =>
    inputs.map((input) => {
      const [from, to] = [
        { node: source, port: output },
        { node: target, port: input },
      ];
      const tried = connect(document, { from, to }, known);
      const isConnected = Object.hasOwn(document.edges, edgeId(from, to));
      return { from, to, isLeaving, isConnected, ...(isProblem(tried) ? { refusal: tried } : {}) };
    }),
  );
}
