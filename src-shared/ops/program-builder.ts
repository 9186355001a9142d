import { isProblem, ProblemError } from '../problem';
import { inputSpecs, type OpDefinition } from './define-op';
import type { Dim } from './dims';
import { formatShape, sameShape } from './dims';
import type {
  Attributes,
  Initializer,
  Phase,
  Program,
  Regularizer,
  State,
  StateId,
  StateKind,
  Step,
  StepId,
  StepInputs,
  Update,
  Value,
  ValueRef,
} from './program';
import { isRefList, refKey } from './program';
import type { DType, TensorType } from './tensor';

/** Finds an op by name: the catalogue, handed in so that no op depends on it. */
export type OpLookup = (name: string) => OpDefinition;

type Inputs = Readonly<Record<string, Value | ValueRef | readonly (Value | ValueRef)[] | undefined>>;

export interface StateDeclaration {
  readonly id: StateId;
  readonly type: TensorType;
  readonly init: Initializer;
  readonly kind?: StateKind;
  readonly trainable?: boolean;
  readonly regularizer?: Regularizer;
}

/**
 * Adds steps to a program and infers their types at once, so that a contradiction is reported at the step, and
 * so at the canvas node, that caused it. Layers, gradients, losses, optimizers and recipe steps all write through it.
 */
export class ProgramBuilder {
  readonly lookup: OpLookup;
  readonly steps: Step[] = [];
  readonly state: State[] = [];
  readonly updates: Update[] = [];
  private readonly types = new Map<string, TensorType>();
  private readonly inputTypes: Record<string, TensorType> = {};
  /** Steps that read a state, and states by id: a document may have thousands of layers. */
  private readonly reads = new Map<StateId, StepId>();
  private readonly statesById = new Map<StateId, State>();
  private indexedStates = 0;
  private functions: Program['functions'] = {};
  private counter = 0;
  private scope = '';

  constructor(lookup: OpLookup) {
    this.lookup = lookup;
  }

  /** A builder that goes on where a program ended. */
  static from(
    program: Pick<Program, 'steps' | 'state' | 'functions'> & Partial<Program>,
    lookup: OpLookup,
  ): ProgramBuilder {
    const b = new ProgramBuilder(lookup);
    b.state.push(...program.state);
    b.updates.push(...(program.updates ?? []));
    Object.assign(b.inputTypes, program.inputs ?? {});
    b.functions = program.functions;
    for (const step of program.steps) b.append(step);
    return b;
  }

  /** Runs `body` with every step it adds tied to this canvas node. */
  inScope<T>(scope: string, body: () => T): T {
    const outer = this.scope;
    this.scope = scope;
    try {
      return body();
    } finally {
      this.scope = outer;
    }
  }

  /** Adds a step and returns its outputs by name. Throws a ProblemError where shapes contradict each other. */
  op(name: string, inputs: Inputs, attrs: Attributes = {}): Record<string, Value> {
    const step: Step = { id: this.nextId(), op: name, inputs: this.refs(inputs), attrs, scope: this.scope };
    return this.append(step);
  }

  /** Adds a step and returns its first output. */
  value(name: string, inputs: Inputs, attrs: Attributes = {}): Value {
    const outputs = this.op(name, inputs, attrs);
    const first = outputs[this.lookup(name).outputs[0] ?? ''];
    if (!first) throw new Error(`The op "${name}" has no output.`);
    return first;
  }

  typeOf(ref: ValueRef): TensorType {
    const type = this.types.get(refKey(ref));
    if (!type) throw new Error(`No step ${ref.step} with output ${ref.output}.`);
    return type;
  }

  typed(ref: ValueRef): Value {
    return { step: ref.step, output: ref.output, type: this.typeOf(ref) };
  }

  /** The step's inputs with their types, keyed by name. */
  inputsOf(step: Step): Record<string, Value | Value[]> {
    return Object.fromEntries(
      Object.entries(step.inputs).map(([name, input]) => [
        name,
        isRefList(input) ? input.map((ref) => this.typed(ref)) : this.typed(input),
      ]),
    );
  }

  outputsOf(step: Step): Record<string, Value> {
    return Object.fromEntries(
      this.lookup(step.op).outputs.map((output) => [output, this.typed({ step: step.id, output })]),
    );
  }

