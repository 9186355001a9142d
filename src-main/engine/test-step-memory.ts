import { readFileSync } from 'node:fs';
import { compileTraining } from '../../src-shared/compile/compile-training';
import { initialState } from '../../src-shared/compile/initializers';
import { trainingMemory } from '../../src-shared/fit/check-memory';
import { lookupOp } from '../../src-shared/ops/catalog';
import type { Program } from '../../src-shared/ops/program';
import { elementCount, type TensorData } from '../../src-shared/ops/tensor';
import { openTensorflowRunner } from '../backends/tensorflow/runner';

const optimizer = { type: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;

/**
 * Bytes that training steps on so many rows took at most, and what was estimated. The highest mark of a process only
 * rises, and TensorFlow keeps what it once had: one measurement a process, so one a test file. Linux only.
 */
export async function measureStep(
  network: Program,
  { rowShape, rows }: { readonly rowShape: readonly number[]; readonly rows: number },
): Promise<{ readonly measured: number; readonly estimate: number }> {
  const program = compileTraining({
    program: network,
    objectives: [{ output: 'y', loss: 'sparseCategoricalCrossentropy' }],
    optimizer,
  });
  const session = await openTensorflowRunner({ lookup: lookupOp }).open(program);
  await session.run('init', initialState(program, 1));
  await session.run('step', batch(rowShape, 2));
  const feeds = batch(rowShape, rows);
  const before = statusBytes('VmRSS');
  for (let step = 0; step < 3; step++) await session.run('step', feeds);
  const measured = statusBytes('VmHWM') - before;
  await session.close();
  return { measured, estimate: trainingMemory({ program, columns: [] }, { onCard: false }).step(rows) };
}

function batch(rowShape: readonly number[], rows: number): Record<string, TensorData> {
  const data = new Float32Array(rows * elementCount(rowShape)).fill(0.5);
  return {
    input_0: { dtype: 'float32', shape: [rows, ...rowShape], data },
    'target/y': { dtype: 'int32', shape: [rows], data: new Int32Array(rows) },
    learningRate: { dtype: 'float32', shape: [], data: Float32Array.of(1e-3) },
  };
}

function statusBytes(name: string): number {
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(new RegExp(`${name}:\\s*(\\d+)`).exec(status)?.[1]) * 1024;
}
