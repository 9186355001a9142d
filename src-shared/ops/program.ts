import type { TensorType } from './tensor';

/**
 * A program: plain data that says what a model computes, apart from any backend. Steps stand in an order in
 * which every step comes after the steps it reads.
 */
export type StepId = string;
export type StateId = string;

export interface ValueRef {
  readonly step: StepId;
  readonly output: string;
}

/** A reference with its inferred type: what builders hand out. Only `{ step, output }` is stored. */
export interface Value extends ValueRef {
  readonly type: TensorType;
}

export type Attributes = Readonly<Record<string, AttributeValue>>;
export type AttributeValue =
  | string
  | number
  | boolean
  | null
  | readonly AttributeValue[]
  | { readonly [key: string]: AttributeValue };

export type Initializer =
  | { readonly type: 'zeros' }
  | { readonly type: 'ones' }
  | { readonly type: 'constant'; readonly value: number }
  | { readonly type: 'glorotUniform' | 'glorotNormal' | 'heUniform' | 'heNormal' | 'lecunNormal' }
  /** 1 for the forget gate of an LSTM's bias, the second of four blocks, and 0 elsewhere. */
  | { readonly type: 'unitForgetBias' }
  | { readonly type: 'orthogonal'; readonly gain: number }
  | { readonly type: 'randomNormal'; readonly mean: number; readonly stddev: number }
  | { readonly type: 'randomUniform'; readonly min: number; readonly max: number };

export interface Regularizer {
  readonly l1: number;
  readonly l2: number;
}

export type StateKind = 'weight' | 'moving' | 'slot' | 'metric' | 'target' | 'data';

/** A tensor that outlives a step. Its id is the layer's stored unique name and the role: `conv2d_1/kernel`. */
export interface State {
  readonly id: StateId;
  readonly type: TensorType;
  readonly init: Initializer;
  readonly kind: StateKind;
  readonly trainable: boolean;
  readonly regularizer?: Regularizer;
}

export type StepInputs = Readonly<Record<string, ValueRef | readonly ValueRef[]>>;

export interface Step {
  readonly id: StepId;
  readonly op: string;
  readonly inputs: StepInputs;
  readonly attrs: Attributes;
  /** The canvas node this step belongs to: errors, costs and time find their way home by it. */
  readonly scope: string;
}

export type Phase = 'train' | 'infer';

export interface Update {
  readonly state: StateId;
  readonly value: ValueRef;
  readonly phase: Phase | 'both';
}

export interface Program {
  readonly inputs: Readonly<Record<string, TensorType>>;
  readonly outputs: Readonly<Record<string, ValueRef>>;
  readonly state: readonly State[];
  readonly steps: readonly Step[];
  readonly updates: readonly Update[];
  /** Bodies of `scan`. */
  readonly functions: Readonly<Record<string, Program>>;
}

/** One way to call a session: what is fed, what comes back, which effects happen. */
export interface Entry {
  readonly feeds: Readonly<Record<string, TensorType>>;
  readonly fetches: Readonly<Record<string, ValueRef>>;
  /** Steps with effects (`assign`, `applyAdam`, …) that this entry performs. */
  readonly targets: readonly StepId[];
}

/**
 * Training as data: one list of steps and state, several entries (`init`, `step`, `evaluate`, `predict`,
 * `snapshot`, `restore`). Feeds are read by steps of the op `feed`.
 */
export interface StepProgram {
  readonly state: readonly State[];
  readonly steps: readonly Step[];
  readonly entries: Readonly<Record<string, Entry>>;
  readonly functions: Readonly<Record<string, Program>>;
  /** Threads that one op takes at most; absent: as many as the machine has. */
  readonly opThreads?: number;
}

/** Every reference a step reads, variadic inputs flattened. */
export function inputRefs(step: Step): ValueRef[] {
  return Object.values(step.inputs).flatMap((input) => (isRefList(input) ? [...input] : [input]));
}

export function isRefList(input: ValueRef | readonly ValueRef[]): input is readonly ValueRef[] {
  return Array.isArray(input);
}

export function refKey(ref: ValueRef): string {
  return `${ref.step}:${ref.output}`;
}
