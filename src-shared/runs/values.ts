import type { TrainingParams } from '../fit/training-params';
import type { Hash } from '../hash';
import type { Program, StateId } from '../ops/program';
import type { DType, FloatArray, TensorData } from '../ops/tensor';
import type { FittedRecipe, RecipeStep } from '../recipe/define-step';
import type { Aim, InputBinding } from '../types/objective';
import type { Column, SplitName } from '../types/ports';
import type { OutputField, Signature } from '../types/signature';

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

/**
 * What `tensor` wires carry: the layers upstream of them as one program. Its outputs are named by the layers that
 * give them, its inputs by the input layers.
 */
export interface TracedModel {
  readonly program: Program;
  /** Which columns enter at which input. */
  readonly bindings: readonly InputBinding[];
  /** What the output layers say that they are for, by the program's output. */
  readonly aims: Readonly<Record<string, Aim>>;
}

/** An unfitted model and how to make a predictor of it. */
export type Estimator = NetworkEstimator | MethodEstimator;

export interface NetworkEstimator {
  readonly kind: 'network';
  readonly program: Program;
  readonly bindings: readonly InputBinding[];
  /** What its outputs are for as far as their layers say it; the rest follows from the data. */
  readonly aims: TracedModel['aims'];
  readonly training: TrainingParams;
}

/** A method of `src-shared/methods`, by its name. */
export interface MethodEstimator {
  readonly kind: 'method';
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * A fitted predictor. Its program takes raw columns (strings, numbers, image bytes) and gives the outputs of the
 * signature; the value steps of its recipe stand in front, as ops.
 */
export interface Predictor {
  readonly signature: Signature;
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
  /** Row numbers in the source. */
  readonly rows: Int32Array;
  readonly outputs: readonly PredictedOutput[];
}

export interface PredictedOutput {
  readonly field: OutputField;
  /** Row-major: as many numbers a row as the field has. */
  readonly data: FloatArray;
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

/** What all reports about one output of a model say. */
interface OutputReport {
  /** Of which output, where the model has several. */
  readonly output?: string;
}

export interface ClassificationReport extends OutputReport {
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

export interface RegressionReport extends OutputReport {
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

/** How unusual the rows are, by a score: the error of a reconstruction, the depth in an isolation forest. */
export interface ScoreReport extends OutputReport {
  readonly kind: 'score';
  readonly split: SplitName;
  readonly rows: number;
  readonly mean: number;
  readonly median: number;
  /** 95 of 100 rows have at most this score. */
  readonly p95: number;
  readonly max: number;
  /** The rows with the largest score. */
  readonly mistakes: readonly Mistake[];
  /** How every row was judged (`fit/judged-rows.ts`), kept in the store. */
  readonly judged?: { readonly blob: Hash };
}

/** One report for each output of a model that has several. */
export interface SeveralReport {
  readonly kind: 'several';
  readonly reports: readonly SingleReport[];
}

export interface CrossValidationReport {
  readonly kind: 'cross-validation';
  readonly folds: readonly Readonly<Record<string, number>>[];
  readonly mean: Readonly<Record<string, number>>;
  /** Sample standard deviation over the folds. */
  readonly deviation: Readonly<Record<string, number>>;
}

export type SingleReport = ClassificationReport | RegressionReport | ScoreReport;
export type Report = SingleReport | SeveralReport | CrossValidationReport;

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

/** A value with the kind of wire that it is on. */
export type TypedValue = {
  readonly [N in keyof ValueByWire]: { readonly type: N; readonly value: ValueByWire[N] };
}[keyof ValueByWire];
