import type { Dim } from '../../ops/dims';
import type { StateId } from '../../ops/program';
import type { DType, TensorArray, TensorData, TensorType } from '../../ops/tensor';
import type {
  StateHandle,
  TensorflowAttribute,
  TensorflowBuilder,
  TensorflowTensor,
} from '../../ops/tensorflow-builder';
import { type ElementType, elementType } from './data-types';
import { type GraphFunction, graphFunction } from './graph-function';
import { NodeNames, safeName } from './node-names';

/** Contents of a `Const`. */
export interface GraphTensor {
  readonly dtype: ElementType;
  readonly shape: readonly number[];
  readonly values: TensorArray | readonly number[] | readonly string[];
}

export type GraphAttribute =
  | { readonly type: ElementType }
  | { readonly types: readonly ElementType[] }
  | Exclude<TensorflowAttribute, { type: unknown } | { types: unknown }>
  | { readonly tensor: GraphTensor }
  /** The name of a function. */
  | { readonly func: string };

/** A node of a GraphDef as plain data. Inputs are `name`, `name:1` or, for order alone, `^name`. */
export interface NodeDef {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attrs: Readonly<Record<string, GraphAttribute>>;
}

export interface Graph {
  readonly nodes: readonly NodeDef[];
  /** What loops repeat. */
  readonly functions: readonly GraphFunction[];
  /** Safe name prefix → canvas scope: `scopeInMessage` reads it. */
  readonly scopes: Readonly<Record<string, string>>;
}

export interface GraphOptions {
  /** What the ops are told. */
  readonly target: 'native' | 'frozen' | 'tfjsGraph';
  /** Emits every float32 as double: for numeric tests only. */
  readonly double?: boolean;
  readonly stateTypes: ReadonlyMap<StateId, TensorType>;
  /** Values of the states: given, states are constants; else they are variables. */
  readonly weights?: Readonly<Record<StateId, TensorData>>;
}

interface DraftNode extends NodeDef {
  readonly inputs: string[];
}

/** A node that changes states, with the step it was emitted for. */
export interface Effect {
  readonly step: string;
  readonly node: string;
  readonly states: readonly StateId[];
}

type LoopBody = Parameters<TensorflowBuilder['loop']>[2];

/** Collects the nodes of one GraphDef. `enter` says for which step and canvas node the next ones are. */
export class GraphBuilder implements TensorflowBuilder {
  readonly float64: boolean;
  readonly hasLoops: boolean;
  readonly effects: Effect[] = [];
  /** The node that reads a state, for every state that is read. */
  readonly reads = new Map<StateId, string>();
  private readonly options: GraphOptions;
  private readonly names = new NodeNames();
  private readonly nodes = new Map<string, DraftNode>();
  private readonly handles = new Map<StateId, StateHandle>();
  private readonly placeholders = new Map<string, TensorflowTensor>();
  private readonly functions: GraphFunction[] = [];
  private scope = '';
  private step = '';
  private last = '';

  constructor(options: GraphOptions) {
    this.options = options;
    this.float64 = options.double ?? false;
    this.hasLoops = options.target !== 'tfjsGraph';
  }

  enter(step: string, scope: string): void {
    this.step = step;
    this.scope = scope;
  }

  graph(): Graph {
    return { nodes: [...this.nodes.values()], functions: this.functions, scopes: this.names.scopes() };
  }

  node(
    op: string,
    inputs: readonly (TensorflowTensor | StateHandle)[],
    options: { readonly attrs?: Readonly<Record<string, TensorflowAttribute>>; readonly dtype?: DType } = {},
  ): TensorflowTensor {
    const name = this.names.next(this.scope, op);
    this.add({ name, op, inputs: inputs.map((input) => input.name), attrs: this.attributes(options.attrs ?? {}) });
    return { name, dtype: options.dtype ?? firstType(inputs) };
  }

  output(tensor: TensorflowTensor, index: number, dtype: DType = tensor.dtype): TensorflowTensor {
    const node = tensor.name.split(':')[0] ?? tensor.name;
    return { name: index === 0 ? node : `${node}:${index}`, dtype };
  }

