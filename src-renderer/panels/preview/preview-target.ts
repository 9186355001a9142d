import type { PortRef, YardDocument } from '../../../src-shared/document/document';
import { ownEntry } from '../../../src-shared/document/own-entry';
import { wiresOf } from '../../../src-shared/document/wires';
import type { NodeLookup } from '../../../src-shared/nodes/catalog';
import type { Selection, Ui } from '../../store/ui';

export interface PreviewTarget extends PortRef {
  /** Name of the node. */
  readonly name: string;
  /** All outputs of the node. */
  readonly ports: readonly string[];
}

interface Place {
  readonly selection: Selection;
  /** The output that was chosen last. */
  readonly chosen: Ui['preview'];
  readonly lookup: NodeLookup;
}

/** The output to look at: of the one node that is selected, or the one that the selected wire comes from. */
export function previewTarget(document: YardDocument, { selection, chosen, lookup }: Place): PreviewTarget | undefined {
  const [wire] = selection.edges;
  const from = selection.nodes.length === 0 ? wiresOf(document).find(({ id }) => id === wire)?.from : undefined;
  const id = selection.nodes.length === 1 ? selection.nodes[0] : from?.node;
  const node = id === undefined ? undefined : ownEntry(document.nodes, id);
  if (id === undefined || !node) return undefined;
  const ports = Object.keys(lookup(node.kind)?.outputs ?? {});
  const wanted = from?.port ?? (chosen?.node === id ? chosen.port : undefined);
  const port = ports.find((each) => each === wanted) ?? ports[0];
  return port === undefined ? undefined : { node: id, port, name: node.name, ports };
}

/** What results depend on: a node that only moves is asked for nothing. */
export function contentKey({ nodes, edges, settings }: YardDocument): string {
  const content = Object.entries(nodes).map(([id, { kind, version, name, params, muted, bypassed }]) => {
    return [id, kind, version, name, params, muted, bypassed];
  });
  return JSON.stringify([content, Object.entries(edges).map(([id, { order }]) => [id, order]), settings]);
}
