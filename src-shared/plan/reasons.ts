import type { GraphNode } from '../document/graph';
import { ownEntry } from '../document/own-entry';
import { stableStringify } from '../hash';
import type { Reason } from '../runs/run-event';
import type { KeyParts } from './keys';

/** What is remembered of a node's step in the last run of the document. */
export interface PreviousStep {
  readonly key: string;
  readonly parts: KeyParts;
  /** False where the step failed, was cancelled or was skipped. */
  readonly isDone: boolean;
  /** How long it took when it ran. */
  readonly seconds?: number;
}

interface Change {
  readonly key: string;
  readonly parts: KeyParts;
  readonly previous: PreviousStep | undefined;
  /** Names of the nodes wired to each input port. */
  readonly sources: () => Readonly<Record<string, string>>;
}

/** Why a step must run: the first thing in which it differs from the last run. */
export function reasonToRun({ key, parts, previous, sources }: Change): Reason {
  if (!previous) return { code: 'first-run' };
  if (previous.key === key) return { code: previous.isDone ? 'not-kept' : 'not-finished' };
  const { parts: before } = previous;
  const param = firstDifference(before.params, parts.params);
  if (param) return { code: 'param-changed', values: param };
  const file = Object.keys(parts.files).find((name) => before.files[name] !== parts.files[name]);
  if (file) return { code: 'file-changed', values: { param: file } };
  if (before.kind !== parts.kind || before.version !== parts.version || before.code !== parts.code) {
    return { code: 'code-changed' };
  }
  const input = changedInput(before, parts);
  if (input !== undefined) return { code: 'input-changes', values: { input, from: sources()[input] ?? input } };
  if (before.seed !== parts.seed) return { code: 'seed-changed' };
  return before.runner === parts.runner ? { code: 'first-run' } : { code: 'runner-changed' };
}

function changedInput(before: KeyParts, now: KeyParts): string | undefined {
  const ports = [...new Set([...Object.keys(now.inputs), ...Object.keys(before.inputs)])];
  return ports.find(
    (port) => stableStringify(ownEntry(before.inputs, port)) !== stableStringify(ownEntry(now.inputs, port)),
  );
}

type Data = Readonly<Record<string, unknown>>;

/** The first param that differs, with both values; inside a form the entry of the form: `optimizer.learningRate`. */
function firstDifference(before: Data, now: Data): { param: string; before: string; now: string } | undefined {
  for (const name of new Set([...Object.keys(now), ...Object.keys(before)])) {
    const [old, fresh] = [ownEntry(before, name), ownEntry(now, name)];
    if (stableStringify(old) === stableStringify(fresh)) continue;
    const inner = isForm(old) && isForm(fresh) ? firstDifference(old, fresh) : undefined;
    return inner
      ? { ...inner, param: `${name}.${inner.param}` }
      : { param: name, before: shown(old), now: shown(fresh) };
  }
  return undefined;
}

function isForm(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  if (value === undefined) return '—';
  return typeof value === 'string' ? value : stableStringify(value).slice(0, 80);
}

/** The names of the nodes at each port, for sentences. */
export function sourceNames(node: GraphNode, nameOf: (id: string) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(node.inputs).map(([port, refs]) => [
      port,
      [...new Set(refs.map((ref) => nameOf(ref.node)))].join(', '),
    ]),
  );
}
