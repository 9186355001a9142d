import type { DeployEvent, Place } from '../../../src-shared/deploy';
import { type Problem, ProblemError, problem } from '../../../src-shared/problem';
import type { ParamDeclarations, ParamsOf } from '../../../src-shared/types/params';
import type { Environment, Step, Target } from './define-target';
import { deployProblem, type Reach, stepContext } from './deploy-context';
import { DeployState } from './deploy-state';
import { refuseNewUses } from './secret-uses';
import { Secrets } from './secrets';
import type { VerifiedBundle } from './verified-bundle';

export interface DeployRequest {
  readonly target: Target;
  /** As `checkConfig` gave it. */
  readonly config: ParamsOf<ParamDeclarations>;
  readonly bundle: VerifiedBundle;
}

export interface DeployOptions extends Reach {
  readonly onEvent: (event: DeployEvent) => void;
}

/** The plan, where the settings allow one, and all that stands in its way. Sends nothing. */
export function planOf(
  { target, config, bundle }: DeployRequest,
  env: Environment,
): { readonly plan?: Planned; readonly problems: readonly Problem[] } {
  const settings = { config, env };
  const problems = target.validate(settings);
  // A secret is needed to send, not to say what would be sent.
  if (problems.some(({ code }) => code !== 'deploy-secret-missing')) return { problems };
  return { plan: planned(target.name, target.plan(bundle, settings)), problems };
}

/**
 * Checks the settings and tells the plan; sends nothing.
 * @throws ProblemError where a setting is wrong; after the plan, where a secret is missing
 */
export function planDeploy(request: DeployRequest, { env, onEvent }: Pick<DeployOptions, 'env' | 'onEvent'>): void {
  const { plan, problems } = planOf(request, env);
  if (plan) onEvent(plan);
  refuseFirst(plan ? problems : problems.filter(({ code }) => code !== 'deploy-secret-missing'));
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
  refuseNewUses(target, settings, options.allowed);
  const state = await openState(request, options);
  await state.settle('unfinished');
  const sent = await runSteps(target.plan(bundle, settings), { target: target.name, state, options });
  const place = target.place(bundle, settings, state);
  await state.settle('deployed', place);
  options.onEvent({ type: 'deploy-finished', target: target.name, sent, ...place });
  return { sent, ...place };
}

/** Stops or deletes a deployment. */
export async function act(
  request: Omit<DeployRequest, 'bundle'> & {
    readonly bundle: Pick<VerifiedBundle, 'hash' | 'name' | 'folder'>;
    readonly action: 'stop' | 'delete';
  },
  options: DeployOptions,
): Promise<void> {
  const { target, config, bundle, action } = request;
  const steps = target.actions?.[action];
  if (!steps) throw new ProblemError(problem('deploy-action-none', { target: target.name, action }));
  const settings = { config, env: options.env };
  refuseFirst(target.validate(settings));
  refuseNewUses(target, settings, options.allowed);
  const state = await openState(request, options);
  const sent = await runSteps(steps(bundle.name, settings), { target: target.name, state, options });
  if (action === 'delete') await state.clear();
  else await state.settle('stopped');
  options.onEvent({ type: 'deploy-finished', target: target.name, sent });
}

/** What is known of the deployment that a request means. */
export function openState(
  {
    target,
    config,
    bundle,
  }: Omit<DeployRequest, 'bundle'> & { readonly bundle: Pick<VerifiedBundle, 'hash' | 'name' | 'folder'> },
  { fs, stateFolder }: Pick<Reach, 'fs' | 'stateFolder'>,
): Promise<DeployState> {
  const { hash, name, folder } = bundle;
  return DeployState.open(fs, stateFolder, { target: target.name, bundle: hash, config, name, folder });
}

interface Run {
  readonly target: string;
  readonly state: DeployState;
  readonly options: DeployOptions;
}

async function runSteps(steps: readonly Step[], { target, state, options }: Run): Promise<number> {
  const secrets = new Secrets(options.env);
  const tell = (event: DeployEvent) => options.onEvent(secrets.redactData(event));
  tell(planned(target, steps));
  let sent = 0;
  for (const [index, step] of steps.entries()) {
    options.signal.throwIfAborted();
    const { id, does } = step;
    const context = stepContext(options, {
      state,
      secrets,
      what: does,
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
      throw new ProblemError(secrets.redactProblem(deployProblem(error)));
    }
  }
  return sent;
}

type Planned = Extract<DeployEvent, { type: 'deploy-planned' }>;

function planned(target: string, steps: readonly Step[]): Planned {
  const told = steps.map(({ id, does, transfer }) => ({ id, does, ...(transfer ? { transfer } : {}) }));
  return { type: 'deploy-planned', target, steps: told };
}

function refuseFirst(problems: readonly Problem[]): void {
  const [first] = problems;
  if (first) throw new ProblemError(first);
}
