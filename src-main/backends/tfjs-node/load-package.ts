import { createRequire } from 'node:module';
import type * as tfjs from '@tensorflow/tfjs-core';
import { firstLine } from '../../../src-shared/first-line';
import { fail } from '../../../src-shared/problem';
import { prepareEnvironment } from '../tensorflow/prepare-environment';
import { withoutNotes } from '../tensorflow/quiet-load';

/** The part of tfjs-node's backend that runs SavedModels; public in its code, absent from its types. */
export interface SavedModelBackend {
  readonly binding: {
    readonly TF_Version?: string;
    loadSavedModel(folder: string, tags: string): number;
    deleteSavedModel(id: number): void;
  };
  runSavedModel(
    id: number,
    inputs: readonly tfjs.Tensor[],
    inputInfos: readonly { readonly name: string; readonly tfDtype: string }[],
    outputs: readonly string[],
  ): tfjs.Tensor[];
}

export interface TfjsNode {
  readonly tf: typeof tfjs;
  readonly backend: SavedModelBackend;
  readonly version: string;
  /** Of the libtensorflow that its addon is linked with. */
  readonly library: string;
}

/**
 * Loads the package and its native addon. Throws `tfjs-node-unusable` where either is missing or does not load.
 * Its libtensorflow joins the process: where another version is loaded already, the results are not defined.
 */
export function loadTfjsNode(): TfjsNode {
  try {
    return load(createRequire(import.meta.url));
  } catch (error) {
    const reason = firstLine(error instanceof Error ? error.message : String(error));
    return fail('tfjs-node-unusable', { reason });
  }
}

function load(require: NodeJS.Require): TfjsNode {
  allowNewerNode(require);
  prepareEnvironment();
  const version = String(require('@tensorflow/tfjs-node/package.json').version);
  const tf: typeof tfjs = withoutNotes(() => require('@tensorflow/tfjs-node'));
  // The backend registers itself as `tensorflow` and is of the package's own class.
  const backend = tf.findBackend('tensorflow') as unknown as SavedModelBackend;
  return { tf, backend, version, library: backend.binding.TF_Version ?? 'unknown' };
}

/** tfjs-node calls a function that Node 23 has removed. */
function allowNewerNode(require: NodeJS.Require): void {
  const util: { isNullOrUndefined?: (value: unknown) => boolean } = require('node:util');
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
}
