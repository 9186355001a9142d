import { lookupOp } from '../../src-shared/ops/catalog';
import { fail, type Problem, ProblemError } from '../../src-shared/problem';
import type { Runner, RunnerOptions } from './runner';
import { readDevice } from './tensorflow/choose-device';
import { openTensorflowRunner } from './tensorflow/runner';

type RunnerName = 'libtensorflow' | 'tfjs-node' | 'tfjs';

type Open = (options: RunnerOptions, env: NodeJS.ProcessEnv) => Promise<Runner & { readonly obstacle?: Problem }>;

const openers: readonly (readonly [name: RunnerName, open: Open])[] = [
  ['libtensorflow', async (options, env) => openTensorflowRunner(options, env)],
  // Loaded only when asked for: its addon brings a library of its own into the process.
  ['tfjs-node', async (options) => (await import('./tfjs-node/runner')).openTfjsNodeRunner(options)],
  ['tfjs', async (options) => (await import('./tfjs/runner')).openPortableRunner(options)],
];

export interface ChosenRunner {
  readonly runner: Runner;
  /** Why it is this one: what was wrong with what would have been better. Empty for the first on the wanted device. */
  readonly passedOver: readonly { readonly name: RunnerName | 'gpu'; readonly problem: Problem }[];
}

/**
 * Opens the best runner of this machine: libtensorflow, on a graphics card where one can be used, else tfjs-node, else
 * portable tfjs. `MODELYARD_RUNNER` forces one by name, `MODELYARD_DEVICE` the device. Throws `runner-unknown`,
 * `device-unknown`, or the problem of the runner that was forced.
 */
export async function chooseRunner(
  options: Partial<RunnerOptions> = {},
  env: NodeJS.ProcessEnv = process.env,
): Promise<ChosenRunner> {
  const complete = { lookup: lookupOp, ...options, device: readDevice(env, options.device) };
  const passedOver: { name: RunnerName | 'gpu'; problem: Problem }[] = [];
  for (const [name, open] of candidates(env.MODELYARD_RUNNER)) {
    try {
      const { obstacle, ...runner } = await open(complete, env);
      if (obstacle) passedOver.push({ name: 'gpu', problem: obstacle });
      return { runner, passedOver };
    } catch (error) {
      if (!(error instanceof ProblemError) || env.MODELYARD_RUNNER) throw error;
      passedOver.push({ name, problem: error.problem });
    }
  }
  return fail('runner-unknown', { name: '', names: openers.map(([name]) => name).join(', ') });
}

function candidates(forced: string | undefined): typeof openers {
  if (!forced) return openers;
  const found = openers.filter(([name]) => name === forced);
  return found.length > 0
    ? found
    : fail('runner-unknown', { name: forced, names: openers.map(([name]) => name).join(', ') });
}