  /** A named input of the program. */
  input(name: string, type: TensorType): Value {
    this.inputTypes[name] = type;
    return this.feed(name, type);
  }

  /** A value that is fed by name, without being an input of the program (targets, the learning rate). */
  feed(name: string, type: TensorType): Value {
    return this.value('feed', {}, { name, dtype: type.dtype, shape: [...type.shape] });
  }

  /** Declares a state once; the same id again means sharing and must agree in type. Returns its current value. */
  declare(declaration: StateDeclaration): Value {
    const { id, type, init, kind = 'weight', trainable = kind === 'weight', regularizer } = declaration;
    const existing = this.stateOf(id);
    if (existing && !sameShape(existing.type.shape, type.shape)) {
      throw new Error(`State ${id} is ${formatShape(existing.type.shape)}, not ${formatShape(type.shape)}.`);
    }
    if (!existing) this.state.push({ id, type, init, kind, trainable, ...(regularizer ? { regularizer } : {}) });
    return this.read(id);
  }

  /** The value of a state at the start of the step; read once, however often it is asked for. */
  read(id: StateId): Value {
    const known = this.reads.get(id);
    if (known !== undefined) return this.typed({ step: known, output: 'y' });
    const state = this.stateOf(id);
    if (!state) throw new Error(`No state ${id}.`);
    return this.value('readState', {}, { state: id, dtype: state.type.dtype, shape: [...state.type.shape] });
  }

  update(state: StateId, value: ValueRef, phase: Phase | 'both'): void {
    this.updates.push({ state, value: { step: value.step, output: value.output }, phase });
  }

  build(outputs: Readonly<Record<string, ValueRef>>): Program {
    return {
      inputs: { ...this.inputTypes },
      outputs: Object.fromEntries(Object.entries(outputs).map(([name, { step, output }]) => [name, { step, output }])),
      state: [...this.state],
      steps: [...this.steps],
      updates: [...this.updates],
      functions: this.functions,
    };
  }

  // Shorthand for the ops that gradients, losses and optimizers are written with.

  constant(values: number | readonly number[], dtype: DType = 'float32', shape?: readonly number[]): Value {
    const list = typeof values === 'number' ? [values] : [...values];
    const size = shape ?? (typeof values === 'number' ? [] : [list.length]);
    return this.value('const', {}, { values: list, dtype, shape: [...size] });
  }
  cast(x: Value, dtype: DType): Value {
    return x.type.dtype === dtype ? x : this.value('cast', { x }, { dtype });
  }
  add(a: Value, b: Value): Value {
    return this.value('add', { a, b });
  }
  subtract(a: Value, b: Value): Value {
    return this.value('sub', { a, b });
  }
  multiply(a: Value, b: Value): Value {
    return this.value('mul', { a, b });
  }
  divide(a: Value, b: Value): Value {
    return this.value('div', { a, b });
  }
  maximum(a: Value, b: Value): Value {
    return this.value('maximum', { a, b });
  }
  minimum(a: Value, b: Value): Value {
    return this.value('minimum', { a, b });
  }
  /** `x * factor` for a plain number. */
  scale(x: Value, factor: number): Value {
    return this.multiply(x, this.constant(factor, x.type.dtype));
  }
  unary(
    op: 'neg' | 'abs' | 'sign' | 'square' | 'sqrt' | 'exp' | 'log' | 'log1p' | 'relu' | 'sigmoid' | 'tanh' | 'softmax',
    x: Value,
  ): Value {
    return this.value(op, { x });
  }
  select(condition: Value, a: Value, b: Value): Value {
    return this.value('select', { condition, a, b });
  }
  compare(op: 'equal' | 'greater', a: Value, b: Value): Value {
    return this.value(op, { a, b });
  }
  matMul(a: Value, b: Value, attrs: { transposeA?: boolean; transposeB?: boolean } = {}): Value {
    return this.value('matMul', { a, b }, { transposeA: false, transposeB: false, ...attrs });
  }
  sum(x: Value, axes: readonly number[], keepDims = false): Value {
    return this.value('reduceSum', { x }, { axes: [...axes], keepDims });
  }
  mean(x: Value, axes: readonly number[], keepDims = false): Value {
    return this.value('reduceMean', { x }, { axes: [...axes], keepDims });
  }
  /** At most one dimension may be unknown at run time. */
  reshape(x: Value, shape: readonly Dim[]): Value {
    return sameShape(x.type.shape, shape) ? x : this.value('reshape', { x }, { shape: [...shape] });
  }
  transpose(x: Value, permutation: readonly number[]): Value {
    return this.value('transpose', { x }, { permutation: [...permutation] });
  }
  /** Repeats `x` to the shape of `like`, by NumPy's rules. */
  broadcastLike(x: Value, like: Value): Value {
    return sameShape(x.type.shape, like.type.shape) ? x : this.value('broadcastTo', { x, like });
  }
  /** Sums `x` back to a shape it was broadcast from: the gradient of broadcasting. */
  sumTo(x: Value, shape: readonly Dim[]): Value {
    if (sameShape(x.type.shape, shape)) return x;
    const extra = x.type.shape.length - shape.length;
    const axes = x.type.shape.flatMap((dim, i) => (i < extra || (shape[i - extra] === 1 && dim !== 1) ? [i] : []));
    return this.reshape(axes.length > 0 ? this.sum(x, axes) : x, shape);
  }
  /** The size of one dimension at run time, as a float32 scalar. */
  dimSize(x: Value, axis: number): Value {
    const dim = x.type.shape[axis];
    return typeof dim === 'number' ? this.constant(dim) : this.cast(this.value('dimSize', { x }, { axis }), 'float32');
  }

