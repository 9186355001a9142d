import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../src-main/backends/evaluate-steps';
import { lookupOp } from '../../ops/catalog';
import type { Program } from '../../ops/program';
import { ProgramBuilder } from '../../ops/program-builder';
import type { TensorData } from '../../ops/tensor';
import { createRandom } from '../../random';
import { addGradients } from '../gradients';
import { moveReluAfterMaxPool } from './relu-after-max-pool';

/** relu → max-pool over a biased input, with or without another reader of the ReLU. */
function network({ shared = false, padding = 'valid' } = {}): Program {
  const b = new ProgramBuilder(lookupOp);
  const z = b.input('z', { dtype: 'float32', shape: [2, 5, 5, 3] });
  const bias = b.input('bias', { dtype: 'float32', shape: [3] });
  const relu = b.unary('relu', b.value('biasAdd', { x: z, bias }));
  const y = b.value('maxPool2d', { x: relu }, { poolSize: [2, 2], strides: [2, 2], padding });
  return b.build(shared ? { y, relu } : { y });
}

function withGradients(program: Program): Program {
  const b = ProgramBuilder.from(program, lookupOp);
  const y = b.typed(program.outputs.y ?? { step: '', output: '' });
  const feeds = b.steps.filter(({ op }) => op === 'feed').map(({ id }) => b.typed({ step: id, output: 'y' }));
  const [dz, dBias] = addGradients(b, b.sum(b.unary('square', y), [0, 1, 2, 3]), feeds);
  if (!dz || !dBias) throw new Error('The output depends on both.');
  return b.build({ y, dz, dBias });
}

const random = createRandom(3);
const inputs: Record<string, TensorData> = {
  z: { dtype: 'float32', shape: [2, 5, 5, 3], data: Float32Array.from({ length: 150 }, () => random.normal()) },
  bias: { dtype: 'float32', shape: [3], data: Float32Array.of(0.3, -0.7, 0) },
};

describe('moveReluAfterMaxPool', () => {
  test.each(['valid', 'same'])('changes neither a value nor a gradient, with padding %s', async (padding) => {
    const rewritten = moveReluAfterMaxPool(network({ padding }));
    expect(rewritten.steps.map(({ op }) => op).filter((op) => op !== 'feed')).toEqual(['maxPool2d', 'biasAdd', 'relu']);
    const before = await evaluate(withGradients(network({ padding })), inputs);
    const after = await evaluate(withGradients(rewritten), inputs);
    expect(after.y).toEqual(before.y);
    expect(after.dz).toEqual(before.dz);
    const difference = [...(after.dBias?.data ?? [])].map((value, i) => Number(value) - Number(before.dBias?.data[i]));
    expect(Math.max(...difference.map(Math.abs))).toBeLessThan(1e-5);
  });

  test('leaves a ReLU alone that something else reads', () => {
    const program = network({ shared: true });
    expect(moveReluAfterMaxPool(program).steps.map(({ op }) => op)).toEqual(program.steps.map(({ op }) => op));
  });
});
