import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { NodeDefinition } from '../../src-shared/nodes/define-node';
import { ProblemError, problem } from '../../src-shared/problem';
import { filesBelow } from '../exports/targets/test-bundle';
import type { ExportingStep } from './engine-parts';
import { executeRun } from './execute-run';
import { parseToEngine } from './messages';
import { openTestEngine, testDocument } from './test-engine';

const canary = 'canary-of-a-run-8e21';
const ask = { document: testDocument({ a: {}, b: { from: ['a'] } }), base: '/documents', name: 'a.yard' };

/** The node, reaching for what exports need before it does its work. */
function exporting(definition: NodeDefinition | undefined): NodeDefinition | undefined {
  const execute = definition?.execute;
  if (!execute) return definition;
  return {
    ...definition,
    execute: (inputs, params, ctx) => {
      expect(ctx.exports).toHaveProperty('bundle');
      return execute(inputs, params, ctx);
    },
  };
}

test('secrets of a run reach its steps, and neither a file nor an event', async () => {
  const engine = await openTestEngine();
  const seen: ExportingStep['secrets'][] = [];
  const absent = () => Promise.reject(new ProblemError(problem('test-has-none')));
  const exports = ({ secrets }: ExportingStep) => {
    seen.push(secrets);
    return { bundle: absent, deploy: absent };
  };
  const events: unknown[] = [];
  const { signal } = new AbortController();
  const run = { ...ask, secrets: { TOKEN: canary } };
  const lookup = (kind: string) => exporting(engine.parts.lookup(kind));
  const outcome = await executeRun({ ...engine.parts, exports, lookup }, run, {
    signal,
    onEvent: (event) => events.push(event),
  });
  expect(outcome.state).toBe('done');
  expect(seen).toEqual([{ TOKEN: canary }, { TOKEN: canary }]);
  const files = filesBelow(engine.root);
  expect(files.size).toBeGreaterThan(2);
  expect(JSON.stringify(events) + [...files.values()].join()).not.toContain(canary);
  rmSync(engine.root, { recursive: true });
});

test('only a request to run carries secrets', () => {
  const secrets = { TOKEN: canary };
  expect(parseToEngine({ type: 'run', id: 1, ask: { ...ask, secrets } })).toMatchObject({ ask: { secrets } });
  expect(parseToEngine({ type: 'plan', id: 1, ask: { ...ask, secrets } })).toBeUndefined();
  const allowed = [{ secret: 'TOKEN', target: 's3', host: 'store.example' }];
  expect(parseToEngine({ type: 'run', id: 1, ask: { ...ask, allowed } })).toMatchObject({ ask: { allowed } });
});
