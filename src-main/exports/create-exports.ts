import { fileURLToPath } from 'node:url';
import type { Outputs } from '../../src-shared/fit/outputs';
import { elementType } from '../../src-shared/formats/tensorflow/data-types';
import type { SignatureTensor } from '../../src-shared/formats/tensorflow/encode-graph';
import { mapValues } from '../../src-shared/map-values';
import type { TensorData } from '../../src-shared/ops/tensor';
import { fail } from '../../src-shared/problem';
import type { Exports } from '../../src-shared/runs/run-context';
import type { RunEventBody } from '../../src-shared/runs/run-event';
import type { Artifact, ParityReport, Predictor } from '../../src-shared/runs/values';
import { withDiskProblems } from '../files/disk-problem';
import type { FsPort } from '../files/fs-port';
import { type BundleRequest, bundleFiles, bundleMetadata, hashBundle } from './bundle-files';
import { checkTarget, makeTemporary, moveIntoPlace, writeFiles } from './bundle-folder';
import { type BundleFiles, type ExportedFormats, exportFormats, formatFolders, jsonFile } from './export-formats';
import { proveBundle } from './parity';
import type { ParityJob } from './parity-job';
import { takeSamples } from './samples';

/** Rows that were not trained on, in the three forms that the proof needs; all in the same order. */
export interface HeldOutRows {
  /** As requests hold them. Missing values are null. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** The program's inputs, texts as texts (missing: empty), missing numbers as NaN. */
  readonly inputs: Readonly<Record<string, TensorData>>;
  /** What the app predicts, by the names of the outputs. */
  readonly outputs: Readonly<Record<string, Outputs>>;
}

export interface ExportOptions {
  readonly fs: FsPort;
  readonly signal: AbortSignal;
  /** The node that exports, for events. */
  readonly node: string;
  readonly emit: (event: RunEventBody) => void;
  readonly heldOut: (predictor: Predictor, limit: number) => Promise<HeldOutRows>;
  /** Cloud targets; without them `deploy` is refused. */
  readonly deploy?: Exports['deploy'];
  /** Built files; by default those beside this one in `out/`. */
  readonly scripts?: { readonly server: string; readonly parity: string };
}

const rowLimit = 1000;

/** What the engine puts into a node's context: bundles that are written, proven, and only then in their place. */
export function createExports(options: ExportOptions): Exports {
  return {
    bundle: (predictor, request) =>
      withDiskProblems(request.to, () => new BundleWriter(options).write(predictor, request)),
    deploy: options.deploy ?? (() => fail('deploy-not-available')),
  };
}

const ownScripts = () => ({
  server: fileURLToPath(new URL('./server.mjs', import.meta.url)),
  parity: fileURLToPath(new URL('./parity.mjs', import.meta.url)),
});

class BundleWriter {
  constructor(private readonly options: ExportOptions) {}

  async write(predictor: Predictor, options: Parameters<Exports['bundle']>[1]): Promise<Artifact> {
    const { fs, signal } = this.options;
    const scripts = this.options.scripts ?? ownScripts();
    const formats = exportFormats(predictor);
    await checkTarget(fs, options.to);
    const request: BundleRequest = { ...options, server: await fs.read(scripts.server) };
    const files = bundleFiles(predictor, formats, request);
    const withMetadata = (all: BundleFiles): BundleFiles => ({
      ...all,
      'metadata.json': jsonFile(bundleMetadata(predictor, { request, formats, files: all })),
    });
    const temporary = await makeTemporary(fs, options.to);
    try {
      await writeFiles(fs, temporary, withMetadata(files));
      const rows = await this.options.heldOut(predictor, rowLimit);
      const parity = await this.prove(predictor, rows, {
        folder: temporary,
        name: options.name,
        formats,
        files,
        script: scripts.parity,
      });
      const proven: BundleFiles = {
        ...files,
        'parity.json': jsonFile(parity),
        'samples.json': jsonFile(takeSamples(rows, predictor.signature.outputs)),
      };
      const complete = withMetadata(proven);
      await fs.remove(`${temporary}/metadata.json`);
      await writeFiles(fs, temporary, pick(complete, ['parity.json', 'samples.json', 'metadata.json']));
      signal.throwIfAborted();
      await moveIntoPlace(fs, temporary, options.to);
      return { path: options.to, bundleHash: hashBundle(complete), bytes: sizeOf(complete, ''), parity };
    } catch (error) {
      await fs.remove(temporary).catch(() => undefined);
      throw error;
    }
  }

  private async prove(
    predictor: Predictor,
    rows: HeldOutRows,
    written: {
      readonly folder: string;
      readonly name: string;
      readonly formats: ExportedFormats;
      readonly files: BundleFiles;
      readonly script: string;
    },
  ): Promise<ParityReport> {
    const { signal, emit, node } = this.options;
    if (rows.rows.length === 0) fail('export-without-rows', {});
    const job = parityJob(predictor, rows, written);
    const { formats, latencies, tolerance } = await proveBundle(job, { script: written.script, signal });
    const sized = Object.entries(formats).map(([name, format]) => [
      name,
      { ...format, bytes: sizeOf(written.files, formatFolders[name as keyof typeof formatFolders]) },
    ]);
    const parity: ParityReport = { rows: rows.rows.length, tolerance, formats: Object.fromEntries(sized) };
    emit({ type: 'parity', node, parity, latencies });
    return parity;
  }
}

function parityJob(
  predictor: Predictor,
  { rows, inputs, outputs }: HeldOutRows,
  { folder, name, formats }: { readonly folder: string; readonly name: string; readonly formats: ExportedFormats },
): ParityJob {
  const graphNames = (tensors: Readonly<Record<string, SignatureTensor>>) =>
    Object.fromEntries(
      Object.entries(tensors).map(([key, { tensor, type }]) => [
        key,
        { tensor, element: elementType(type.dtype, false) },
      ]),
    );
  const { savedModel, signatures } = formats;
  return {
    folder,
    name,
    fields: predictor.signature.outputs,
    rows,
    inputs,
    expected: mapValues(outputs, ({ rows: count, width, data }) => ({ rows: count, width, values: data })),
    savedModel: { feeds: graphNames(savedModel.inputs), fetches: graphNames(savedModel.outputs), targets: [] },
    signatures,
  };
}

/** Bytes of the files under a folder. */
function sizeOf(files: BundleFiles, folder: string): number {
  return Object.entries(files).reduce((sum, [path, bytes]) => sum + (path.startsWith(folder) ? bytes.length : 0), 0);
}

function pick(files: BundleFiles, paths: readonly string[]): BundleFiles {
  return Object.fromEntries(Object.entries(files).filter(([path]) => paths.includes(path)));
}
