import type { FloatArray, TensorData } from '../../src-shared/ops/tensor';
import type { Problem } from '../../src-shared/problem';
import type { ParityReport } from '../../src-shared/runs/values';
import type { OutputField } from '../../src-shared/types/signature';
import type { Call } from '../backends/tensorflow/prepared-call';
import type { OutputRows } from './compare-outputs';
import type { FormatName } from './export-formats';

/** What the clean process is asked: run every format of a bundle and compare it with the app. */
export interface ParityJob {
  readonly folder: string;
  readonly name: string;
  readonly fields: readonly OutputField[];
  /** Held-out rows as requests hold them, and the same rows as tensors, texts included. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly inputs: Readonly<Record<string, TensorData>>;
  /** What the app predicts, by the names of the outputs. */
  readonly expected: Readonly<Record<string, OutputRows>>;
  readonly savedModel: Call;
  readonly signatures: Readonly<Record<FormatName, 'raw' | 'tensor'>>;
}

/** What it answers. A problem names the format and the row. */
export type ParityAnswer =
  | {
      readonly formats: Readonly<Record<string, Omit<ParityReport['formats'][string], 'bytes'>>>;
      /** Milliseconds per row, in batches, by format. */
      readonly latencies: Readonly<Record<string, number>>;
      readonly tolerance: number;
    }
  | { readonly problem: Problem };

/** A format, loaded by a runtime that is not ours. */
export interface ForeignModel {
  readonly runtime: string;
  /** The numbers of every output, by its name. */
  run(batch: Batch): Promise<Readonly<Record<string, FloatArray>>>;
  close(): Promise<void>;
}

export interface Batch {
  readonly inputs: Readonly<Record<string, TensorData>>;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

export type OpenForeign = (job: ParityJob) => Promise<ForeignModel>;
