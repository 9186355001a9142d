import type { ParamDeclarations, ParamsOf } from '../../../src-shared/nodes/params';
import { type Problem, ProblemError, problem } from '../../../src-shared/problem';
import type { Text } from '../../../src-shared/text';
import { diskProblem } from '../../files/disk-problem';
import { type FsPort, isDiskError } from '../../files/fs-port';
import type { Environment, Place, Step, StepContext, Target, Transfer } from './define-target';
import { DeployState } from './deploy-state';
import { asTransient, waiter } from './retry';
import { Secrets } from './secrets';
import type { VerifiedBundle } from './verified-bundle';

/** What a deployment tells while it goes; texts hold no secret. */
export type DeployEvent =
  | {
      readonly type: 'deploy-planned';
      readonly target: string;
      readonly steps: readonly { readonly id: string; readonly does: Text; readonly transfer?: Transfer }[];
    }
  | {
      readonly type: 'deploy-step';
      readonly step: string;
      /** `there`: nothing had to be sent. */
      readonly state: 'started' | 'there' | 'done';
      readonly index: number;
      readonly does: Text;
    }
  | {
      readonly type: 'deploy-progress';
      readonly step: string;
      readonly done: number;
      readonly total: number;
      readonly unit: string;
      readonly message?: string;
    }
  | ({ readonly type: 'deploy-finished'; readonly target: string; readonly sent: number } & Partial<Place>);

export interface DeployRequest {
  readonly target: Target;
  /** As `checkConfig` gave it. */
  readonly config: ParamsOf<ParamDeclarations>;
  readonly bundle: VerifiedBundle;
}

export interface DeployOptions {
  readonly fs: FsPort;
  /** Where deployments note how far they came. */
  readonly stateFolder: string;
  readonly env: Environment;
  readonly signal: AbortSignal;
  readonly onEvent: (event: DeployEvent) => void;
  readonly fetch?: typeof fetch;
  readonly wait?: StepContext['wait'];
  readonly random?: () => number;
}

/**
 * Checks the settings and tells the plan; sends nothing.
 * @throws ProblemError where a setting is wrong; after the plan, where a secret is missing
 */
export function planDeploy({ target, config, bundle }: DeployRequest, options: Pick<DeployOptions, 'env' | 'onEvent'>) {
  const settings = { config, env: options.env };
  const problems = target.validate(settings);
  refuseFirst(problems.filter(({ code }) => code !== 'deploy-secret-missing'));
  const steps = target.plan(bundle, settings).map(({ id, does, transfer }) => planned(id, does, transfer));
  options.onEvent({ type: 'deploy-planned', target: target.name, steps });
  refuseFirst(problems);
}

export interface DeployOutcome extends Place {
  /** Bytes moved; 0 where everything was there. */
  readonly sent: number;
}

/**
 * Sends a verified bundle: settings are checked, the plan is told, then the steps run in order; what is there already
 * is not sent. Goes on where an earlier one stopped.
 * @throws ProblemError with nothing secret in it; the signal's reason when it aborts
 */
export async function deploy(request: DeployRequest, options: DeployOptions): Promise<DeployOutcome> {
  const { target, config, bundle } = request;
  const settings = { config, env: options.env };
  refuseFirst(target.validate(settings));
  const key = { target: target.name, bundle: bundle.hash, config };
  const state = await DeployState.open(options.fs, options.stateFolder, key);
  const sent = await runSteps(target.plan(bundle, settings), { target: target.name, state, options });
  const place = target.place(bundle, settings, state);
  options.onEvent({ type: 'deploy-finished', target: target.name, sent, ...place });
  return { sent, ...place };
}

/** Stops or deletes a deployment. */
export async function act(
  request: Omit<DeployRequest, 'bundle'> & {
    readonly bundle: Pick<VerifiedBundle, 'hash' | 'name'>;
    readonly action: 'stop' | 'delete';
  },
  options: DeployOptions,
): Promise<void> {
  const { target, config, bundle, action } = request;
  const steps = target.actions?.[action];
  if (!steps) throw new ProblemError(problem('deploy-action-none', { target: target.name, action }));
  const settings = { config, env: options.env };
  refuseFirst(target.validate(settings));
  const key = { target: target.name, bundle: bundle.hash, config };
  const state = await DeployState.open(options.fs, options.stateFolder, key);
  const sent = await runSteps(steps(bundle.name, settings), { target: target.name, state, options });
  if (action === 'delete') await state.clear();
  options.onEvent({ type: 'deploy-finished', target: target.name, sent });
}

interface Run {
  readonly target: string;
  readonly state: DeployState;
  readonly options: DeployOptions;
}

async function runSteps(steps: readonly Step[], { target, state, options }: Run): Promise<number> {
  const secrets = new Secrets(options.env);
  const tell = (event: DeployEvent) => options.onEvent(secrets.redactData(event));
  tell({ type: 'deploy-planned', target, steps: steps.map(({ id, does, transfer }) => planned(id, does, transfer)) });
  let sent = 0;
  for (const [index, step] of steps.entries()) {
    options.signal.throwIfAborted();
    const { id, does } = step;
    const context = stepContext(options, {
      state,
      secrets,
      onProgress: (progress) => tell({ type: 'deploy-progress', step: id, ...progress }),
    });
    try {
      const isThere = await step.isDone(context);
      if (!isThere) {
        tell({ type: 'deploy-step', step: id, state: 'started', index, does });
        await step.run(context);
        sent += step.transfer?.bytes ?? 0;
      }
      await state.markDone(id);
      tell({ type: 'deploy-step', step: id, state: isThere ? 'there' : 'done', index, does });
    } catch (error) {
      options.signal.throwIfAborted();
      throw new ProblemError(secrets.redactProblem(asProblem(error)));
    }
  }
  return sent;
}

function planned(id: string, does: Text, transfer: Transfer | undefined) {
  return { id, does, ...(transfer ? { transfer } : {}) };
}

function stepContext(
  { signal, fs, ...options }: DeployOptions,
  own: Pick<StepContext, 'state' | 'secrets' | 'onProgress'>,
): StepContext {
  return {
    ...own,
    signal,
    fs,
    fetch: options.fetch ?? fetch,
    wait: options.wait ?? waiter(signal),
    random: options.random ?? Math.random,
  };
}

/** Nothing of an unknown error but its sentence is told: it may hold requests with their headers. */
function asProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (isDiskError(error) && !asTransient(error)) return diskProblem(error);
  return problem('deploy-failed', { message: error instanceof Error ? error.message : String(error) });
}

function refuseFirst(problems: readonly Problem[]): void {
  const [first] = problems;
  if (first) throw new ProblemError(first);
}
