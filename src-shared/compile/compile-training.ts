import { lookupOp } from '../ops/catalog';
import type { Program, State, StepId, StepProgram, Value } from '../ops/program';
import { ProgramBuilder } from '../ops/program-builder';
import { tensorType } from '../ops/tensor';
import { fail } from '../problem';
import { type ClipSettings, clipGradients } from './clip-gradients';
import { assign, assignAdd } from './effects';
import { finishEntries, restoreEntry, snapshotEntry } from './entries';
import { addGradients } from './gradients';
import { lookupLoss } from './losses/catalog';
import { lookupMetric } from './metrics/catalog';
import { applyOptimizer, type OptimizerSettings } from './optimizers/catalog';
import { declareStepCounter, isFrozen, lower, stepCounterState } from './passes/lower';
import { seedRandomSteps } from './passes/seed-random-steps';
import { splitBatch } from './passes/split-batch';
import { addPhase, countNotFinite, type Phase } from './phases';
import { addPenalties } from './regularizers';
import { moveReluAfterMaxPool } from './rewrites/relu-after-max-pool';
import { updateNamedRows } from './rewrites/row-updates';
import { multiplyByNumber } from './rewrites/spread-number';
import { shareWork, type Workload } from './share-work';

export interface TrainingSettings {
  /** What is trained. All of its state is in the step program under the same ids. */
  readonly program: Program;
  /** Name of a loss in `losses/catalog.ts`. */
  readonly loss: string;
  readonly optimizer: OptimizerSettings;
  readonly clip?: ClipSettings;
  /** Names of metrics in `metrics/catalog.ts`. */
  readonly metrics?: readonly string[];
  /** Names of layers whose weights stay as they are. */
  readonly frozen?: readonly string[];
  /** The output that the loss compares with the target; by default the program's only one. */
  readonly output?: string;
  /** Makes the random masks of dropout differ between documents. */
  readonly seed?: number;
  /** What the threads of the processor share; absent: they share every op. */
  readonly workload?: Workload;
}

/**
 * Compiles training to one step program. Its entries:
 * - `init` and `restore`: feed every state by its id.
 * - `step`: feeds the program's inputs, `target` and `learningRate`; fetches `loss` (mean of the batch, penalties
 *   included, as Keras reports it) and each metric's sum; updates weights, slots, moving averages, step counter.
 * - `evaluate`: the same fetches in the infer phase, without effects. `predict`: the program's outputs.
 * - `gradients`: each weight's gradient before clipping, by the weight's id.
 * - `diagnose`: how many elements of each layer's result are not finite in the train phase, by layer.
 * - `diagnoseGradients`: the same of each weight's gradient before clipping, by the weight's id.
 * - `snapshot`: fetches every state by its id.
 *
 * @throws ProblemError where loss and output do not fit each other, or an op on the way has no gradient.
 */
export function compileTraining(settings: TrainingSettings): StepProgram {
  checkInputNames(settings.program);
  const program = moveReluAfterMaxPool(seedRandomSteps(settings.program, settings.seed ?? 0));
  const b = ProgramBuilder.from({ state: program.state, steps: [], functions: program.functions }, lookupOp);
  const one = b.constant(1, declareStepCounter(b).type.dtype);
  const { workload, frozen = [] } = settings;
  const lowered = lower(program, { phase: 'train', frozen }, lookupOp);
  const { parts, opThreads } = workload ? shareWork(lowered, workload, lookupOp) : { parts: 1, opThreads: undefined };
  const train = addPhase(b, splitBatch(lowered, parts, lookupOp));
  const infer = addPhase(b, splitBatch(lower(program, { phase: 'infer' }, lookupOp), parts, lookupOp));
  const compare = comparison(b, settings);
  const fetches = compare(train.outputs);
  const { gradients, targets } = learn(b, fetches.loss, settings);
  const moves = train.updates.map(([state, value]) => assign(b, state, value));
  const restore = restoreEntry(b);
  const entries = {
    step: { fetches, targets: [...targets, ...moves, assignAdd(b, stepCounterState, one)] },
    evaluate: { fetches: compare(infer.outputs) },
    predict: { fetches: infer.outputs },
    gradients: { fetches: gradients },
    diagnose: { fetches: countNotFinite(b, train.layers) },
    diagnoseGradients: { fetches: countNotFinite(b, each(gradients)) },
    snapshot: snapshotEntry(b),
    init: restore,
    restore,
  };
  const compiled = multiplyByNumber(updateNamedRows(finishEntries(b, entries)));
  return opThreads === undefined ? compiled : { ...compiled, opThreads };
}

function each(values: Readonly<Record<string, Value>>): Record<string, readonly Value[]> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]));
}

/** Feeds that training adds to the program's own inputs. */
const trainingFeeds = ['target', 'learningRate'] as const;

function checkInputNames({ inputs }: Program): void {
  const taken = trainingFeeds.find((name) => name in inputs);
  if (taken) fail('reserved-input-name', { name: taken });
}

type Compared = Record<string, Value> & { readonly loss: Value };

/** Adds loss and metrics to the outputs of a phase. */
function comparison(b: ProgramBuilder, settings: TrainingSettings): (outputs: Phase['outputs']) => Compared {
  const loss = lookupLoss(settings.loss);
  const name = settings.output ?? Object.keys(settings.program.outputs)[0] ?? '';
  let target: Value | undefined;
  return (outputs) => {
    const output = outputs[name];
    if (!output) throw new Error(`The program has no output "${name}".`);
    target ??= b.feed('target', loss.targetType(output.type));
    const values = { output, target };
    const metrics = (settings.metrics ?? []).map((metric) => [metric, lookupMetric(metric).build(b, values)] as const);
    return { ...Object.fromEntries(metrics), loss: addPenalties(b, loss.build(b, values), learning(settings)) };
  };
}

/** The weights that training moves. */
function learning({ program, frozen = [] }: TrainingSettings): State[] {
  return program.state.filter(({ id, trainable }) => trainable && !isFrozen(id, frozen));
}

/** Adds gradients, clipping and the optimizer's effects. */
function learn(
  b: ProgramBuilder,
  loss: Value,
  settings: TrainingSettings,
): { gradients: Record<string, Value>; targets: readonly StepId[] } {
  const states = learning(settings);
  const found = addGradients(
    b,
    loss,
    states.map(({ id }) => b.read(id)),
  );
  const moved = states.flatMap((state, i) => {
    const gradient = found[i];
    return gradient ? [{ state, gradient }] : [];
  });
  const all = moved.map(({ gradient }) => gradient);
  const clipped = clipGradients(b, all, settings.clip ?? { type: 'none' });
  const learningRate = b.feed('learningRate', tensorType('float32', []));
  const updates = moved.map(({ state, gradient }, i) => ({
    state,
    weight: b.read(state.id),
    gradient: clipped[i] ?? gradient,
    learningRate,
  }));
  return {
    gradients: Object.fromEntries(moved.map(({ state, gradient }) => [state.id, gradient])),
    targets: applyOptimizer(b, updates, settings.optimizer),
  };
}
