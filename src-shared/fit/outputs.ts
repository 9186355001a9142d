/** What a predictor said of some rows, row-major: `[rows, width]`. */
export interface Outputs {
  readonly rows: number;
  readonly width: number;
  readonly data: Float32Array;
}
