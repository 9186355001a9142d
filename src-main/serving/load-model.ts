import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { computeOnHost } from '../../src-shared/compile/compute-on-host';
import { cutDoubles } from '../../src-shared/compile/passes/cut-doubles';
import { cutLookups } from '../../src-shared/compile/passes/cut-lookups';
import { lower } from '../../src-shared/compile/passes/lower';
import { readSafetensors } from '../../src-shared/formats/safetensors/read-safetensors';
import { lookupOp } from '../../src-shared/ops/catalog';
import type { Program } from '../../src-shared/ops/program';
import type { FittedRecipe } from '../../src-shared/recipe/define-step';
import { inputColumns } from '../../src-shared/recipe/input-columns';
import { type BundleMetadata, bundleMetadataSchema, outputFields } from './bundle-metadata';
import { type LoadedProgram, loadProgram } from './run-program';
import type { ServedModel } from './served-model';

/** The parts of a bundle that serving needs. */
export interface ServedBundle {
  readonly metadata: BundleMetadata;
  readonly program: Program;
  readonly recipe: FittedRecipe;
  readonly weights: Uint8Array;
}

/** Reads a bundle's folder. Throws an Error with a sentence where it is not one. */
export function readBundle(folder: string): ServedBundle {
  const read = (path: string) => {
    if (!existsSync(join(folder, path))) throw new Error(`${folder} is not a bundle: ${path} is missing in it.`);
    return readFileSync(join(folder, path));
  };
  const metadata = bundleMetadataSchema.safeParse(json(read('metadata.json'), 'metadata.json'));
  if (!metadata.success) throw new Error(`${join(folder, 'metadata.json')} is not that of a bundle this server reads.`);
  return {
    metadata: metadata.data,
    // Both were written by the exporter together with the metadata that has just been checked.
    program: json(read('program/program.json'), 'program/program.json') as Program,
    recipe: json(read('program/recipe.json'), 'program/recipe.json') as FittedRecipe,
    weights: read('program/weights.safetensors'),
  };
}

function json(bytes: Buffer, path: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Error(`${path} is not JSON.`);
  }
}

/** Prepares a bundle to be run on the backend that tfjs has chosen. */
export function loadModel(bundle: ServedBundle): ServedModel {
  const { program, vocabularies } = cutLookups(lower(bundle.program, { phase: 'infer' }, lookupOp));
  const { tensors } = readSafetensors(bundle.weights);
  return {
    name: bundle.metadata.name,
    outputs: outputFields(bundle.metadata),
    columns: inputColumns(program, vocabularies, bundle.recipe),
    program: withDoubles(program, tensors),
  };
}

/** A program of which this process itself computes what is float64: tfjs has none. */
function withDoubles(program: Program, weights: Parameters<typeof loadProgram>[1]): LoadedProgram {
  const { program: inner, before, after } = cutDoubles(program, lookupOp);
  const loaded = loadProgram(inner, weights);
  return {
    run: (feeds) => {
      const computed = before ? { ...feeds, ...computeOnHost(before, feeds, lookupOp) } : feeds;
      const outputs = loaded.run(computed);
      return after ? { ...outputs, ...computeOnHost(after, outputs, lookupOp) } : outputs;
    },
  };
}
