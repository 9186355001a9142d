import { expect, it } from 'vitest';
import { callLayer, createLayerContext } from '../../compile/region';
import { lookupOp } from '../../ops/catalog';
import { ProgramBuilder } from '../../ops/program-builder';
import { tensorType } from '../../ops/tensor';
import { reshape } from './reshape';

function shapeAfter(targetShape: string) {
  const b = new ProgramBuilder(lookupOp);
  const x = { value: b.input('x', tensorType('float32', ['batch', 4, 6])) };
  // The catalogue erases the names of params.
  const params = { targetShape } as never;
  const { y } = callLayer(reshape, { inputs: { x }, params }, createLayerContext(b, 'reshape'));
  return y?.value.type.shape;
}

it.each([
  ['24', ['batch', 24]],
  ['2, 3, 4', ['batch', 2, 3, 4]],
  ['8,-1', ['batch', 8, 3]],
  ['4,6', ['batch', 4, 6]],
])('makes %s of 4 × 6', (targetShape, expected) => {
  expect(shapeAfter(targetShape)).toEqual(expected);
});

it.each(['5,5', '5,-1', '-1,-1', '25'])('refuses %s, which 24 numbers do not fill', (targetShape) => {
  expect(() => shapeAfter(targetShape)).toThrow('reshape-size-differs');
});
