import { expect, it } from 'vitest';
import { callLayer, createLayerContext } from '../../compile/region';
import { lookupOp } from '../../ops/catalog';
import type { Dim } from '../../ops/dims';
import { ProgramBuilder } from '../../ops/program-builder';
import { tensorType } from '../../ops/tensor';
import { ProblemError } from '../../problem';
import { explainProblem } from '../../problems/sentences';
import { defaultParams } from '../../types/params';
import { lookupNode } from '../catalog';

interface Row {
  readonly kind: string;
  readonly inputs: Readonly<Record<string, readonly Dim[]>>;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly problem: { readonly code: string; readonly param?: string; readonly port?: string };
}

const image = { x: ['batch', 8, 8, 3] } as const;
const rows: readonly Row[] = [
  {
    kind: 'separableConv2d',
    inputs: image,
    params: { strides: [2, 1] },
    problem: { code: 'strides-differ', param: 'strides' },
  },
  {
    kind: 'depthwiseConv2d',
    inputs: image,
    params: { kernelSize: [9, 9] },
    problem: { code: 'kernel-larger-than-input', param: 'kernelSize' },
  },
  {
    kind: 'averagePooling2d',
    inputs: { x: ['batch', 12] },
    problem: { code: 'not-an-image', port: 'x' },
  },
  {
    kind: 'conv2dTranspose',
    inputs: { x: ['batch', 'height', 8, 3] },
    problem: { code: 'image-size-unknown', port: 'x' },
  },
  {
    kind: 'layerNormalization',
    inputs: { x: ['batch', 'length'] },
    problem: { code: 'channels-unknown', port: 'x' },
  },
  {
    kind: 'multiHeadAttention',
    inputs: { x: ['batch', 5, 6], value: ['batch', 12] },
    problem: { code: 'not-a-sequence', port: 'value' },
  },
  {
    kind: 'multiHeadAttention',
    inputs: { x: ['batch', 5, 6], value: ['batch', 4, 6], key: ['batch', 3, 6] },
    problem: { code: 'attention-lengths-differ', port: 'key' },
  },
];

it.each(rows)('$kind says $problem.code, where and in both languages', ({ kind, inputs, params = {}, problem }) => {
  const found = problemOf({ kind, inputs, params });
  expect(found).toMatchObject({ ...problem, node: 'layer' });
  for (const language of ['en', 'zh'] as const) {
    expect(explainProblem(found, language).text).not.toMatch(/^[a-z-]+ \{|\{\w+\}|undefined/);
  }
});

function problemOf({ kind, inputs, params }: Omit<Row, 'problem'>) {
  const definition = lookupNode(`layer.${kind}`);
  if (!definition) throw new Error(`There is no layer "${kind}".`);
  const b = new ProgramBuilder(lookupOp);
  const values = Object.entries(inputs).map(([port, shape]) => {
    return [port, { value: b.input(port, tensorType('float32', shape)) }] as const;
  });
  // Rows write params as documents do; the catalogue erases their names.
  const all = { ...defaultParams(definition.params), ...params } as Parameters<typeof callLayer>[1]['params'];
  try {
    callLayer(definition, { inputs: Object.fromEntries(values), params: all }, createLayerContext(b, 'layer'));
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error(`${kind} found no problem.`);
}
