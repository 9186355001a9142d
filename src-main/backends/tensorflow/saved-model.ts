import type { TensorData } from '../../../src-shared/ops/tensor';
import type { SessionOptions } from './config-proto';
import { GraphSession } from './graph-session';
import { loadTensorflow } from './library';
import type { Call } from './prepared-call';

/** A SavedModel, loaded by TensorFlow's own loader. */
export interface SavedModel {
  /** Runs the call that it was opened with. Strings go in and out as they are. */
  run(inputs: Readonly<Record<string, TensorData>>): Promise<Record<string, TensorData>>;
  close(): Promise<void>;
}

/**
 * Loads a SavedModel's folder (the one with `saved_model.pb`), tag `serve`.
 * @param call the tensors of one signature: `signatureCall` makes it of what `encodeSavedModel` was given
 * @throws ProblemError `tensorflow-failed` where the folder holds no SavedModel that TensorFlow reads
 */
export function openSavedModel(folder: string, call: Call, options: SessionOptions = {}): SavedModel {
  const session = GraphSession.fromSavedModel(loadTensorflow().api, folder, options);
  const prepared = session.prepare(call);
  return { run: (inputs) => session.run(prepared, inputs), close: () => session.close() };
}
