import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';
import { type Answer, isClassAnswer, namedNumbers } from '../../src-shared/answer';
import type { TrialAnswer } from '../../src-shared/deploy';
import type { AnswerOf, AskOf, Events } from '../../src-shared/ipc';
import { type Problem, ProblemError } from '../../src-shared/problem';
import type { DeployAsk, NetworkTalk, Ticket } from '../../src-shared/window-data';
import { NetworkTalks } from '../exports/targets/network-talks';
import { realFs } from '../files/fs-port';
import type { Client } from '../ipc/handlers';
import { AllowedSecretUses } from '../settings/allowed-secret-uses';
import { createDeployHandlers, type DeployHost } from './deploy-handlers';
import { createSessionVault } from './session-vault';

type Ended = Events['deploy:ended'];
type DeployName = keyof ReturnType<typeof createDeployHandlers>['handlers'];

/** The deploy handlers over real parts, with one window that writes down what it hears. The built server is needed. */
export function openDeployHost(more: Partial<DeployHost> = {}) {
  const store = mkdtempSync(join(tmpdir(), 'host-'));
  const vault = createSessionVault();
  const lamp: (readonly NetworkTalk[])[] = [];
  const allowed = new AllowedSecretUses(realFs, store);
  const talks = new NetworkTalks({ onChange: (now) => lamp.push(now) });
  const group = createDeployHandlers({
    fs: realFs,
    store: () => store,
    vault,
    env: {},
    allowed,
    talks,
    documentAt: () => undefined,
    serverFile: resolve('out/server.mjs'),
    wait: async () => undefined,
    ...more,
  });
  const told: unknown[] = [];
  const ends = new Map<Ticket, Ended>();
  const waiting = new Map<Ticket, (ended: Ended) => void>();
  const client: Client = {
    id: 'window',
    emit: (name, payload) => {
      told.push(payload);
      if (name !== 'deploy:ended') return;
      // The name says which payload it is.
      const ended = payload as Ended;
      ends.set(ended.ticket, ended);
      waiting.get(ended.ticket)?.(ended);
    },
  };
  const ask = async <N extends DeployName>(name: N, value: AskOf<N>): Promise<AnswerOf<N>> => {
    // The union of handlers loses which ask belongs to which name.
    const handler = group.handlers[name] as (ask: AskOf<N>, client: Client) => Promise<AnswerOf<N>>;
    const answer = await handler(value, client);
    told.push(answer);
    return answer;
  };
  const ended = ({ ticket }: { readonly ticket: Ticket }): Promise<Ended> => {
    const known = ends.get(ticket);
    return known ? Promise.resolve(known) : new Promise((done) => waiting.set(ticket, done));
  };
  const close = async () => {
    await group.close?.();
    rmSync(store, { recursive: true, force: true });
  };
  return { store, vault, allowed, lamp, talks, told, client, group, ask, ended, close };
}

/** What a refused request is refused with. */
export async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const error = await work.then(
    () => new Error('It succeeded.'),
    (reason: unknown) => reason,
  );
  if (error instanceof ProblemError) return error.problem;
  throw error;
}

function firstPrediction({ status, body }: TrialAnswer): Answer {
  expect(status).toBe(200);
  // What a bundle's server answers.
  return (body as { predictions: Answer[] }).predictions[0] ?? Number.NaN;
}

/** Every sample of a bundle, sent to its deployment, comes back as the app predicted it. */
export async function expectTriesToAgree(host: ReturnType<typeof openDeployHost>, ask: DeployAsk): Promise<void> {
  const { bundle } = ask;
  const samples = await host.ask('deploy:samples', { bundle });
  expect(samples).toHaveLength(5);
  for (const { row, predicted } of samples) {
    const answer = await host.ask('deploy:try', { ...ask, row });
    expect(answer.milliseconds).toBeGreaterThan(0);
    const given = firstPrediction(answer);
    if (isClassAnswer(predicted)) expect(given).toMatchObject({ class: predicted.class });
    const expected = namedNumbers(predicted);
    expect(namedNumbers(given)).toEqual(expected.map(({ name, value }) => ({ name, value: expect.closeTo(value, 4) })));
  }
}
