import type { Hash } from '../hash';
import type { StateId, StepProgram } from '../ops/program';
import type { TensorData } from '../ops/tensor';
import type { FittedColumn } from '../recipe/define-step';
import type { Column } from '../types/ports';
import type { SourceFacts } from '../types/source-facts';
import type { RowLayout } from './row-layout';
import type { RunEventBody } from './run-event';
import type { Artifact, CsvOverrides, Predictor, Report, Scan, TableSource, TabularValue } from './values';

/** All that a node can reach. The engine implements it; nothing else gives a node power over the machine. */
export interface RunContext {
  readonly node: { readonly id: string; readonly name: string };
  readonly tables: Tables;
  readonly programs: Programs;
  readonly store: BlobStore;
  readonly files: Files;
  readonly images: Images;
  readonly exports: Exports;
  readonly signal: AbortSignal;
  /** What the probe of this node found, where it has one and it has read everything. */
  readonly facts?: SourceFacts | undefined;
  /** A look at the data: so many rows are enough, and no result is kept. */
  readonly enoughRows?: number;
  /** Seeded by (document seed, place in the plan, role): never by a node id. */
  readonly seed: (role: string) => number;
  /** Appends to the run's journal; `run` and `node` are filled in. */
  readonly emit: (event: RunEventBody) => void;
  /** Checkpoints of this step, newest first; empty on a first run. */
  readonly checkpoints: Checkpoints;
}

export type ColumnData = Float32Array | Float64Array | Int32Array | Uint8Array | readonly (string | null)[];

export const aggregates = ['count', 'sum', 'mean', 'deviation', 'min', 'max'] as const;

export interface GroupRequest {
  /** One row for each combination of their values; none: one row of all. */
  readonly by: readonly string[];
  /** Columns of numbers; `name` is the column that comes out. */
  readonly measures: readonly {
    readonly name: string;
    readonly column: string;
    readonly aggregate: (typeof aggregates)[number];
  }[];
  /** The column with how many rows a group has. */
  readonly count: string;
}

/** Members are functions that need no `this`: whoever adds to one of them spreads the rest. */
export interface Tables {
  /** Writes columns to the store as Parquet. Class columns come as texts. */
  write(columns: readonly Column[], data: Readonly<Record<string, ColumnData>>): Promise<Scan>;
  /** Groups the rows of a table, after its steps, and keeps the result as Parquet. */
  group(value: TabularValue, request: GroupRequest): Promise<TableSource>;
  /** Exact facts of a CSV file: reads all of it. */
  sniffCsv(path: string, overrides: CsvOverrides): Promise<SourceFacts>;
  /** Exact facts of a Parquet file: reads all of it. */
  sniffParquet(path: string): Promise<SourceFacts>;
  /** Reads rows, applies row steps and the split. */
  open(value: TabularValue): Promise<OpenTable>;
}

/** Which rows a row belongs to, in `OpenTable.assignment`. */
export const splitCodes = { train: 0, validation: 1, test: 2, dropped: 255 } as const;

/**
 * Aggregates by column and by a name for each. One that is SQL as a whole needs all rows at once and must come out the same in
 * whatever order they are read.
 */
export type AggregateRequest = Readonly<Record<string, Readonly<Record<string, Aggregate>>>>;
export type Aggregate = string | { readonly aggregate: (typeof aggregates)[number]; readonly sql: string };

/** Members need no `this`, as those of `Tables`. */
export interface OpenTable {
  /** Raw columns, roles as later nodes set them. */
  readonly columns: readonly Column[];
  /** One code per source row: `splitCodes`. Without a split every row that is kept is `train`. */
  readonly assignment: Uint8Array;
  /**
   * Raw values of one column for all source rows. float, int, time: Float32Array with NaN for a missing value, a
   * Float64Array where float32 would lose digits (`isWide`), and of a target;
   * columns with classes: Int32Array of codes (`recipe/define-step.ts`), counted by `classes` where given (those a
   * model was trained with) and else by the column's own. Tensor columns are read by `block`.
   */
  read(column: string, classes?: readonly string[]): Promise<ColumnNumbers>;
  /** Raw values of several columns, read in one pass. */
  readAll(columns: readonly string[]): Promise<ColumnNumbers[]>;
  /** The rows of a tensor column, which may be more than fit into memory. */
  block(column: string): Promise<BlockReader>;
  /** Original texts of some rows, for reports. */
  rows(numbers: readonly number[]): Promise<Record<string, string | number | null>[]>;
  /** Aggregates over the given source rows: the same bits however many threads there are. */
  aggregate(rows: Int32Array, request: AggregateRequest): Promise<Record<string, FittedColumn>>;
  close(): Promise<void>;
}

/** The rows of a tensor column. They lie on disk in pieces that are read as a whole, and only some are held at a time. */
export interface BlockReader {
  /** Bytes of all rows. */
  readonly byteLength: number;
  readonly layout: RowLayout;
  /** All rows in the table's order: for blocks that are known to be small. */
  all(): Promise<BlockNumbers>;
  /** Rows here and there, each read by itself: for a few. */
  pick(rows: ArrayLike<number>): Promise<BlockNumbers>;
  /** Copies rows to `into`; a promise where pieces have to be read first. */
  gather(rows: Int32Array, into: BlockNumbers): Promise<void> | undefined;
  /** Begins to read the piece of a row that `gather` will ask for soon; false where enough is being read already. */
  readAhead(row: number): boolean;
}

