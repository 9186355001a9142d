import type { z } from 'zod';
import type { NodeLookup } from '../nodes/catalog';
import { type Problem, type ProblemValue, problem } from '../problem';
import { checkDocument } from './check-document';
import { tightest } from './check-params';
import type { YardDocument } from './document';
import { documentVersion, migrate, type RawDocument } from './migrations/migrations';
import { limits, type Plain, readJson } from './read-json';
import { documentSchema } from './schema';
import { upgradeNode } from './upgrade-node';
import { withoutEntries } from './without-entries';

/** A document that could be read, with what is wrong inside it; or why it could not be read at all. */
export type LoadResult =
  | {
      readonly document: YardDocument;
      readonly problems: readonly Problem[];
      /** The format is newer than this app's: only what it knows was read, so the file must not be written back. */
      readonly newer?: Problem;
    }
  | { readonly document?: undefined; readonly problems: readonly Problem[] };

export interface LoadOptions {
  readonly lookup: NodeLookup;
  /** A file of a newer format is read as far as it can be, instead of being refused. */
  readonly newer?: 'read';
}

/**
 * Reads a saved document: caps, JSON, version, migrations, shape, then params of every node. Never throws. Nodes of
 * unknown kinds, unknown keys and wrong params are reported and kept, so that saving loses nothing.
 */
export function loadDocument(text: string, { lookup, newer }: LoadOptions): LoadResult {
  const read = readJson(text);
  if ('problem' in read) return { problems: [read.problem] };
  const raw = migrateRaw(read.data);
  if ('newer' in raw) return newer === 'read' ? readNewer(raw, lookup) : { problems: [raw.newer] };
  if ('problem' in raw) return { problems: [raw.problem] };
  const shape = documentSchema.safeParse(raw.document);
  if (!shape.success)
    return {
      problems: tightest(shape.error.issues)
        .slice(0, 20)
        .map((i) => shapeProblem(i, raw.document)),
    };
  // The schema is the interface; zod only adds `| undefined` to keys that may be absent.
  return finish(shape.data as unknown as YardDocument, lookup);
}

/** What this app knows of a newer document; what has another shape by now is left out. */
function readNewer(raw: NewerDocument, lookup: NodeLookup): LoadResult {
  const first = documentSchema.safeParse(raw.document);
  const shape = first.success
    ? first
    : documentSchema.safeParse(
        withoutEntries(
          raw.document,
          first.error.issues.map(({ path }) => path),
        ),
      );
  if (!shape.success) return { problems: [raw.newer] };
  // As in loadDocument: the schema is the interface.
  return { ...finish(shape.data as unknown as YardDocument, lookup), newer: raw.newer };
}

interface NewerDocument {
  readonly document: RawDocument;
  readonly newer: Problem;
}

function migrateRaw(data: Plain): { readonly document: RawDocument } | { readonly problem: Problem } | NewerDocument {
  if (!isRecord(data) || data.format !== 'modelyard') return { problem: problem('file-not-modelyard') };
  const { version } = data;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return { problem: problem('file-version-missing') };
  }
  const nodes = countNodes(data);
  if (nodes > limits.nodes) return { problem: problem('file-too-many-nodes', { nodes, limit: limits.nodes }) };
  if (version > documentVersion) {
    return { document: data, newer: problem('file-newer', { version, supported: documentVersion }) };
  }
  return { document: migrate(data, version) };
}

function countNodes(document: RawDocument): number {
  const own = isRecord(document.nodes) ? Object.keys(document.nodes).length : 0;
  const flows = isRecord(document.flows) ? Object.values(document.flows) : [];
  return flows.reduce<number>(
    (sum, flow) => sum + (isRecord(flow) ? countNodes({ nodes: flow.nodes ?? null }) : 0),
    own,
  );
}

function isRecord(value: Plain | undefined): value is RawDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shapeProblem(issue: z.core.$ZodIssue, document: RawDocument): Problem {
  const path = issue.path.map(String);
  const nodes = path[0] === 'nodes' && isRecord(document.nodes) ? document.nodes : undefined;
  const node = nodes && path[1] !== undefined ? nodes[path[1]] : undefined;
  const name = isRecord(node) && typeof node.name === 'string' ? node.name : path[1];
  const values: Record<string, ProblemValue> = { place: path.join(' › ') || '—', expected: expectation(issue) };
  return problem('document-shape', values, nodes && name !== undefined ? { node: name } : {});
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return issue.expected;
  if (issue.code === 'too_small') return `≥ ${issue.minimum}`;
  if (issue.code === 'too_big') return `≤ ${issue.maximum}`;
  if (issue.code === 'invalid_key') return 'id without . and >';
  return issue.code === 'invalid_value' ? issue.values.map(String).join(' | ') : issue.code.replaceAll('_', ' ');
}

function finish(shaped: YardDocument, lookup: NodeLookup) {
  const nodes = Object.entries(shaped.nodes).map(([id, node]) => [id, upgradeNode(node, lookup(node.kind))] as const);
  const document = { ...shaped, nodes: Object.fromEntries(nodes) };
  return { document, problems: checkDocument(document, lookup) };
}
