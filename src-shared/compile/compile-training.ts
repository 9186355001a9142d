import { lookupOp } from '../ops/catalog';
import type { Program, State, StepId, StepProgram, Value } from '../ops/program';
import { ProgramBuilder } from '../ops/program-builder';
import { type TensorType, tensorType } from '../ops/tensor';
import { fail } from '../problem';
import { type ClipSettings, clipGradients } from './clip-gradients';
import { assign, assignAdd } from './effects';
import { finishEntries, restoreEntry, snapshotEntry } from './entries';
import { addGradients } from './gradients';
import { lookupLoss } from './losses/catalog';
import { lookupMetric } from './metrics/catalog';
import { measureName } from './metrics/measure-name';
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
  /** What its outputs are trained for: at least one. */
  readonly objectives: readonly CompiledObjective[];
  readonly optimizer: OptimizerSettings;
  readonly clip?: ClipSettings;
  /** Names of layers whose weights stay as they are. */
  readonly frozen?: readonly string[];
  /** Makes the random masks of dropout differ between documents. */
  readonly seed?: number;
  /** What the threads of the processor share; absent: they share every op. */
  readonly workload?: Workload;
}

/** An objective as far as the graph needs it: where its target comes from is the caller's. */
export interface CompiledObjective {
  /** An output of the program. */
  readonly output: string;
  /** Another output of the program that holds the target; absent: the target is fed as `target/<output>`. */
  readonly target?: string;
  /** Name of a loss in `losses/catalog.ts`. */
  readonly loss: string;
  /** 1 where it is absent. */
  readonly weight?: number;
  /** Names of metrics in `metrics/catalog.ts`. */
  readonly metrics?: readonly string[];
}

/**
 * Compiles training to one step program. Its entries:
 * - `init` and `restore`: feed every state by its id.
 * - `step`: feeds the program's inputs, `target/<output>` of each objective and `learningRate`; fetches `loss` (the
 *   weighted sum of the losses, each a mean over the batch, with penalties, as Keras reports it), each metric's sum
 *   and, of several objectives, each one's loss by `measureName`; updates weights, slots, moving averages, step counter.
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

/** The feed of an objective's target. */
export function targetFeedName(output: string): string {
  return `target/${output}`;
}

function checkInputNames({ inputs }: Program): void {
  const taken = Object.keys(inputs).find((name) => name === 'learningRate' || name.startsWith(targetFeedName('')));
  if (taken !== undefined) fail('reserved-input-name', { name: taken });
}

type Compared = Record<string, Value> & { readonly loss: Value };

/** Adds losses and metrics to the outputs of a phase. */
function comparison(b: ProgramBuilder, settings: TrainingSettings): (outputs: Phase['outputs']) => Compared {
  const { objectives } = settings;
  const feeds = new Map<string, Value>();
  const targetOf = ({ output, target }: CompiledObjective, outputs: Phase['outputs'], type: TensorType): Value => {
    if (target !== undefined) return outputNamed(outputs, target);
    const fed = feeds.get(output) ?? b.feed(targetFeedName(output), type);
    feeds.set(output, fed);
    return fed;
  };
  return (outputs) => {
    const measured: Record<string, Value> = {};
    const losses = objectives.map((objective) => {
      const output = outputNamed(outputs, objective.output);
      const loss = lookupLoss(objective.loss);
      const values = { output, target: targetOf(objective, outputs, loss.targetType(output.type)) };
      for (const metric of objective.metrics ?? []) {
        measured[measureName(metric, objective.output, objectives.length)] = lookupMetric(metric).build(b, values);
      }
      const value = loss.build(b, values);
      if (objectives.length > 1) measured[measureName('loss', objective.output, objectives.length)] = value;
      const { weight = 1 } = objective;
      return weight === 1 ? value : b.multiply(value, b.constant(weight, value.type.dtype));
    });
    const [first, ...others] = losses;
    if (!first) throw new Error('A training has at least one objective.');
    const sum = others.reduce((total, loss) => b.add(total, loss), first);
    return { ...measured, loss: addPenalties(b, sum, learning(settings)) };
  };
}

function outputNamed(outputs: Phase['outputs'], name: string): Value {
  const output = outputs[name];
  if (!output) throw new Error(`The program has no output "${name}".`);
  return output;
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
