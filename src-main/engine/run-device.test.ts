import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { problem } from '../../src-shared/problem';
import type { RunEvent } from '../../src-shared/runs/run-event';
import { foldEvents, noRun } from '../../src-shared/runs/run-state';
import type { EngineParts } from './engine-parts';
import { executeRun } from './execute-run';
import { openTestEngine, type TestEngine, testDocument } from './test-engine';

let engine: TestEngine;
beforeEach(async () => {
  engine = await openTestEngine();
});
afterEach(() => rm(engine.root, { recursive: true, force: true }));

const card = { kind: 'gpu', name: 'NVIDIA H100', memory: 80e9 } as const;

/** Runs `a`, which computes, and `b`, which does not, on parts of which some are others. */
async function eventsOf(change: (parts: EngineParts) => Partial<EngineParts>): Promise<RunEvent[]> {
  const { parts } = engine;
  const events: RunEvent[] = [];
  const document = testDocument({ a: { params: { value: 2 } }, b: { from: ['a'], params: { plus: 3 } } });
  const computing: EngineParts['lookup'] = (kind) => {
    const definition = parts.lookup(kind);
    return definition && Object.keys(definition.inputs).length === 0 ? { ...definition, usesRunner: true } : definition;
  };
  await executeRun(
    { ...parts, lookup: computing, ...change(parts) },
    { document, base: '/documents', name: 'test.yard' },
    { signal: new AbortController().signal, onEvent: (event) => events.push(event) },
  );
  return events;
}

it('says at every step that computes on which card it does', async () => {
  const events = await eventsOf(({ openRunner }) => ({
    openRunner: async () => {
      const { runner, passedOver } = await openRunner();
      return { runner: { ...runner, runner: { ...runner.runner, device: card } }, passedOver };
    },
  }));
  const { nodes } = foldEvents(noRun, events);
  expect(nodes.a).toMatchObject({ state: 'done', device: 'NVIDIA H100' });
  expect(nodes.b?.state).toBe('done');
  expect(nodes.b?.device).toBeUndefined();
});

it('warns of a card that is of no use and gives a hint on one that could be used, and runs', async () => {
  const found = [problem('gpu-no-libcuda', { card: 'x' }), problem('gpu-build-missing', {}, { severity: 'info' })];
  const events = await eventsOf(({ openRunner }) => ({
    openRunner: async () => ({ ...(await openRunner()), passedOver: found }),
  }));
  const run = foldEvents(noRun, events);
  expect(run.state).toBe('done');
  expect(run.problems.map(({ code, severity }) => [code, severity])).toEqual([
    ['gpu-no-libcuda', 'warning'],
    ['gpu-build-missing', 'info'],
  ]);
});
