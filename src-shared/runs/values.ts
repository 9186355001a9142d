import type { Params } from '../document/document';
import type { Hash } from '../hash';
import type { Program, StateId } from '../ops/program';
import type { DType, FloatArray, TensorData } from '../ops/tensor';
import type { FittedRecipe, RecipeStep } from '../recipe/define-step';
import type { Column, SplitName, Task } from '../types/ports';

/** Values on wires while a run holds them. Outside the engine a value is `{ hash, type }`. */

/** How DuckDB reads the rows. `path` is absolute, only ever in memory; `blob` is content in the store. */
export type Scan =
  | { readonly kind: 'csv'; readonly path: string; readonly hash: Hash; readonly options: CsvOptions }
  | { readonly kind: 'parquet'; readonly blob: Hash }
  | { readonly kind: 'parquet-file'; readonly path: string; readonly hash: Hash; readonly types: ParquetTypes };

/** The DuckDB types as which columns of a Parquet file are read, in file order. */
export type ParquetTypes = readonly (readonly [name: string, duckdbType: string])[];

export interface CsvOptions {
  readonly delimiter: string;
  readonly quote: string;
  readonly header: boolean;
  readonly encoding: 'utf-8' | 'utf-16' | 'gbk' | 'latin-1';
  /** DuckDB types by column, in file order. */
  readonly types: readonly (readonly [name: string, duckdbType: string])[];
  /** Texts that mean "missing". */
  readonly nullTexts: readonly string[];
  /** Lines before the header that are no data. */
  readonly skip?: number;
  /** How dates are written, in the notation of `strftime`, where it is not year-month-day. */
  readonly dateFormat?: string;
  readonly timestampFormat?: string;
}

/** What a person says about a CSV file, instead of what is sniffed. Empty and `auto` leave it to the sniffing. */
export interface CsvOverrides {
  readonly delimiter?: string;
  readonly header?: 'auto' | 'yes' | 'no';
  readonly encoding?: 'auto' | CsvOptions['encoding'];
  readonly types?: Readonly<Record<string, 'float' | 'int' | 'bool' | 'string' | 'time'>>;
  readonly nullTexts?: readonly string[];
}

/** A tensor column beside the table: its rows, row-major, in parts that follow each other. */
export interface Block {
  readonly dtype: DType;
  /** Shape of one row. */
  readonly shape: readonly number[];
  readonly parts: readonly BlockPart[];
  /** The place of each row of the table in the parts, int32; absent: rows lie in the table's order. */
  readonly at?: { readonly blob: Hash };
}

/** As many rows as take no more than `mostPartBytes` (`write-block.ts`); only old stores have larger ones. */
export interface BlockPart {
  readonly blob: Hash;
  readonly rows: number;
}

export interface TableSource {
  readonly scan: Scan;
  readonly columns: readonly Column[];
  readonly rows: number;
  readonly blocks: Readonly<Record<string, Block>>;
  /** Column with the source's own split: 'train', 'validation' or 'test'. */
  readonly splitColumn?: string;
}

export interface SplitSpec {
  readonly by: 'random' | 'stratified' | 'source';
  /** Shares of validation and test rows; the rest trains. */
  readonly validation: number;
  readonly test: number;
  /** Stratified: the column whose classes keep their shares. */
  readonly column?: string;
  readonly seed: number;
  /** How many recipe steps come before the split. */
  readonly at: number;
  /** The name of the node it came from, for messages. */
  readonly node?: string;
}

/** A table or (with a split) a dataset: raw data, pending recipe, lazily. */
export interface TabularValue {
  readonly source: TableSource;
  /** Roles that later nodes have set, by column. */
  readonly roles: Readonly<Record<string, Column['role']>>;
  readonly steps: readonly RecipeStep[];
  readonly split?: SplitSpec;
}

/** What a `tensor` wire carries: the region upstream of it as one program, output `y`. */
export interface TracedModel {
  readonly program: Program;
}

