import type { FloatArray } from '../ops/tensor';

/** What a predictor said of some rows, row-major: `[rows, width]`. */
export interface Outputs {
  readonly rows: number;
  readonly width: number;
  /** float64 where the target's own numbers are. */
  readonly data: FloatArray;
}

/** Of a model: by the names of its outputs. */
export type OutputsByName = ReadonlyMap<string, Outputs>;
