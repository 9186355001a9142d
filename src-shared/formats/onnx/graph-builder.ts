import type { OnnxBuilder, OnnxTensor } from '../../ops/onnx-builder';
import type { StateId } from '../../ops/program';
import type { DType, TensorArray, TensorData, TensorType } from '../../ops/tensor';
import type { OnnxGraph, OnnxInitializer, OnnxNode, OnnxValue } from './graph';

type NodeOptions = NonNullable<Parameters<OnnxBuilder['node']>[2]>;
type Constant = readonly number[] | readonly string[] | TensorArray;

/** Constants up to this many elements are kept once, however often they are asked for. */
const sharedConstantSize = 16;

/** Collects what ops say in ONNX. `graph` closes it; `encodeModel` turns it into bytes. */
export class OnnxGraphBuilder implements OnnxBuilder {
  private readonly nodes: OnnxNode[] = [];
  private readonly inputs: OnnxValue[] = [];
  private readonly initializers = new Map<string, OnnxInitializer>();
  private readonly constants = new Map<string, OnnxTensor>();
  private readonly states = new Map<StateId, OnnxTensor>();
  private readonly outputsOf = new Map<string, readonly string[]>();
  private readonly taken: Set<string>;
  private readonly weights: Readonly<Record<StateId, TensorData>>;

  /**
   * @param options `weights`: values of the states that ops read. `reserved`: names of inputs and outputs to come,
   * which no inner tensor may take.
   */
  constructor(
    options: { readonly weights?: Readonly<Record<StateId, TensorData>>; readonly reserved?: readonly string[] } = {},
  ) {
    this.weights = options.weights ?? {};
    this.taken = new Set(options.reserved);
  }

  node(opType: string, inputs: readonly (OnnxTensor | null)[], options: NodeOptions = {}): OnnxTensor {
    const outputs = Array.from({ length: options.outputs ?? 1 }, () => this.uniqueName(opType));
    this.nodes.push({
      opType,
      inputs: trimMissing(inputs.map((input) => input?.name ?? '')),
      outputs,
      attrs: options.attrs ?? {},
      domain: options.domain ?? '',
    });
    const name = outputs[0] ?? '';
    this.outputsOf.set(name, outputs);
    return { name, dtype: options.dtype ?? inputs[0]?.dtype ?? 'float32' };
  }

  output(tensor: OnnxTensor, index: number, dtype: DType = tensor.dtype): OnnxTensor {
    const name = this.outputsOf.get(tensor.name)?.[index];
    if (name === undefined) throw new Error(`The node of ${tensor.name} has no output ${index}; declare "outputs".`);
    return { name, dtype };
  }

  constant(values: Constant, dtype: DType, shape: readonly number[]): OnnxTensor {
    const key =
      values.length <= sharedConstantSize ? `${dtype} [${shape}] ${JSON.stringify([...values].map(String))}` : '';
    const known = this.constants.get(key);
    if (known) return known;
    const tensor = this.initializer(this.uniqueName('const'), { dtype, shape, data: values });
    if (key !== '') this.constants.set(key, tensor);
    return tensor;
  }

  read(state: StateId): OnnxTensor {
    const known = this.states.get(state);
    if (known) return known;
    const { dtype, shape } = this.stateType(state);
    const name = this.taken.has(state) ? this.uniqueName(state) : state;
    this.taken.add(name);
    const tensor = this.initializer(name, { dtype, shape, data: this.weight(state).data });
    this.states.set(state, tensor);
    return tensor;
  }

  stateType(state: StateId): { readonly dtype: DType; readonly shape: readonly number[] } {
    const { dtype, shape } = this.weight(state);
    return { dtype, shape };
  }

  feed(name: string, type: TensorType): OnnxTensor {
    if (!this.inputs.some((input) => input.name === name)) this.inputs.push({ name, type });
    this.taken.add(name);
    return { name, dtype: type.dtype };
  }

  /**
   * The finished graph. Every output gets the name it has here through an `Identity`, which the layout pass removes
   * where the tensor can simply be renamed.
   */
  graph(outputs: Readonly<Record<string, { readonly tensor: OnnxTensor; readonly type: TensorType }>>): OnnxGraph {
    const named = Object.entries(outputs).map(([name, { tensor, type }]) => {
      if (name !== tensor.name) {
        this.nodes.push({ opType: 'Identity', inputs: [tensor.name], outputs: [name], attrs: {}, domain: '' });
      }
      return { name, type };
    });
    return { inputs: this.inputs, outputs: named, initializers: [...this.initializers.values()], nodes: this.nodes };
  }

  private initializer(name: string, value: Omit<OnnxInitializer, 'name'>): OnnxTensor {
    this.initializers.set(name, { name, ...value });
    return { name, dtype: value.dtype };
  }

  private weight(state: StateId): TensorData {
    const weight = this.weights[state];
    if (!weight) throw new Error(`No value was given for the state ${state}.`);
    return weight;
  }

  private uniqueName(base: string): string {
    let n = this.taken.size;
    while (this.taken.has(`${base}_${n}`)) n++;
    const name = `${base}_${n}`;
    this.taken.add(name);
    return name;
  }
}

function trimMissing(names: readonly string[]): string[] {
  const last = names.findLastIndex((name) => name !== '');
  return names.slice(0, last + 1);
}
