import type { EngineParts } from './engine-parts';
import { executeRun, type RunOptions } from './execute-run';
import type { RequestName, Requests } from './messages';
import { inspect, prepare, probe } from './prepare-run';
import { findExamples } from './preview/find-examples';
import { previewPort } from './preview/preview-port';

type Perform<N extends RequestName> = (
  parts: EngineParts,
  ask: Requests[N]['ask'],
  options: RunOptions,
) => Promise<Requests[N]['answer']>;

const performers: { readonly [N in RequestName]: Perform<N> } = {
  check,
  plan,
  runner: async ({ openRunner }) => ({ fingerprint: (await openRunner()).runner.runner.fingerprint }),
  run: executeRun,
  probe: (parts, { quick = false, ...ask }, { signal }) => probe(parts, ask, { signal, quick }),
  preview: (parts, ask, { signal }) => previewPort(parts, ask, signal),
  examples: (parts, ask, { signal }) => findExamples(parts, ask, signal),
};

/** Does what a host asks for, by the name of the request. */
export function answerRequest<N extends RequestName>(
  parts: EngineParts,
  { type, ask }: { readonly type: N; readonly ask: Requests[N]['ask'] },
  options: RunOptions,
): Promise<Requests[N]['answer']> {
  return performers[type](parts, ask, options);
}

async function check(
  parts: EngineParts,
  ask: Requests['check']['ask'],
  { signal }: RunOptions,
): Promise<Requests['check']['answer']> {
  const { inference, problems } = await inspect(parts, ask, { signal });
  const types: Record<string, Record<string, Requests['check']['answer']['types'][string][string]>> = {};
  for (const { id, outputs } of inference.graph.order) {
    for (const { port, wire } of outputs) {
      const type = inference.types[wire];
      if (type) types[id] = { ...types[id], [port]: type };
    }
  }
  return { problems, types };
}

async function plan(
  parts: EngineParts,
  ask: Requests['plan']['ask'],
  { signal }: RunOptions,
): Promise<Requests['plan']['answer']> {
  const prepared = await prepare(parts, ask, { signal, runner: ask.runner });
  const steps = prepared.plan.map(({ name, state, reason, estimate }) => {
    return { node: name, state, reason, ...(estimate ? { estimate } : {}) };
  });
  return { problems: prepared.problems, steps };
}
