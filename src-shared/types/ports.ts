import type { Dim } from '../ops/dims';
import type { DType, TensorType } from '../ops/tensor';
import type { Aim, InputBinding } from './objective';
import type { Meaning, OutputField } from './signature';

/** What a column is for. */
export type Role = 'feature' | 'target' | 'id' | 'ignore';

export type ColumnType =
  | { readonly kind: 'float' }
  | { readonly kind: 'int' }
  | { readonly kind: 'bool' }
  | { readonly kind: 'string' }
  /** Points in time; kept as milliseconds since 1970. */
  | { readonly kind: 'time' }
  | { readonly kind: 'tensor'; readonly shape: readonly number[]; readonly dtype: DType };

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly role: Role;
  /** How many values are missing; absent until the exact facts are in. */
  readonly nulls?: number;
  readonly range?: readonly [number, number];
  /** Every value in sorted order: schema, not fitted. Present where there are few enough (`maxClasses`). */
  readonly classes?: readonly string[];
}

export const maxClasses = 1000;

export interface TableType {
  readonly type: 'table' | 'dataset';
  readonly columns: readonly Column[];
  /** Absent while the file is being read, or where a row step decides. */
  readonly rows?: number;
  /** Rows per split, for a dataset; `undefined` sizes while a row step decides. */
  readonly splits?: Readonly<Record<SplitName, number | undefined>>;
  /** Names of the pending recipe steps, for people. */
  readonly steps: readonly string[];
}

export type SplitName = 'train' | 'validation' | 'test';

export interface TensorWire {
  readonly type: 'tensor';
  readonly dtype: DType;
  readonly shape: readonly Dim[];
  readonly parameters: number;
  readonly flops: Dim;
  /** The layer that gives it. */
  readonly layer: string;
  /** The inputs of the model behind it. */
  readonly inputs: readonly ModelInput[];
  /** What it is for, where it comes from an output layer. */
  readonly aim?: Aim;
}

export interface ModelInput {
  readonly binding: InputBinding;
  readonly type: TensorType;
}
export interface EstimatorType {
  readonly type: 'estimator';
  /** What its outputs will mean, as far as that is known without data. */
  readonly learns: readonly Meaning['kind'][];
  readonly parameters: number;
}
export interface ModelType {
  readonly type: 'model';
  readonly outputs: readonly OutputField[];
  readonly parameters: number;
  /** Raw columns the model asks for. */
  readonly columns: readonly Column[];
}
export interface PredictionsType {
  readonly type: 'predictions';
  readonly outputs: readonly OutputField[];
}
export interface ReportType {
  readonly type: 'report';
}
export interface ArtifactType {
  readonly type: 'artifact';
}

export type WireType = TableType | TensorWire | EstimatorType | ModelType | PredictionsType | ReportType | ArtifactType;
export type WireName = WireType['type'];

export type TypeNamed<N extends WireName> = N extends 'table' | 'dataset'
  ? TableType & { readonly type: N }
  : Extract<WireType, { readonly type: N }>;

export interface InputPort<N extends WireName = WireName> {
  /** Kinds of wire that fit. */
  readonly type: N | readonly N[];
  readonly optional?: boolean;
  readonly many?: boolean;
  /** Tensors that make one model: types come as a list, a tensor each, and the value as one program with an output each. */
  readonly joins?: boolean;
}

export interface OutputPort<N extends WireName = WireName> {
  /** The wire's kind; `as: 'input'` where it is that of the named input (preparation nodes). */
  readonly type: N | { readonly as: string };
  /** Known without running. */
  readonly traced?: boolean;
}

export function accepts(port: InputPort, name: WireName): boolean {
  return typeof port.type === 'string' ? port.type === name : port.type.includes(name);
}