/** An unfitted model and how to train it. */
export interface Estimator {
  readonly task: Task;
  readonly program: Program;
  readonly training: Params;
}

/**
 * A fitted predictor. Its program takes raw columns (strings, numbers, image bytes) and ends in `probabilities`
 * `[batch, classes]` or `prediction` `[batch, 1]`; the value steps of its recipe stand in front, as ops.
 */
export interface Predictor {
  readonly task: Task;
  readonly classes?: readonly string[];
  readonly target: string;
  readonly recipe: FittedRecipe;
  readonly artefact: {
    readonly kind: 'program';
    readonly program: Program;
    readonly weights: Readonly<Record<StateId, TensorData>>;
  };
  /** What training measured: final losses and metrics by name. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Held-out rows for the export's parity check come from here. */
  readonly trainedOn: { readonly dataset: TabularValue; readonly hash: Hash };
}

export interface Predictions {
  readonly task: Task;
  readonly classes?: readonly string[];
  /** Row numbers in the source. */
  readonly rows: Int32Array;
  /** `[rows, classes]` probabilities or `[rows, 1]` values. */
  readonly outputs: FloatArray;
  readonly truth?: FloatArray;
}

export interface ClassMetrics {
  readonly name: string;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly support: number;
}

export interface Mistake {
  /** Row number in the source, from 0. */
  readonly row: number;
  readonly truth: string;
  readonly predicted: string;
  readonly probability: number;
  /** The first tensor column's bytes, base64, with its shape: an image to show. */
  readonly image?: { readonly shape: readonly number[]; readonly dtype: DType; readonly base64: string };
  readonly features?: Readonly<Record<string, string | number | null>>;
}

export interface ClassificationReport {
  readonly kind: 'classification';
  readonly split: SplitName;
  readonly rows: number;
  readonly accuracy: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly logLoss: number;
  readonly classes: readonly string[];
  /** Rows are true classes, columns predicted ones. */
  readonly confusion: readonly (readonly number[])[];
  readonly perClass: readonly ClassMetrics[];
  readonly mistakes: readonly Mistake[];
  /** How every row was judged (`fit/judged-rows.ts`), kept in the store. */
  readonly judged?: { readonly blob: Hash };
}

export interface RegressionReport {
  readonly kind: 'regression';
  readonly split: SplitName;
  readonly rows: number;
  readonly r2: number;
  readonly mae: number;
  readonly rmse: number;
  readonly mistakes: readonly Mistake[];
  /** How every row was judged (`fit/judged-rows.ts`), kept in the store. */
  readonly judged?: { readonly blob: Hash };
}

export interface CrossValidationReport {
  readonly kind: 'cross-validation';
  readonly task: Task;
  readonly folds: readonly Readonly<Record<string, number>>[];
  readonly mean: Readonly<Record<string, number>>;
  /** Sample standard deviation over the folds. */
  readonly deviation: Readonly<Record<string, number>>;
}

export type Report = ClassificationReport | RegressionReport | CrossValidationReport;

export interface ParityReport {
  readonly rows: number;
  /** `1e-4 · max(1, max|y|)`. */
  readonly tolerance: number;
  readonly formats: Readonly<
    Record<
      string,
      {
        readonly runtime: string;
        readonly signature: 'raw' | 'tensor';
        readonly maxDifference: number;
        readonly classChanges: number;
        readonly bytes: number;
      }
    >
  >;
}

export interface Artifact {
  readonly path: string;
  readonly bundleHash: Hash;
  readonly bytes: number;
  readonly parity?: ParityReport;
  readonly endpoint?: string;
}

export interface ValueByWire {
  table: TabularValue;
  dataset: TabularValue;
  tensor: TracedModel;
  estimator: Estimator;
  model: Predictor;
  predictions: Predictions;
  report: Report;
  artifact: Artifact;
}
