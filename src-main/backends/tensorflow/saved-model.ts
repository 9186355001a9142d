import type { Signature } from '../../../src-shared/formats/tensorflow/encode-graph';
import type { TensorData } from '../../../src-shared/ops/tensor';
import type { SessionOptions } from './config-proto';
import { GraphSession } from './graph-session';
import { loadTensorflow } from './library';
import { signatureCall } from './signature-call';

/** A SavedModel, loaded by TensorFlow's own loader. */
export interface SavedModel {
  /** Runs the signature that it was opened with. Strings go in and out as they are. */
  run(inputs: Readonly<Record<string, TensorData>>): Promise<Record<string, TensorData>>;
  close(): Promise<void>;
}

/**
 * Loads a SavedModel's folder (the one with `saved_model.pb`), tag `serve`.
 * @param signature as `encodeSavedModel` was given it
 * @throws ProblemError `tensorflow-failed` where the folder holds no SavedModel that TensorFlow reads
 */
export function openSavedModel(folder: string, signature: Signature, options: SessionOptions = {}): SavedModel {
  const session = GraphSession.fromSavedModel(loadTensorflow().api, folder, options);
  const call = session.prepare(signatureCall(signature));
  return { run: (inputs) => session.run(call, inputs), close: () => session.close() };
}