  constant(
    values: readonly number[] | readonly string[] | TensorArray,
    dtype: DType,
    shape: readonly number[],
  ): TensorflowTensor {
    const name = this.names.next(this.scope, 'Const');
    return this.addConstant(name, { dtype: this.element(dtype), shape, values }, dtype);
  }

  read(state: StateId): TensorflowTensor {
    const { dtype } = this.stateType(state);
    const known = this.reads.get(state);
    if (known) return { name: known, dtype };
    const tensor = this.options.weights ? this.frozen(state, dtype) : this.readVariable(state, dtype);
    this.reads.set(state, tensor.name);
    return tensor;
  }

  handle(state: StateId): StateHandle {
    if (this.options.weights) throw new Error(`A frozen graph has no variable ${state}.`);
    const known = this.handles.get(state);
    if (known) return known;
    const { dtype, shape } = this.stateType(state);
    const name = this.names.next(...stateName(state, ''));
    const handle: StateHandle = { handle: state, name };
    const attrs: NodeDef['attrs'] = {
      container: { string: '' },
      dtype: { type: this.element(dtype) },
      shape: { shape },
      shared_name: { string: state },
    };
    this.add({ name, op: 'VarHandleOp', inputs: [], attrs });
    this.handles.set(state, handle);
    return handle;
  }

  stateType(state: StateId): TensorType {
    const type = this.options.stateTypes.get(state);
    if (!type) throw new Error(`The program has no state ${state}.`);
    return type;
  }

  feed(name: string, type: TensorType): TensorflowTensor {
    const known = this.placeholders.get(name);
    if (known) return known;
    const node = this.names.plain(name);
    const attrs: NodeDef['attrs'] = { dtype: { type: this.element(type.dtype) }, shape: { shape: type.shape } };
    this.add({ name: node, op: 'Placeholder', inputs: [], attrs });
    const tensor = { name: node, dtype: type.dtype };
    this.placeholders.set(name, tensor);
    return tensor;
  }

  loop(times: number, start: readonly TensorflowTensor[], body: LoopBody): TensorflowTensor[] {
    const given = [this.constant([0], 'int32', []), ...start];
    const int32 = { attrs: { T: { type: 'int32' } } } as const;
    const condition = this.function('condition', given, (b, [count]) => {
      return [b.node('Less', [count, b.constant([times], 'int32', [])], { ...int32, dtype: 'bool' })];
    });
    const repeated = this.function('body', given, (b, [count, ...values]) => {
      return [b.node('AddV2', [count, b.constant([1], 'int32', [])], int32), ...body(b, count, values)];
    });
    const types = given.map((tensor) => this.variableType(tensor));
    const name = this.names.next(this.scope, 'StatelessWhile');
    const attrs: NodeDef['attrs'] = {
      T: { types },
      cond: { func: condition },
      body: { func: repeated },
      output_shapes: { shapes: [] },
      parallel_iterations: { int: 1 },
      // Steps then run in the graph's own executor, without a call of a function for each.
      _lower_using_switch_merge: { bool: true },
    };
    this.add({ name, op: 'StatelessWhile', inputs: given.map((tensor) => tensor.name), attrs });
    return start.map((tensor, i) => ({ ...tensor, name: `${name}:${i + 1}` }));
  }

  effect(states: readonly StateId[]): void {
    this.effects.push({ step: this.step, node: this.last, states });
  }

  /** The placeholder of a feed that some step reads; undefined where none does. */
  placeholder(name: string): TensorflowTensor | undefined {
    return this.placeholders.get(name);
  }

  /** `Identity` under a name for people; keeps outputs apart that share one tensor. */
  named(wanted: string, tensor: TensorflowTensor): TensorflowTensor {
    const name = this.names.plain(wanted);
    const attrs: NodeDef['attrs'] = { T: { type: this.element(tensor.dtype) } };
    this.add({ name, op: 'Identity', inputs: [tensor.name], attrs });
    return { name, dtype: tensor.dtype };
  }

