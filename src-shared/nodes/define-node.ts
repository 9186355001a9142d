import type { Params } from '../document/document';
import type { Mending, Problem } from '../problem';
import type { RecipeStep } from '../recipe/define-step';
import type { Programs, RunContext } from '../runs/run-context';
import type { Estimate } from '../runs/run-event';
import type { CsvOverrides, SplitSpec, ValueByWire } from '../runs/values';
import type { Text } from '../text';
import type { LayerFunction } from '../types/layer';
import type { Aim, InputBinding } from '../types/objective';
import type { ParamDeclarations, ParamsOf } from '../types/params';
import type { Column, InputPort, OutputPort, TypeNamed, WireName } from '../types/ports';
import type { SourceFacts } from '../types/source-facts';

export type InputPorts = { readonly [port: string]: InputPort };
export type OutputPorts = { readonly [port: string]: OutputPort };

type NameOf<P extends InputPort> = P['type'] extends readonly (infer N extends WireName)[]
  ? N
  : Extract<P['type'], WireName>;
type Arity<P extends InputPort, T> = P extends { readonly many: true }
  ? readonly T[]
  : P extends { readonly optional: true }
    ? T | undefined
    : T;

/** Wire types by input port, as `infer` receives them. */
export type InputTypes<I extends InputPorts> = { readonly [K in keyof I]: Arity<I[K], TypeNamed<NameOf<I[K]>>> };
/** Values by input port, as `execute` receives them. */
export type InputValues<I extends InputPorts> = {
  readonly [K in keyof I]: ValueArity<I[K], ValueByWire[NameOf<I[K]>]>;
};
type ValueArity<P extends InputPort, T> = P extends { readonly joins: true } ? T : Arity<P, T>;
type OutputName<P extends OutputPort> = P['type'] extends WireName ? P['type'] : 'table' | 'dataset';
export type OutputValues<O extends OutputPorts> = { readonly [K in keyof O]: ValueByWire[OutputName<O[K]>] };
export type OutputTypes<O extends OutputPorts> = { readonly [K in keyof O]: TypeNamed<OutputName<O[K]>> };

export interface ProbeContext {
  readonly signal: AbortSignal;
  readonly files: RunContext['files'];
  readonly images: Pick<RunContext['images'], 'check'>;
  /** Asks for what can be told at once; facts that are not exact are asked for again. */
  readonly isQuick: boolean;
  /** Delimiter, header and types as DuckDB sniffs them, with `overrides` applied. */
  readonly sniffCsv: (path: string, overrides: CsvOverrides) => Promise<SourceFacts>;
  readonly sniffParquet: (path: string) => Promise<SourceFacts>;
}

export interface InferContext {
  /** Weights of the model that the tensors at a port make together, where the port joins them. */
  readonly parameters?: Readonly<Record<string, number>>;
  readonly facts?: SourceFacts;
  readonly seed: number;
}

export type Inferred<O extends OutputPorts> = {
  readonly outputs?: Partial<OutputTypes<O>>;
  readonly problems?: readonly Problem[];
};

export interface NodeDefinition<
  I extends InputPorts = InputPorts,
  O extends OutputPorts = OutputPorts,
  P extends ParamDeclarations = ParamDeclarations,
> {
  /** Stable id `group.name`, the only name stored in files. */
  readonly kind: string;
  readonly title: Text;
  readonly summary: Text;
  readonly docs?: Text;
  readonly version: number;
  /** Migrations of params: `{ 2: (p) => ({ ...p, bias: true }) }` takes version 1 to 2. */
  readonly upgrades?: Readonly<Record<number, (params: Params) => Params>>;
  readonly inputs: I;
  readonly outputs: O;
  readonly params: P;
  /** What it mends where it is put in between, and the settings that it needs for that. */
  readonly mends?: { readonly [M in Mending]?: Partial<ParamsOf<P>> };
  /** Results depend on the runner and the seed (training, evaluation): part of the cache key. */
  readonly usesRunner?: boolean;
  readonly usesSeed?: boolean;
  /** Leaves the store: a folder, a cloud. Cached only while what it wrote is still there. */
  readonly writesOutside?: boolean;
  /** The deployment that running it would make: a target of the catalogue with its settings. */
  readonly deploys?: (params: ParamsOf<P>) => {
    readonly target: string;
    readonly config: Readonly<Record<string, unknown>>;
  };
  /** Sources: facts of the data, in the look process. */
  readonly probe?: (params: ParamsOf<P>, context: ProbeContext) => Promise<SourceFacts>;
  /** Pure. Layers and preparation nodes need none: their types follow from `layer` and `step`. */
  readonly infer?: (inputs: Partial<InputTypes<I>>, params: ParamsOf<P>, context: InferContext) => Inferred<O>;
  /** A layer: adds ops to the program. Throws ProblemError with `param` and a fix. */
  readonly layer?: LayerFunction<ParamsOf<P>>;
  /** A preparation node: the recipe steps it appends, roles it sets, the split it makes. */
  readonly step?: (
    params: ParamsOf<P>,
    /** `seed`: the document's, for a node that splits. */
    input: { readonly columns: readonly Column[]; readonly seed?: number },
  ) => {
    readonly steps?: readonly Omit<RecipeStep, 'node'>[];
    readonly roles?: Readonly<Record<string, Column['role']>>;
    readonly split?: Omit<SplitSpec, 'at'>;
  };
  /** A layer where a model begins: the columns of the data that enter there. */
  readonly binds?: (params: ParamsOf<P>) => InputBinding['columns'];
  /** A layer where a model ends: what its `y` is for. A tensor at its port `target` is what it is compared with. */
  readonly aims?: (params: ParamsOf<P>) => Aim;
  /** A layer that leaves the steps of a sequence as they are: the mask at `x` goes on with `y`. */
  readonly passesMask?: true;
  /**
   * Refuses what this machine cannot do, as far as it can be told before a run begins: throws ProblemError. `values`
   * are those that are traced, or were kept by an earlier run.
   */
  readonly check?: (
    inputs: { readonly values: Partial<InputValues<I>>; readonly types: Partial<InputTypes<I>> },
    params: ParamsOf<P>,
    programs: Programs,
  ) => void;
  /** Anything else: values and params in, outputs out. */
  readonly execute?: (inputs: InputValues<I>, params: ParamsOf<P>, ctx: RunContext) => Promise<OutputValues<O>>;
  /** The value of `traced` outputs of a node that also executes (the estimator of `train.fit`). */
  readonly trace?: (inputs: Partial<InputValues<I>>, params: ParamsOf<P>) => Partial<OutputValues<O>>;
  /** The texts that fit params whose `options` depend on what is wired, by the name of the options. */
  readonly choices?: (
    inputs: Partial<InputTypes<I>>,
    params: ParamsOf<P>,
  ) => Readonly<Record<string, readonly string[]>>;
  readonly estimate?: (inputs: Partial<InputTypes<I>>, params: ParamsOf<P>) => Estimate;
}

/** Declares a node. Everything about it stands in the one call: `docs/add-a-node.md`. */
export function defineNode<const I extends InputPorts, const O extends OutputPorts, const P extends ParamDeclarations>(
  definition: NodeDefinition<I, O, P>,
): NodeDefinition {
  // The catalogue erases port and param names; documents are checked against the declarations before any call.
  return definition as unknown as NodeDefinition;
}
