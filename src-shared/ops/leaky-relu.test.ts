import { expect, it } from 'vitest';
import { evaluate } from '../../src-main/backends/evaluate-steps';
import { lookupOp } from './catalog';
import { ProgramBuilder } from './program-builder';

it('lets a share of negative values through', async () => {
  const b = new ProgramBuilder(lookupOp);
  const x = b.input('x', { dtype: 'float32', shape: ['batch'] });
  const program = b.build({ y: b.value('leakyRelu', { x }, { slope: 0.25 }) });
  const feeds = { x: { dtype: 'float32', shape: [4], data: Float32Array.of(-4, -1, 0, 3) } } as const;
  expect((await evaluate(program, feeds, { runner: 'tfjs' })).y?.data).toEqual(Float32Array.of(-1, -0.25, 0, 3));
});
