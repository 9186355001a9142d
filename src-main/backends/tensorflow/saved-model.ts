import type { TensorData } from '../../../src-shared/ops/tensor';
import type { SessionOptions } from './config-proto';
import { GraphSession } from './graph-session';
import { loadTensorflow } from './library';
import type { Call } from './prepared-call';

/** A SavedModel, loaded by TensorFlow's own loader. */
export interface SavedModel {
  /** Runs the signature that it was opened with. */
  run(inputs: Readonly<Record<string, TensorData>>): Promise<Record<string, TensorData>>;
  close(): Promise<void>;
}

/**
 * Loads a SavedModel's folder, tag `serve`.
 * @param signature the tensors of one signature, as `encodeSavedModel` was given them
 */
export function openSavedModel(folder: string, signature: Call, options: SessionOptions = {}): SavedModel {
  const session = GraphSession.fromSavedModel(loadTensorflow().api, folder, options);
  const call = session.prepare(signature);
  return { run: (inputs) => session.run(call, inputs), close: () => session.close() };
}