  /** A scalar 0 that exists once all these nodes have run: what stands for targets where there are none. */
  after(wanted: string, nodes: readonly string[]): TensorflowTensor {
    const tensor = this.addConstant(
      this.names.plain(wanted),
      { dtype: 'int32', shape: [], values: Int32Array.of(0) },
      'int32',
    );
    for (const node of nodes) this.order(node, tensor.name);
    return tensor;
  }

  /** Makes `then` wait for `first`. */
  order(first: string, then: string): void {
    const node = this.nodes.get(then);
    if (!node) throw new Error(`The graph has no node ${then}.`);
    const edge = `^${first.split(':')[0]}`;
    if (!node.inputs.includes(edge)) node.inputs.push(edge);
  }

  /** Adds a function of tensors like these to the graph. */
  private function(
    wanted: string,
    like: readonly TensorflowTensor[],
    build: (
      b: TensorflowBuilder,
      given: readonly [TensorflowTensor, ...TensorflowTensor[]],
    ) => readonly TensorflowTensor[],
  ): string {
    const inner = new GraphBuilder(this.options);
    const given = like.map((tensor, i) => ({ ...tensor, name: inner.names.plain(`given_${i}`) }));
    const [first, ...rest] = given;
    if (!first) throw new Error('A function needs an argument.');
    const results = build(inner, [first, ...rest]);
    const variable = (tensor: TensorflowTensor) => ({ tensor: tensor.name, type: this.variableType(tensor) });
    const name = this.names.plain(`${safeName(this.scope)}_${wanted}`);
    const { nodes } = inner.graph();
    this.functions.push(graphFunction(name, nodes, { given: given.map(variable), results: results.map(variable) }));
    return name;
  }

  private variableType({ dtype, isList }: TensorflowTensor): ElementType {
    return isList ? 'variant' : this.element(dtype);
  }

  private readVariable(state: StateId, dtype: DType): TensorflowTensor {
    const handle = this.handle(state);
    const name = this.names.next(...stateName(state, '.read'));
    const attrs: NodeDef['attrs'] = { dtype: { type: this.element(dtype) } };
    this.add({ name, op: 'ReadVariableOp', inputs: [handle.name], attrs });
    return { name, dtype };
  }

  private frozen(state: StateId, dtype: DType): TensorflowTensor {
    const value = this.options.weights?.[state];
    if (!value) throw new Error(`No value is given for the state ${state}.`);
    const name = this.names.next(...stateName(state, ''));
    return this.addConstant(name, { dtype: this.element(dtype), shape: value.shape, values: value.data }, dtype);
  }

  private addConstant(name: string, tensor: GraphTensor, dtype: DType): TensorflowTensor {
    this.add({ name, op: 'Const', inputs: [], attrs: { dtype: { type: tensor.dtype }, value: { tensor } } });
    return { name, dtype };
  }

  private add(node: DraftNode): void {
    this.nodes.set(node.name, node);
    this.last = node.name;
  }

  private element(dtype: ElementType): ElementType {
    return elementType(dtype, this.float64);
  }

  private attributes(attrs: Readonly<Record<string, TensorflowAttribute>>): NodeDef['attrs'] {
    return Object.fromEntries(
      Object.entries(attrs).map(([name, attr]): [string, GraphAttribute] => {
        if ('type' in attr) return [name, { type: this.element(attr.type) }];
        if ('types' in attr) return [name, { types: attr.types.map((type) => this.element(type)) }];
        return [name, attr];
      }),
    );
  }
}

/** Scope and name of a state's nodes: `conv2d_1/kernel` stands under its layer's name. */
function stateName(state: StateId, suffix: string): [scope: string, name: string] {
  const slash = state.lastIndexOf('/');
  return slash < 0 ? ['', `${state}${suffix}`] : [state.slice(0, slash), `${state.slice(slash + 1)}${suffix}`];
}

function firstType(inputs: readonly (TensorflowTensor | StateHandle)[]): DType {
  for (const input of inputs) if ('dtype' in input) return input.dtype;
  // Nodes without tensor inputs are effects or state their type; the value is then never read as a tensor.
  return 'float32';
}

/** Symbols of a shape are unknown sizes in a GraphDef. */
export function knownSizes(shape: readonly Dim[]): number[] {
  return shape.map((dim) => (typeof dim === 'number' ? dim : -1));
}