  /** States are only ever added at the end, also from outside, so that the index catches up. */
  private stateOf(id: StateId): State | undefined {
    for (; this.indexedStates < this.state.length; this.indexedStates++) {
      const state = this.state[this.indexedStates];
      if (state && !this.statesById.has(state.id)) this.statesById.set(state.id, state);
    }
    return this.statesById.get(id);
  }

  private nextId(): string {
    let id = `s${this.counter++}`;
    while (this.types.has(`${id}:`)) id = `s${this.counter++}`;
    return id;
  }

  private append(step: Step): Record<string, Value> {
    const definition = this.lookup(step.op);
    this.checkInputs(step, definition);
    const inferred = definition.inferShape(this.inputTypesOf(step), step.attrs);
    if (isProblem(inferred)) throw new ProblemError({ ...inferred, node: inferred.node ?? step.scope });
    this.types.set(`${step.id}:`, { dtype: 'bool', shape: [] });
    this.steps.push(step);
    const { state } = step.attrs;
    if (step.op === 'readState' && typeof state === 'string' && !this.reads.has(state)) this.reads.set(state, step.id);
    const outputs: Record<string, Value> = {};
    for (const output of definition.outputs) {
      const type = inferred[output];
      if (!type) throw new Error(`The op "${step.op}" inferred no type for its output "${output}".`);
      this.types.set(refKey({ step: step.id, output }), type);
      outputs[output] = { step: step.id, output, type };
    }
    return outputs;
  }

  private inputTypesOf(step: Step): Record<string, never> {
    const types = Object.fromEntries(
      Object.entries(step.inputs).map(([name, input]) => [
        name,
        isRefList(input) ? input.map((ref) => this.typeOf(ref)) : this.typeOf(input),
      ]),
    );
    // The catalogue erases input names; `checkInputs` has just proved that they are the declared ones.
    return types as unknown as Record<string, never>;
  }

  private checkInputs(step: Step, definition: OpDefinition): void {
    const specs = inputSpecs(definition);
    for (const { name, optional, variadic } of specs) {
      const input = step.inputs[name];
      if (input === undefined && !optional) throw new Error(`The op "${step.op}" needs an input "${name}".`);
      if (input !== undefined && isRefList(input) !== variadic) {
        throw new Error(`The input "${name}" of the op "${step.op}" is ${variadic ? '' : 'not '}a list.`);
      }
    }
    const unknown = Object.keys(step.inputs).find((name) => !specs.some((spec) => spec.name === name));
    if (unknown) throw new Error(`The op "${step.op}" has no input "${unknown}".`);
  }

  private refs(inputs: Inputs): StepInputs {
    const bare = ({ step, output }: ValueRef): ValueRef => ({ step, output });
    const entries = Object.entries(inputs).flatMap(([name, input]) => {
      if (input === undefined) return [];
      return [[name, Array.isArray(input) ? input.map(bare) : bare(input as ValueRef)] as const];
    });
    return Object.fromEntries(entries);
  }
}
