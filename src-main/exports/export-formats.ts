import { cutDoubles } from '../../src-shared/compile/passes/cut-doubles';
import { cutLookups } from '../../src-shared/compile/passes/cut-lookups';
import { lower } from '../../src-shared/compile/passes/lower';
import { emitOnnx } from '../../src-shared/formats/onnx/emit-program';
import { emitFrozenGraph } from '../../src-shared/formats/tensorflow/emit-program';
import { encodeSavedModel, type Signature } from '../../src-shared/formats/tensorflow/encode-graph';
import { writeGraphModel } from '../../src-shared/formats/tfjs/write-graph-model';
import { stableStringify } from '../../src-shared/hash';
import { lookupOp } from '../../src-shared/ops/catalog';
import type { OpDefinition } from '../../src-shared/ops/define-op';
import type { Program } from '../../src-shared/ops/program';
import { fail } from '../../src-shared/problem';
import type { Predictor } from '../../src-shared/runs/values';

/** Files of a bundle by path, `/` between folders. */
export type BundleFiles = Readonly<Record<string, Uint8Array>>;

export interface ExportedFormats {
  readonly files: BundleFiles;
  /** Tensors of the SavedModel's `serving_default`. */
  readonly savedModel: Signature;
  /** Which signature each format has, and the folder of its files. */
  readonly signatures: Readonly<Record<FormatName, 'raw' | 'tensor'>>;
}

export const formatFolders = { savedModel: 'saved_model/', onnx: 'onnx/', tfjs: 'tfjs/', server: 'program/' } as const;
export type FormatName = keyof typeof formatFolders;

/** What an op needs to be part of each format. */
const meanings: readonly { readonly format: string; readonly has: (op: OpDefinition) => boolean }[] = [
  { format: 'SavedModel', has: ({ tensorflow }) => tensorflow !== undefined },
  { format: 'ONNX', has: ({ onnx }) => typeof onnx === 'function' },
  { format: 'tfjs', has: ({ tfjs, name }) => typeof tfjs === 'function' || name === 'lookup' },
];

/**
 * A predictor in every format. Nothing is written; a step that some format cannot say is refused by name, at its
 * canvas node.
 * @throws ProblemError `op-not-exportable`
 */
export function exportFormats(predictor: Predictor): ExportedFormats {
  const { weights } = predictor.artefact;
  const program = lower(predictor.artefact.program, { phase: 'infer' }, lookupOp);
  checkMeanings(program);
  const { program: tensors, vocabularies } = cutLookups(program);
  const graph = emitFrozenGraph(program, { lookup: lookupOp, weights });
  const signature: Signature = { inputs: graph.inputs, outputs: graph.outputs };
  const { program: floats, ...doubles } = cutDoubles(tensors, lookupOp);
  const graphModel = writeGraphModel(floats, { lookup: lookupOp, weights });
  const hasHost = Object.keys(vocabularies).length > 0 || Object.keys(doubles).length > 0;
  return {
    files: {
      'onnx/1/model.onnx': emitOnnx(program, { lookup: lookupOp, weights }),
      'saved_model/1/saved_model.pb': encodeSavedModel(graph, { serving_default: signature }),
      ...(Object.keys(doubles).length > 0 ? { 'tfjs/doubles.json': jsonFile(doubles) } : {}),
      'tfjs/model.json': graphModel['model.json'],
      'tfjs/vocabularies.json': jsonFile(vocabularies),
      'tfjs/weights.bin': graphModel['weights.bin'],
    },
    savedModel: signature,
    signatures: {
      savedModel: 'raw',
      onnx: 'raw',
      tfjs: hasHost ? 'tensor' : 'raw',
      server: 'raw',
    },
  };
}

function checkMeanings(program: Program): void {
  for (const { op, scope } of program.steps) {
    const without = meanings.find(({ has }) => !has(lookupOp(op)));
    if (without) fail('op-not-exportable', { op, format: without.format }, scope ? { node: scope } : {});
  }
}

/** JSON as bundles hold it: sorted keys, two spaces, a line end. */
export function jsonFile(data: unknown): Uint8Array {
  return new TextEncoder().encode(`${stableStringify(data, 2)}\n`);
}
