import { expect, test } from 'vitest';
import { callLayer, createLayerContext } from '../../compile/region';
import { lookupOp } from '../../ops/catalog';
import { ProgramBuilder } from '../../ops/program-builder';
import { type DType, tensorType } from '../../ops/tensor';
import { defaultParams } from '../../types/params';
import { multiHeadAttention } from './multi-head-attention';

function attendTo(value: { readonly dtype: DType; readonly shape: readonly number[] }): () => unknown {
  const b = new ProgramBuilder(lookupOp);
  const inputs = {
    x: { value: b.input('x', tensorType('float32', ['batch', 4, 6])) },
    value: { value: b.input('value', tensorType(value.dtype, ['batch', ...value.shape])) },
  };
  // The defaults are those of the node's own params.
  const params = defaultParams(multiHeadAttention.params) as Parameters<typeof callLayer>[1]['params'];
  return () => callLayer(multiHeadAttention, { inputs, params }, createLayerContext(b, 'attention'));
}

test.each([
  [{ dtype: 'int32', shape: [5, 6] }, 'layer-needs-float'],
  [{ dtype: 'float32', shape: [6] }, 'not-a-sequence'],
] as const)('a sequence to attend to that is none (%o) is named by its own port', (value, code) => {
  expect(attendTo(value)).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ code, port: 'value' }) }),
  );
});
