import type { DType, TensorData } from '../../src-shared/ops/tensor';

/** A raw column that the model asks for. */
export interface InputColumn {
  readonly name: string;
  readonly dtype: DType;
  /** Shape of one row's value; empty for a single value. */
  readonly shape: readonly number[];
  /** Words that have a code; present where the column is looked up in a vocabulary. */
  readonly vocabulary?: readonly string[];
  /** What the preparation refuses instead of handling. */
  readonly refuses: { readonly unknown: boolean; readonly missing: boolean };
}

/** One tensor per column, rows first; texts stand as int32 codes. */
export type Feeds = Readonly<Record<string, TensorData>>;
