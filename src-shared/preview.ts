import type { NodeId, YardDocument } from './document/document';
import type { Hash } from './hash';
import type { DType } from './ops/tensor';
import type { Problem } from './problem';
import type { ParityReport, Report } from './runs/values';
import type { ColumnType, Role, SplitName } from './types/ports';
import type { OutputField } from './types/signature';

/** What can be looked at on a port, as plain data small enough to travel to a window. */

/** Rows of one answer at most. */
export const maxPreviewRows = 1000;
/** Bars of a histogram at most. */
export const maxBins = 20;
/** Points of a plot of residuals at most. */
export const maxResiduals = 2000;

export interface PreviewAsk {
  readonly document: YardDocument;
  /** Folder that file paths in the document are relative to. */
  readonly base: string;
  /** Of the document's file; names its runs together with `base`. */
  readonly name: string;
  readonly node: NodeId;
  /** Output port. */
  readonly port: string;
  readonly offset: number;
  /** At most `maxPreviewRows`. */
  readonly limit: number;
  readonly sort?: { readonly column: string; readonly descending: boolean };
  readonly split?: SplitName;
  /** Histograms and distinct counts of the columns, too. */
  readonly statistics?: boolean;
}

/** `image`: index into the answer's `images`. */
export type Cell = string | number | boolean | null | { readonly image: number };

/** Counts by equal ranges, or of the most frequent values. */
export type Histogram =
  | { readonly kind: 'ranges'; readonly min: number; readonly max: number; readonly counts: readonly number[] }
  | {
      readonly kind: 'values';
      readonly values: readonly { readonly value: string; readonly count: number }[];
      /** Rows with any other value. */
      readonly others: number;
    };

export interface PreviewColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly role: Role;
  readonly nulls?: number;
  readonly distinct?: number;
  readonly histogram?: Histogram;
}

export interface TablePreview {
  readonly kind: 'table';
  readonly columns: readonly PreviewColumn[];
  /** Number of each row in the source, from 0. */
  readonly rowNumbers: readonly number[];
  readonly rows: readonly (readonly Cell[])[];
  /** PNG files, base64. */
  readonly images: readonly string[];
  readonly offset: number;
  readonly total: number;
  /** Rows per split, of a dataset. */
  readonly splits?: Readonly<Record<SplitName, number>>;
  /** The split of each row, of a dataset. */
  readonly rowSplits?: readonly SplitName[];
  /** Fitted on, or taken from, some of the rows. */
  readonly sampled?: boolean;
}

export interface WeightSummary {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly deviation: number;
  readonly histogram: Histogram;
}

export interface ModelPreview {
  readonly kind: 'model';
  readonly outputs: readonly OutputField[];
  readonly parameters: number;
  readonly metrics: Readonly<Record<string, number>>;
  readonly weights: readonly WeightSummary[];
}

export interface ReportPreview {
  readonly kind: 'report';
  readonly report: Report;
}

export interface ArtifactPreview {
  readonly kind: 'artifact';
  readonly path: string;
  readonly bytes: number;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly parity?: ParityReport;
  readonly endpoint?: string;
}

export interface PredictionsPreview {
  readonly kind: 'predictions';
  readonly outputs: readonly OutputField[];
  readonly offset: number;
  readonly total: number;
  readonly rows: readonly {
    readonly row: number;
    /** One for each of the outputs. */
    readonly values: readonly ShownPrediction[];
  }[];
}

/** The class and its probability, a number, or several numbers as a text. */
export interface ShownPrediction {
  readonly truth?: string | number;
  readonly predicted: string | number;
  readonly probability?: number;
}

/** Nothing to show, and why: run first, or mend the problem. */
export interface NoPreview {
  readonly kind: 'none';
  readonly problem: Problem;
}

export type Preview = (
  | TablePreview
  | ModelPreview
  | ReportPreview
  | ArtifactPreview
  | PredictionsPreview
  | NoPreview
) & {
  /** The value is of an earlier state of the document, made in `run`. */
  readonly stale?: boolean;
  readonly run?: string;
};

/** Rows behind one cell of a confusion matrix, or (without `truth` and `predicted`) all rows of the report. */
export interface ExamplesAsk {
  readonly document: YardDocument;
  readonly base: string;
  readonly name: string;
  /** A node with a report. */
  readonly node: NodeId;
  /** Of a model with several outputs: the one whose rows are asked for. */
  readonly output?: string;
  readonly truth?: string;
  readonly predicted?: string;
  readonly offset: number;
  readonly limit: number;
}

export interface Example {
  /** Number in the source, from 0. */
  readonly row: number;
  readonly truth: string | number;
  readonly predicted: string | number;
  readonly probability?: number;
  /** Index into `images`. */
  readonly image?: number;
  readonly features?: Readonly<Record<string, string | number | null>>;
}

export interface Examples {
  readonly rows: readonly Example[];
  /** PNG files, base64. */
  readonly images: readonly string[];
  readonly offset: number;
  readonly total: number;
  /** Of a regression: `maxResiduals` of all its rows at most, evenly spread, for a plot. */
  readonly residuals?: readonly { readonly row: number; readonly truth: number; readonly predicted: number }[];
}

/** One run of a document in its history. */
export interface RunSummary {
  readonly run: string;
  /** File name of the document. */
  readonly name: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly seconds?: number;
  readonly seed: number;
  readonly backend: string;
  readonly document: Hash;
  /** Headline numbers of its reports: `test.accuracy`. */
  readonly metrics: Readonly<Record<string, number>>;
}
