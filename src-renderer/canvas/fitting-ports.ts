import type { Known } from '../../src-shared/document/adapters';
import type { PortRef, YardDocument } from '../../src-shared/document/document';
import { outputNames } from '../../src-shared/document/edit-edges';
import { reach } from '../../src-shared/document/edit-selection';
import { ownEntry } from '../../src-shared/document/own-entry';
import type { NodeDefinition } from '../../src-shared/nodes/define-node';
import { accepts } from '../../src-shared/types/ports';
import { type OpenEnd, portKey } from './canvas-store';

/** Ports that a wire from this end may be dropped on: the kind fits, and no circle closes. */
export function fittingPorts(document: YardDocument, end: OpenEnd, known: Known): Set<string> {
  const away = new Set(reach(document, [end.node], end.side === 'output' ? 'up' : 'down'));
  const definition = definitionOf(document, end.node, known);
  const found = Object.keys(document.nodes).flatMap((node) => {
    const other = away.has(node) ? undefined : definitionOf(document, node, known);
    if (!definition || !other) return [];
    const side = end.side === 'output' ? ('input' as const) : ('output' as const);
    return portsThatFit(definition, end, other).map((port) => portKey({ node, port, side }));
  });
  return new Set(found);
}

/** Ports of a node, placed or not, that a wire from this end fits. */
export function portsThatFit(
  definition: NodeDefinition,
  end: Pick<OpenEnd, 'port' | 'side'>,
  other: NodeDefinition,
): string[] {
  if (end.side === 'output') {
    const given = outputNames(definition, end.port);
    const inputs = Object.entries(other.inputs).filter(([, port]) => given.some((name) => accepts(port, name)));
    return inputs.map(([port]) => port);
  }
  const input = ownEntry(definition.inputs, end.port);
  if (!input) return [];
  return Object.keys(other.outputs).filter((port) => outputNames(other, port).some((name) => accepts(input, name)));
}

function definitionOf(document: YardDocument, node: PortRef['node'], { lookup }: Known): NodeDefinition | undefined {
  return lookup(ownEntry(document.nodes, node)?.kind ?? '');
}
