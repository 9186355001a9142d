import type { TrialAnswer } from '../../../src-shared/deploy';
import { fail, ProblemError } from '../../../src-shared/problem';
import { startBundleServer } from '../bundle-server';
import type { Trial } from './define-target';
import { type DeployRequest, openState } from './deploy';
import { deployProblem, type Reach, stepContext } from './deploy-context';
import { refuseNewUses } from './secret-uses';
import { Secrets } from './secrets';
import { openVerifiedBundle } from './verified-bundle';

interface Trying extends Reach {
  /** The app's own server: what lies in a folder is asked by code of ours, whoever wrote there since. */
  readonly serverFile: string;
}

type Ask = Extract<Trial, { url: string }>;

const what = { en: 'Try a held-out row', zh: '试用一行留出数据' };
/** Characters of an answer that is not JSON. */
const shownText = 2_000;
const answerLimit = 60_000;

/**
 * Sends one raw row to a deployment and returns what it answers, refusals included, with the time from the question
 * to the answer's last byte. Where the target runs no server, one is started on this machine for the question.
 * @throws ProblemError where nothing answers
 */
export async function tryDeployment(
  request: DeployRequest,
  { serverFile, ...reach }: Trying,
  row: unknown,
): Promise<TrialAnswer> {
  const { target, config, bundle } = request;
  refuseNewUses(target, { config, env: reach.env }, reach.allowed);
  const secrets = new Secrets(reach.env);
  const state = await openState(request, reach);
  const context = stepContext(reach, { state, secrets, what, onProgress: () => undefined });
  try {
    const trial = target.trial?.(bundle, { config, env: reach.env }, context) ?? { folder: bundle.folder };
    if ('url' in trial) return secrets.redactData(await askOnce(context, trial, row));
    const copy = await openVerifiedBundle(reach.fs, trial.folder, reach.signal);
    if (copy.hash !== bundle.hash) fail('deploy-unverified', { path: trial.folder, file: 'metadata.json' });
    // Nobody but this machine is talked to, so no conversation is counted.
    return await askLocally({ fetch: reach.fetch ?? fetch, signal: reach.signal }, { ...trial, serverFile }, row);
  } catch (error) {
    reach.signal.throwIfAborted();
    throw new ProblemError(secrets.redactProblem(deployProblem(error)));
  }
}

async function askLocally(
  reach: Pick<Trying, 'signal'> & { readonly fetch: typeof fetch },
  { folder, serverFile }: { readonly folder: string; readonly serverFile: string },
  row: unknown,
): Promise<TrialAnswer> {
  const server = await startBundleServer(folder, serverFile);
  try {
    return await askOnce(reach, { url: server.url, headers: {} }, row);
  } finally {
    await server.close();
  }
}

async function askOnce(
  { fetch, signal }: { readonly fetch: typeof globalThis.fetch; readonly signal: AbortSignal },
  { url, headers }: Ask,
  row: unknown,
): Promise<TrialAnswer> {
  const began = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ instances: [row] }),
    // Another place is not to get the token.
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(answerLimit)]),
  }).catch((error: unknown) => unreachable(url, error));
  const text = await response.text();
  return { status: response.status, milliseconds: performance.now() - began, body: asJson(text) };
}

function unreachable(url: string, error: unknown): never {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return fail('deploy-unreachable', {
    host: new URL(url).host,
    message: cause instanceof Error ? cause.message : String(cause),
  });
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.slice(0, shownText);
  }
}
