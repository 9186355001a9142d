import { readSafetensors } from '../../../src-shared/formats/safetensors/read-safetensors';
import { writeSafetensors } from '../../../src-shared/formats/safetensors/write-safetensors';
import type { Hash } from '../../../src-shared/hash';
import type { Program } from '../../../src-shared/ops/program';
import { floatTensor, isFloatArray, type TensorData } from '../../../src-shared/ops/tensor';
import type { Predictions, Predictor, ValueByWire } from '../../../src-shared/runs/values';
import type { WireName } from '../../../src-shared/types/ports';
import type { OutputField } from '../../../src-shared/types/signature';
import { withParts } from './block-parts';
import {
  type FirstPredictions,
  type FirstStoredModel,
  firstField,
  type StoredModel,
  withSignature,
} from './first-models';
import { decodePlain, encodePlain, findBlobs } from './plain-json';
import type { EncodedFiles } from './stored-value';
import type { LocateFile } from './value-store';

interface Codec<N extends WireName> {
  readonly encode: (value: ValueByWire[N]) => EncodedFiles;
  readonly decode: (files: EncodedFiles, locate: LocateFile) => ValueByWire[N];
}

/** How each kind of wire lies on disk. */
const codecs: { readonly [N in WireName]: Codec<N> } = {
  table: tabular('table.json'),
  dataset: tabular('dataset.json'),
  tensor: plain('program.json'),
  estimator: plain('estimator.json'),
  model: { encode: encodePredictor, decode: decodePredictor },
  predictions: { encode: encodePredictions, decode: decodePredictions },
  report: plain('report.json'),
  artifact: plain('artifact.json'),
};

export function encodeValue<N extends WireName>(type: N, value: ValueByWire[N]): EncodedFiles {
  return codecs[type].encode(value);
}

/** Rebuilds a value from files that were checked by hash, so their shape is what `encodeValue` wrote. */
export function decodeValue(type: WireName, files: EncodedFiles, locate: LocateFile): ValueByWire[WireName] {
  return codecs[type].decode(files, locate);
}

/** The blobs a payload names. */
export function blobsOf(files: EncodedFiles): Hash[] {
  const found: Hash[] = [];
  for (const name in files) {
    const content = files[name];
    if (typeof content === 'string') found.push(...findBlobs(content));
  }
  return found.length > 1 ? [...new Set(found)].sort() : found;
}

function plain<N extends WireName>(name: string): Codec<N> {
  return {
    encode: (value) => ({ [name]: encodePlain(value) }),
    decode: (files, locate) => readPlain<ValueByWire[N]>(files, name, locate),
  };
}

function tabular<N extends 'table' | 'dataset'>(name: string): Codec<N> {
  const { encode, decode } = plain<N>(name);
  return { encode, decode: (files, locate) => withParts(decode(files, locate)) };
}

/** The caller has checked the file's hash: it holds what the type says, because only `encode` writes it. */
function readPlain<T>(files: EncodedFiles, name: string, locate: LocateFile): T {
  const content = fileNamed(files, name);
  const text = typeof content === 'string' ? content : Buffer.from(content).toString('utf8');
  return decodePlain(text, locate) as T;
}

function readTensors(files: EncodedFiles, name: string): Readonly<Record<string, TensorData>> {
  const content = fileNamed(files, name);
  return readSafetensors(typeof content === 'string' ? Buffer.from(content) : content).tensors;
}

function fileNamed(files: EncodedFiles, name: string): string | Uint8Array {
  const content = files[name];
  if (content === undefined) throw new Error(`A stored value lacks its ${name}.`);
  return content;
}

function encodePredictor(model: Predictor): EncodedFiles {
  const { artefact, recipe, ...rest } = model;
  return {
    'program.json': encodePlain(artefact.program),
    'weights.safetensors': writeSafetensors(artefact.weights),
    'recipe.json': encodePlain(recipe),
    'model.json': encodePlain({ ...rest, artefact: artefact.kind }),
  };
}

function decodePredictor(files: EncodedFiles, locate: LocateFile): Predictor {
  const rest = readPlain<StoredModel | FirstStoredModel>(files, 'model.json', locate);
  const program = readPlain<Program>(files, 'program.json', locate);
  const model = 'signature' in rest ? rest : withSignature(rest, program);
  const { dataset, hash } = model.trainedOn;
  return {
    ...model,
    trainedOn: { dataset: withParts(dataset), hash },
    recipe: readPlain(files, 'recipe.json', locate),
    artefact: { kind: 'program', program, weights: readTensors(files, 'weights.safetensors') },
  };
}

function encodePredictions({ rows, outputs }: Predictions): EncodedFiles {
  const tensors: Record<string, TensorData> = { rows: { dtype: 'int32', shape: [rows.length], data: rows } };
  for (const [i, { data, truth }] of outputs.entries()) {
    const width = rows.length === 0 ? 0 : data.length / rows.length;
    tensors[`outputs/${i}`] = floatTensor(data, [rows.length, width]);
    if (truth) tensors[`truth/${i}`] = floatTensor(truth, [truth.length]);
  }
  const fields = outputs.map(({ field }) => field);
  return { 'predictions.json': encodePlain({ fields }), 'predictions.safetensors': writeSafetensors(tensors) };
}

function decodePredictions(files: EncodedFiles, locate: LocateFile): Predictions {
  const rest = readPlain<{ readonly fields: readonly OutputField[] } | FirstPredictions>(
    files,
    'predictions.json',
    locate,
  );
  const tensors = readTensors(files, 'predictions.safetensors');
  const fields = 'fields' in rest ? rest.fields : [firstField(rest, tensors.outputs?.shape)];
  const outputs = fields.map((field, i) => {
    const [data, truth] =
      'fields' in rest ? [tensors[`outputs/${i}`], tensors[`truth/${i}`]] : [tensors.outputs, tensors.truth];
    if (!data || !isFloatArray(data.data)) throw new Error('Stored predictions lack their outputs.');
    return { field, data: data.data, ...(isFloatArray(truth?.data) ? { truth: truth.data } : {}) };
  });
  const { rows } = tensors;
  if (!(rows?.data instanceof Int32Array)) throw new Error('Stored predictions lack their rows.');
  return { rows: rows.data, outputs };
}
