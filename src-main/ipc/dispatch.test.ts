import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RequestName, requestNames } from '../../src-shared/ipc';
import { requestSchemas } from '../../src-shared/ipc-schemas';
import { ProblemError, problem } from '../../src-shared/problem';
import { explainProblem } from '../../src-shared/problems/sentences';
import type { HostAnswer } from '../../src-shared/shell-link';
import { dispatch } from './dispatch';
import type { Client, Handlers } from './handlers';
import { sampleAsks } from './test-asks';

const client: Client = { id: 'window', emit: () => undefined };
const names = Object.keys(requestNames) as RequestName[];

/** Handlers that note what reached them and answer `work`'s result. */
function handlersThat(work: () => unknown = () => 'done') {
  const reached: unknown[] = [];
  const note = async (ask: unknown) => {
    reached.push(ask);
    return work();
  };
  // Every name gets the same function, which takes any ask.
  const handlers = Object.fromEntries(names.map((name) => [name, note])) as unknown as Handlers;
  return { handlers, reached };
}

async function ask(handlers: Handlers, name: unknown, payload: unknown) {
  const faults: unknown[] = [];
  const answer = await dispatch(handlers, { name, ask: payload, client }, { onFault: (error) => faults.push(error) });
  return { answer, faults };
}

function codeOf(answer: HostAnswer): string | undefined {
  return answer.ok ? undefined : answer.problem.code;
}

/** `levels` arrays inside each other. */
function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < levels; i++) value = [value];
  return value;
}

/** Payloads that are wrong for every request, whatever it takes. */
const alwaysWrong: readonly unknown[] = [
  undefined,
  null,
  0,
  Number.NaN,
  'text',
  true,
  [],
  [{}],
  nested(5_000),
  new Date(0),
  new Map(),
  () => 1,
  Symbol('x'),
  10n,
  { 'not a key of any request': 1 },
  JSON.parse('{"__proto__":{"isAdmin":true}}'),
  { constructor: { prototype: {} } },
];

describe('dispatch', () => {
  it.each(names)('lets a whole ask of %s through unchanged', async (name) => {
    const { handlers, reached } = handlersThat();
    const { answer } = await ask(handlers, name, sampleAsks[name]);
    expect(answer).toEqual({ ok: true, value: 'done' });
    expect(reached).toEqual([sampleAsks[name]]);
  });

  it.each(names)('keeps asks that make no sense from the handler of %s', async (name) => {
    const { handlers, reached } = handlersThat();
    for (const wrong of [...alwaysWrong, ...damaged(name)]) {
      expect(codeOf((await ask(handlers, name, wrong)).answer)).toBe('request-invalid');
    }
    expect(reached).toEqual([]);
  });

  it('never throws and lets only what the schema takes through, whatever comes', async () => {
    const { handlers, reached } = handlersThat();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.anything({ withNullPrototype: true }), async (name, payload) => {
        reached.length = 0;
        const { answer, faults } = await ask(handlers, name, payload);
        expect(faults).toEqual([]);
        expect(reached.length).toBe(answer.ok ? 1 : 0);
        if (answer.ok) expect(requestSchemas[name].safeParse(payload).success).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([['nope'], ['toString'], ['__proto__'], [''], [1], [undefined], [{}]])(
    'knows no request named %s',
    async (name) => {
      const { handlers, reached } = handlersThat();
      expect(codeOf((await ask(handlers, name, {})).answer)).toBe('request-unknown');
      expect(reached).toEqual([]);
    },
  );

  it('tells a problem that a handler throws as it is', async () => {
    const { handlers } = handlersThat(() => {
      throw new ProblemError(problem('file-empty', { path: '/a' }));
    });
    const { answer, faults } = await ask(handlers, 'document:open', { path: '/a' });
    expect(answer).toEqual({ ok: false, problem: problem('file-empty', { path: '/a' }) });
    expect(faults).toEqual([]);
  });

  it('tells an error of the disk as the problem it is', async () => {
    const { handlers } = handlersThat(() => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC', path: '/disk/a' });
    });
    expect(codeOf((await ask(handlers, 'document:open', { path: '/a' })).answer)).toBe('disk-full');
  });

  it('tells anything else in one sentence and writes it down whole', async () => {
    const secret = new TypeError('x is not a function at /home/me/private.ts:1');
    const { handlers } = handlersThat(() => {
      throw secret;
    });
    const { answer, faults } = await ask(handlers, 'document:open', { path: '/a' });
    expect(faults).toEqual([secret]);
    expect(JSON.stringify(answer)).not.toContain('private.ts');
    if (answer.ok) throw new Error('It must not succeed.');
    expect(explainProblem(answer.problem, 'en').text).toContain('document:open');
  });
});

/** The sample ask with each key taken away, each key of a wrong type, and one key too many. */
function damaged(name: RequestName): unknown[] {
  const whole = sampleAsks[name];
  const shape: Record<string, { safeParse(value: unknown): { success: boolean } }> = requestSchemas[name].shape;
  const keys = Object.keys(shape);
  const without = keys
    .filter((key) => !shape[key]?.safeParse(undefined).success)
    .map((key) => Object.fromEntries(Object.entries(whole).filter(([other]) => other !== key)));
  const wrongType = keys
    .filter((key) => !shape[key]?.safeParse([[[]]]).success)
    .map((key) => ({ ...whole, [key]: [[[]]] }));
  return [...without, ...wrongType, { ...whole, more: 1 }];
}
