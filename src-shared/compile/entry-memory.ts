import { type Dim, evaluateDim, multiplyDims, sizeOf } from '../ops/dims';
import { inputRefs, type Step, type StepProgram, type ValueRef } from '../ops/program';
import { type OpLookup, ProgramBuilder } from '../ops/program-builder';
import type { DType, TensorType } from '../ops/tensor';
import { stepCost } from './cost';
import { reachableSteps } from './passes/dead-steps';

/** Bytes of one element; of a text only its handle. */
const elementBytes: Readonly<Record<DType, number>> = {
  float32: 4,
  float64: 8,
  float16: 2,
  bfloat16: 2,
  int32: 4,
  int64: 8,
  uint8: 1,
  bool: 1,
  string: 24,
};

/** Bytes of all states: weights, moving averages, slots of the optimizer, and data that are kept inside. */
export function stateMemory({ state }: Pick<StepProgram, 'state'>): number {
  return state.reduce((sum, { type }) => sum + evaluate(bytesOf(type), 1), 0);
}

/** A value in memory: from the step that computes it to the last one that reads it. */
interface Life {
  readonly bytes: Dim;
  readonly from: number;
  to: number;
}

/**
 * How many bytes one call of an entry takes beside the states, for a batch of so many rows: the most that its values
 * take at one time when its steps run in their order, activations that the gradient reads again and the scratch space
 * of kernels among them.
 */
export function entryMemory(program: StepProgram, entry: string, lookup: OpLookup): (batch: number) => number {
  const lives = livesOf(program, entry, lookup);
  return (batch) => {
    const changes = new Float64Array(program.steps.length + 2);
    for (const { bytes, from, to } of lives) {
      const size = evaluate(bytes, batch);
      changes[from] = (changes[from] ?? 0) + size;
      changes[to + 1] = (changes[to + 1] ?? 0) - size;
    }
    let now = 0;
    let most = 0;
    for (const change of changes) {
      now += change;
      most = Math.max(most, now);
    }
    return most;
  };
}

function livesOf(program: StepProgram, entry: string, lookup: OpLookup): Life[] {
  const { fetches = {}, targets = [] } = program.entries[entry] ?? {};
  const results = Object.values(fetches);
  const needed = reachableSteps(program.steps, [...results.map(({ step }) => step), ...targets]);
  const b = ProgramBuilder.from({ ...program, updates: [] }, lookup);
  const lives = new Map<string, Life>();
  for (const [at, step] of program.steps.entries()) {
    if (!needed.has(step.id)) continue;
    for (const ref of inputRefs(step)) extend(lives.get(keyOf(ref)), at);
    for (const [key, life] of outputsOf(b, step, { at, lives })) lives.set(key, life);
    const { scratch = 0 } = stepCost(b, step) ?? {};
    if (scratch !== 0) lives.set(`${step.id} scratch`, { bytes: scratch, from: at, to: at });
  }
  for (const ref of results) extend(lives.get(keyOf(ref)), program.steps.length);
  return [...new Set(lives.values())];
}

interface Place {
  readonly at: number;
  readonly lives: ReadonlyMap<string, Life>;
}

/** A reshaped value lies where the other one lies; a state's own memory is counted elsewhere; feeds stay to the end. */
function outputsOf(b: ProgramBuilder, step: Step, { at, lives }: Place): [string, Life][] {
  const outputs = Object.values(b.outputsOf(step));
  const [source] = inputRefs(step);
  const shared = step.op === 'reshape' && source ? lives.get(keyOf(source)) : undefined;
  return outputs.map((output) => {
    const bytes = step.op === 'readState' ? 0 : bytesOf(output.type);
    const to = step.op === 'feed' ? b.steps.length : at;
    return [keyOf(output), shared ?? { bytes, from: at, to }];
  });
}

function extend(life: Life | undefined, to: number): void {
  if (life) life.to = Math.max(life.to, to);
}

function keyOf({ step, output }: ValueRef): string {
  return `${step}:${output}`;
}

function bytesOf({ dtype, shape }: TensorType): Dim {
  return multiplyDims(elementBytes[dtype], sizeOf(shape));
}

/** Sizes that only a runtime knows, such as that of a kernel's scratch space, count as one. */
function evaluate(dim: Dim, batch: number): number {
  if (typeof dim === 'number') return dim;
  const names = [...dim.matchAll(/[a-z_]\w*/gi)].map(([name]) => [name, 1] as const);
  return evaluateDim(dim, { ...Object.fromEntries(names), batch });
}
