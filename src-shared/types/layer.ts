import type { Initializer, Regularizer, Value } from '../ops/program';
import type { ProgramBuilder } from '../ops/program-builder';
import type { Aim, InputBinding } from './objective';
import type { ParamDeclarations, ParamsOf } from './params';
import type { InputPort, WireType } from './ports';

/** A tensor inside a model region, with the mask that says which time steps count. */
export interface LayerValue {
  readonly value: Value;
  readonly mask?: Value;
}

/** What a layer is built with: ops, and weights under the layer's own name. */
export interface LayerContext {
  readonly b: ProgramBuilder;
  readonly name: string;
  /** Declares `name/role`, or shares it when the layer is called again. */
  readonly weight: (
    role: string,
    shape: readonly number[],
    options: { readonly init: Initializer; readonly trainable?: boolean; readonly regularizer?: Regularizer },
  ) => Value;
  /** State that training moves without a gradient: `name/role`, updated in the train phase. */
  readonly moving: (
    role: string,
    shape: readonly number[],
    init: Initializer,
  ) => { readonly value: Value; readonly update: (next: Value) => void };
  /** Types on the wires that are not tensors, e.g. the dataset at `layer.input`. */
  readonly types: Readonly<Record<string, WireType | undefined>>;
}

export type LayerInputs = Readonly<Record<string, LayerValue | readonly LayerValue[]>>;
export type LayerOutputs = Readonly<Record<string, LayerValue>>;
export type LayerFunction<P> = (inputs: LayerInputs, params: P, context: LayerContext) => LayerOutputs;

/** Of a node's definition, what calling it as a layer needs. */
export interface LayerDefinition {
  readonly kind: string;
  readonly inputs: { readonly [port: string]: InputPort };
  readonly layer?: LayerFunction<ParamsOf<ParamDeclarations>>;
  readonly passesMask?: true;
  readonly binds?: (params: ParamsOf<ParamDeclarations>) => InputBinding['columns'];
  readonly aims?: (params: ParamsOf<ParamDeclarations>) => Aim;
}
