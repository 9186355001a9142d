import { expect, it } from 'vitest';
import { callLayer, createLayerContext } from '../../compile/region';
import { lookupOp } from '../../ops/catalog';
import { ProgramBuilder } from '../../ops/program-builder';
import { defaultParams } from '../../types/params';
import { lookupNode } from '../catalog';
import { leakyReLU } from './leaky-relu';

it('is found by its kind, keeps the shape and has no weights', () => {
  expect(lookupNode('layer.leakyReLU')).toBe(leakyReLU);
  const b = new ProgramBuilder(lookupOp);
  const x = { value: b.input('x', { dtype: 'float32', shape: ['batch', 7] }) };
  const params = defaultParams(leakyReLU.params);
  const { y } = callLayer(leakyReLU, { inputs: { x }, params }, createLayerContext(b, 'leaky'));
  expect(y?.value.type).toEqual({ dtype: 'float32', shape: ['batch', 7] });
  expect(b.state).toEqual([]);
  expect(b.steps.at(-1)?.attrs).toEqual({ slope: 0.3 });
});