/** One number for each row of a table. */
export type ColumnNumbers = Float32Array | Float64Array | Int32Array;

export type BlockNumbers = Float32Array | Int32Array | Uint8Array;

/** What products and convolutions are computed in; weights are float32 in either, and so is every model that leaves. */
export type Precision = 'float32' | 'mixedBfloat16';

export interface Programs {
  readonly runner: RunnerInfo;
  /** Bytes that may still be taken where it computes: of the card's memory, or of the machine's. */
  readonly freeMemory?: () => number;
  open(program: StepProgram, options?: { readonly precision?: Precision }): Promise<Session>;
}

export interface RunnerInfo {
  /** `libtensorflow` (koffi), `tfjs-node` or `tfjs`. */
  readonly name: string;
  /** For people and for the journal: `libtensorflow 2.21.0 (koffi), cpu, 2 threads`. */
  readonly description: string;
  /** What results depend on bit for bit; part of cache keys. */
  readonly fingerprint: string;
  /** It computes in bfloat16 faster than in float32: the processor has instructions for it. */
  readonly hasBfloat16?: boolean;
  /** Threads of the processor that a program may share out: `StepProgram.opThreads`; absent where it has no say. */
  readonly threads?: number;
  /** What computes; absent where the runner cannot tell. */
  readonly device?: RunnerDevice;
}

/** The processor, or a graphics card with its model and the bytes of its memory that may be taken. */
export type RunnerDevice =
  | { readonly kind: 'cpu' }
  | { readonly kind: 'gpu'; readonly name: string; readonly memory: number };

/** Weights and other state live in the session between calls. */
export interface Session {
  /**
   * Runs one entry. Feeds are copied before this returns its promise, so the caller may reuse their buffers.
   * Errors of the runtime come as ProblemError with the scope (canvas node) of the step where it happened.
   */
  run(entry: string, feeds?: Readonly<Record<string, TensorData>>): Promise<Record<string, TensorData>>;
  close(): Promise<void>;
}

export interface BlobStore {
  put(bytes: Uint8Array): Promise<Hash>;
  get(hash: Hash): Promise<Uint8Array>;
  /** Fills `into` with the bytes that begin at `from`. */
  readInto(hash: Hash, into: Uint8Array, from: number): Promise<void>;
}

export interface Files {
  /** Absolute path of a path in the document (relative to the document). */
  resolve(path: string): string;
  read(path: string): Promise<Uint8Array>;
  /**
   * Files below a folder whose names have one of these endings, with `/` between names, sorted; hidden ones left out.
   * Links are followed.
   */
  list(folder: string, extensions: readonly string[]): Promise<string[]>;
  /** Hash of the file's content; quick where path, size, time and inode are those of an earlier call. */
  hash(path: string): Promise<Hash>;
  /** Data that comes with the app, by name: `mnist/train-images`. */
  bundled(name: string): Promise<Uint8Array>;
}

/** What an image of any size becomes: `crop` and `pad` keep its proportions, `stretch` does not. */
export interface ImageForm {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly fit: 'crop' | 'pad' | 'stretch';
}

/** Pixels of an image that is still read, in millions: no camera of our days makes more, and some files only claim to. */
export const mostMegapixels = 100;

/** Why a file gives no image. */
export const imageFaults = ['empty', 'not-an-image', 'damaged', 'too-large'] as const;
export type ImageFault = (typeof imageFaults)[number];

/** Images in files: PNG, JPEG, WebP, TIFF and GIF (its first picture), turned as their EXIF data say. */
export interface Images {
  /** What can be told from the file's beginning; undefined where nothing speaks against it. */
  check(path: string): Promise<ImageFault | undefined>;
  /** `[height, width, channels]` bytes. 16 bits become 8, and what is transparent is white. */
  decode(path: string, form: ImageForm): Promise<Uint8Array | ImageFault>;
}

export interface Exports {
  /** Writes the bundle, proves it in a clean process, returns what stands there. Fails on a difference. */
  bundle(
    predictor: Predictor,
    options: {
      readonly to: string;
      readonly name: string;
      readonly reports: readonly Report[];
      readonly lineage: Readonly<Record<string, Hash>>;
    },
  ): Promise<Artifact>;
  /** Sends a verified bundle to a cloud target. */
  deploy(artifact: Artifact, target: string, config: Readonly<Record<string, unknown>>): Promise<Artifact>;
}

/** All state but data, taken at an optimizer step's boundary, with what is needed to go on from there. */
export interface Checkpoint {
  readonly epoch: number;
  readonly step: number;
  readonly tensors: Readonly<Record<StateId, TensorData>>;
  /** Data order, early stopping, best weights' metric, history, hashes: plain data. */
  readonly progress: Readonly<Record<string, unknown>>;
}

export interface Checkpoints {
  save(checkpoint: Checkpoint): Promise<Hash>;
  latest(): Promise<Checkpoint | undefined>;
}

export type { TableSource };
