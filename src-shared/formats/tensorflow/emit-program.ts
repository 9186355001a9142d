import type { In, OpDefinition } from '../../ops/define-op';
import {
  type Entry,
  isRefList,
  type Program,
  refKey,
  type State,
  type StateId,
  type Step,
  type StepProgram,
  type ValueRef,
} from '../../ops/program';
import { type OpLookup, ProgramBuilder } from '../../ops/program-builder';
import type { TensorData, TensorType } from '../../ops/tensor';
import type { TensorflowTensor } from '../../ops/tensorflow-builder';
import type { Signature, SignatureTensor } from './encode-graph';
import { type Graph, GraphBuilder, type GraphOptions } from './graph-builder';
import { neededSteps, orderEffects } from './order-effects';

/** A program with its weights as constants, and where its inputs and outputs are. */
export interface FrozenGraph extends Graph, Signature {}

export interface FreezeOptions {
  readonly lookup: OpLookup;
  /** What the ops are told; the weights are constants in any case. */
  readonly target?: GraphOptions['target'];
  readonly weights: Readonly<Record<StateId, TensorData>>;
  readonly double?: boolean;
}

/**
 * A lowered program as a graph for inference. Inputs and outputs have nodes of their own names.
 * Throws where an op has no TensorFlow meaning.
 */
export function emitFrozenGraph(program: Program, options: FreezeOptions): FrozenGraph {
  const walk = new GraphWalk(program, { target: 'frozen', ...options });
  const inputs = Object.entries(program.inputs).map(([name, type]) => [name, walk.feed(name, type)] as const);
  walk.steps(program.steps);
  const outputs = Object.entries(program.outputs).map(([name, ref]) => [name, walk.output(name, ref)] as const);
  return { ...walk.graph(), inputs: Object.fromEntries(inputs), outputs: Object.fromEntries(outputs) };
}

/** How one entry of a step program is run on its graph. */
export interface EntryNodes {
  readonly feeds: Readonly<Record<string, SignatureTensor>>;
  readonly fetches: Readonly<Record<string, SignatureTensor>>;
  /** Nodes with effects. */
  readonly targets: readonly string[];
  /** A scalar int32 that exists once the effects have happened: for runtimes that know no targets. */
  readonly done: string;
}

export interface StepGraph extends Graph {
  readonly entries: Readonly<Record<string, EntryNodes>>;
}

export interface StepGraphOptions {
  readonly lookup: OpLookup;
  readonly double?: boolean;
}

/**
 * Training as one graph, its state in variables. Within an entry every effect comes after all reads of the states
 * it changes, and effects on the same state happen in the order of their steps.
 */
export function emitStepGraph(program: StepProgram, options: StepGraphOptions): StepGraph {
  const walk = new GraphWalk({ ...program, inputs: {}, outputs: {}, updates: [] }, { target: 'native', ...options });
  const needed = neededSteps(program);
  walk.steps(program.steps.filter((step) => needed.has(step.id)));
  orderEffects(program, walk.builder);
  const entries = Object.entries(program.entries).map(([name, entry]) => [name, walk.entry(name, entry)] as const);
  return { ...walk.graph(), entries: Object.fromEntries(entries) };
}

type WalkOptions = Omit<GraphOptions, 'stateTypes'> & { readonly lookup: OpLookup };

class GraphWalk {
  readonly builder: GraphBuilder;
  private readonly types: ProgramBuilder;
  private readonly lookup: OpLookup;
  private readonly tensors = new Map<string, TensorflowTensor>();
  private readonly target: GraphOptions['target'];

  constructor(program: Program, options: WalkOptions) {
    this.lookup = options.lookup;
    this.target = options.target;
    this.types = ProgramBuilder.from(program, options.lookup);
    this.builder = new GraphBuilder({ ...options, stateTypes: stateTypes(program.state) });
  }

  graph(): Graph {
    return this.builder.graph();
  }

  steps(steps: readonly Step[]): void {
    for (const step of steps) this.step(step);
  }

  feed(name: string, type: TensorType): SignatureTensor {
    return { tensor: this.builder.feed(name, type).name, type };
  }

  output(name: string, ref: ValueRef): SignatureTensor {
    return { tensor: this.builder.named(name, this.tensor(ref)).name, type: this.types.typeOf(ref) };
  }

  entry(name: string, entry: Entry): EntryNodes {
    const feeds = Object.entries(entry.feeds).map(([feed, type]) => [feed, this.feed(feed, type)] as const);
    const fetches = Object.entries(entry.fetches).map(
      ([fetch, ref]) => [fetch, { tensor: this.tensor(ref).name, type: this.types.typeOf(ref) }] as const,
    );
    const targets = this.builder.effects.filter(({ step }) => entry.targets.includes(step)).map(({ node }) => node);
    const done = this.builder.after(`${name}.done`, targets).name;
    return { feeds: Object.fromEntries(feeds), fetches: Object.fromEntries(fetches), targets, done };
  }

  private step(step: Step): void {
    const definition = this.lookup(step.op);
    if (!definition.tensorflow) throw new Error(`The op "${step.op}" has no TensorFlow meaning.`);
    this.builder.enter(step.id, step.scope);
    const outputs = definition.tensorflow(
      this.builder,
      this.mapInputs(step, (ref) => this.tensor(ref)),
      {
        attrs: step.attrs,
        inputTypes: this.mapInputs(step, (ref) => this.types.typeOf(ref)),
        target: this.target,
        outputs: this.outputTypes(step, definition),
      },
    );
    for (const [output, tensor] of Object.entries(outputs)) {
      if (tensor) this.tensors.set(refKey({ step: step.id, output }), tensor);
    }
  }

  private mapInputs<T>(step: Step, map: (ref: ValueRef) => T): In<string, T> {
    const inputs = Object.entries(step.inputs).map(([name, input]) => [
      name,
      isRefList(input) ? input.map(map) : map(input),
    ]);
    // The catalogue erases input names; the program builder has proved that they are the declared ones.
    return Object.fromEntries(inputs) as unknown as In<string, T>;
  }

  private outputTypes(step: Step, definition: OpDefinition): Record<string, TensorType> {
    return Object.fromEntries(
      definition.outputs.map((output) => [output, this.types.typeOf({ step: step.id, output })]),
    );
  }

  private tensor(ref: ValueRef): TensorflowTensor {
    const tensor = this.tensors.get(refKey(ref));
    if (!tensor) throw new Error(`The output "${ref.output}" of step ${ref.step} has no TensorFlow meaning.`);
    return tensor;
  }
}

function stateTypes(state: readonly State[]): Map<StateId, TensorType> {
  return new Map(state.map(({ id, type }) => [id, type]));
}
