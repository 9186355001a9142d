import { checkParams } from '../../../src-shared/document/check-params';
import { type NodeId, parseEdgeId, type YardDocument } from '../../../src-shared/document/document';
import { findNode } from '../../../src-shared/document/set-params';
import type { NodeLookup } from '../../../src-shared/nodes/catalog';
import type { SecretUse } from '../../../src-shared/secret-use';
import { targets } from './catalog';
import { checkConfig } from './check-config';
import type { Environment } from './define-target';
import { usesOf } from './secret-uses';

interface Wish {
  readonly document: YardDocument;
  /** Only this node, by name, and what it needs. */
  readonly to?: string | undefined;
}

/** Where a run of the document would send which secrets. */
export function usesIn(wish: Wish, lookup: NodeLookup, env: Environment): SecretUse[] {
  return nodesOf(wish).flatMap((node) => {
    const definition = node.muted ? undefined : lookup(node.kind);
    // What has problems does not run.
    const { params } = definition?.deploys ? checkParams(definition, node) : {};
    // Checked against the declarations of this very node.
    const deployment = params && definition?.deploys?.(params as never);
    const target = targets.find(({ name }) => name === deployment?.target);
    const config = target && deployment ? checkConfig(target, deployment.config).config : undefined;
    return target && config ? usesOf(target, { config, env }) : [];
  });
}

function nodesOf({ document, to }: Wish): YardDocument['nodes'][NodeId][] {
  const first = to === undefined ? undefined : findNode(document, to);
  if (first === undefined) return Object.values(document.nodes);
  const asked = new Set([first]);
  for (const id of asked) {
    for (const edge of Object.keys(document.edges)) {
      const ends = parseEdgeId(edge);
      if (ends?.to.node === id) asked.add(ends.from.node);
    }
  }
  return Object.entries(document.nodes).flatMap(([id, node]) => (asked.has(id) ? [node] : []));
}
