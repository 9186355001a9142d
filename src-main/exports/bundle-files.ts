import { writeSafetensors } from '../../src-shared/formats/safetensors/write-safetensors';
import { type Hash, hashBytes, hashData, stableStringify } from '../../src-shared/hash';
import type { TensorType } from '../../src-shared/ops/tensor';
import type { Predictor, Report } from '../../src-shared/runs/values';
import type { Meaning } from '../../src-shared/types/signature';
import type { BundleMetadata } from '../serving/bundle-metadata';
import { describeApi } from '../serving/openapi';
import { type BundleFiles, type ExportedFormats, jsonFile } from './export-formats';
import { modelCard } from './model-card';

export interface BundleRequest {
  readonly name: string;
  readonly reports: readonly Report[];
  readonly lineage: Readonly<Record<string, Hash>>;
  /** The built `server.mjs`. */
  readonly server: Uint8Array;
}

const dockerfile = `FROM node:20-slim
WORKDIR /app
COPY metadata.json openapi.json server.mjs ./
COPY program ./program
ENV HOST=0.0.0.0 PORT=8080
EXPOSE 8080
USER node
CMD ["node", "server.mjs"]
`;

/**
 * All files of a bundle but `parity.json`, `samples.json` and `metadata.json`, which come once the formats have been
 * run. The same predictor gives the same bytes: no clock, sorted keys.
 */
export function bundleFiles(predictor: Predictor, formats: ExportedFormats, request: BundleRequest): BundleFiles {
  const { program, weights } = predictor.artefact;
  const described = {
    name: request.name,
    inputs: program.inputs,
    outputs: predictor.signature.outputs,
    recipe: predictor.recipe,
  };
  const text = (content: string) => new TextEncoder().encode(content);
  return {
    ...formats.files,
    'program/program.json': text(`${stableStringify(program)}\n`),
    'program/recipe.json': jsonFile(predictor.recipe),
    'program/weights.safetensors': writeSafetensors(weights),
    'openapi.json': jsonFile(describeApi(described)),
    'README.md': text(modelCard(predictor, request)),
    Dockerfile: text(dockerfile),
    'server.mjs': request.server,
  };
}

/** `metadata.json`, with the hash of every other file. */
export function bundleMetadata(
  predictor: Predictor,
  { request, formats, files }: { request: BundleRequest; formats: ExportedFormats; files: BundleFiles },
): BundleMetadata {
  const { inputs, outputs } = predictor.signature;
  return {
    format: 'modelyard-bundle',
    version: 2,
    name: request.name,
    inputs: inputs.map(({ name, type }) => describe(name, type)),
    outputs: outputs.map(({ name, type, means, target }) => {
      return { ...describe(name, type), means: meaningOf(means), ...(target === undefined ? {} : { target }) };
    }),
    signatures: { ...formats.signatures },
    metrics: { ...predictor.metrics },
    reports: request.reports.map(withoutRows),
    lineage: { ...request.lineage },
    files: listFiles(files),
  };
}

/** One hash for the whole bundle: of the paths and hashes of its files. */
export function hashBundle(files: BundleFiles): Hash {
  return hashFileList(listFiles(files));
}

export type BundleFile = BundleMetadata['files'][number];

/** The same from the list alone; sorted by path. */
export function hashFileList(files: readonly BundleFile[]): Hash {
  return hashData(files);
}

function listFiles(files: BundleFiles): BundleMetadata['files'] {
  return Object.entries(files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: hashBytes(bytes).slice('sha256:'.length) }));
}

function meaningOf(means: Meaning): BundleMetadata['outputs'][number]['means'] {
  if ('classes' in means) return { kind: means.kind, classes: [...means.classes] };
  return means.kind === 'action' ? { kind: 'vector' } : { kind: means.kind };
}

function describe(name: string, { dtype, shape }: TensorType): BundleMetadata['inputs'][number] {
  return { name, dtype, shape: [...shape] };
}

/** A report without the rows it shows or names: a bundle may go where the data may not. */
function withoutRows(report: Report): Record<string, unknown> {
  if (report.kind === 'several') return { ...report, reports: report.reports.map(withoutRows) };
  const { mistakes: _rows, judged: _blob, ...rest } = { mistakes: [], judged: undefined, ...report };
  return rest;
}
