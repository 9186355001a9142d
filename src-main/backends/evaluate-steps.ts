import { emitFrozenGraph } from '../../src-shared/formats/tensorflow/emit-program';
import { encodeGraph } from '../../src-shared/formats/tensorflow/encode-graph';
import { lookupOp } from '../../src-shared/ops/catalog';
import type { Program, StateId } from '../../src-shared/ops/program';
import type { OpLookup } from '../../src-shared/ops/program-builder';
import type { TensorData } from '../../src-shared/ops/tensor';
import { GraphSession } from './tensorflow/graph-session';
import { loadTensorflow } from './tensorflow/library';
import { signatureCall } from './tensorflow/signature-call';
import { evaluatePortably } from './tfjs/evaluate';

export interface EvaluateOptions {
  /** `native` (libtensorflow) by default. */
  readonly runner?: 'native' | 'tfjs';
  /** Computes in float64 what the program says in float32; outputs are then Float64Array. Native only. */
  readonly double?: boolean;
  /** Values of the program's states. */
  readonly weights?: Readonly<Record<StateId, TensorData>>;
  /** The catalogue, where it is not the app's. */
  readonly lookup?: OpLookup;
}

/** Runs a program once and returns its outputs by name. For tests and for checks of a few rows. */
export async function evaluate(
  program: Program,
  inputs: Readonly<Record<string, TensorData>>,
  options: EvaluateOptions = {},
): Promise<Record<string, TensorData>> {
  const { weights = {}, lookup = lookupOp, double = false } = options;
  if (options.runner === 'tfjs') return evaluatePortably(program, inputs, { lookup, weights });
  const graph = emitFrozenGraph(program, { lookup, weights, double, target: 'native' });
  const session = GraphSession.fromGraph(loadTensorflow().api, encodeGraph(graph), { scopes: graph.scopes });
  try {
    const call = session.prepare(signatureCall(graph, double));
    return await session.run(call, inputs);
  } finally {
    await session.close();
  }
}
