import { describe, expect, test } from 'vitest';
import { lookupNode } from '../nodes/catalog';
import { lookupOp } from '../ops/catalog';
import type { Program } from '../ops/program';
import { ProgramBuilder } from '../ops/program-builder';
import { type Problem, ProblemError } from '../problem';
import { explainProblem } from '../problems/sentences';
import { defaultParams } from '../types/params';
import type { TableType } from '../types/ports';
import { countParameters, stepFlops } from './cost';
import { chain, type LayerSpec, referenceCnn } from './fixtures/networks';
import { buildRegion, callLayer, createLayerContext } from './region';

function shapeOf(program: Program): readonly unknown[] {
  const y = program.outputs.y ?? { step: '', output: '' };
  return ProgramBuilder.from(program, lookupOp).typeOf(y).shape;
}

function problemOf(specs: readonly LayerSpec[]): Problem {
  try {
    chain(specs);
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('Nothing was wrong.');
}

describe('layers', () => {
  test('build the reference network with the parameters and shapes of Keras', () => {
    const program = referenceCnn();
    expect(countParameters(program)).toBe(121_930);
    expect(shapeOf(program)).toEqual(['batch', 10]);
    expect(program.inputs).toEqual({ input_0: { dtype: 'float32', shape: ['batch', 28, 28, 1] } });
    expect(program.state.map(({ id }) => id).slice(0, 3)).toEqual([
      'conv2d_1/kernel',
      'conv2d_1/bias',
      'conv2d_3/kernel',
    ]);
  });

  test('count the flops of a convolution', () => {
    const program = chain([
      ['input', { shape: '28,28,1' }],
      ['conv2d', { filters: 32, useBias: false }],
    ]);
    const b = ProgramBuilder.from(program, lookupOp);
    const conv = program.steps.find(({ op }) => op === 'conv2d');
    expect(conv && stepFlops(b, conv)).toBe(`${26 * 26 * 32 * 9 * 2}*batch`);
  });

  test('take the input shape from the features of a dataset', () => {
    const definition = lookupNode('layer.input');
    if (!definition) throw new Error('There is an input layer.');
    const like: TableType = {
      type: 'dataset',
      columns: [
        { name: 'image', type: { kind: 'tensor', shape: [8, 8, 3], dtype: 'uint8' }, role: 'feature' },
        { name: 'label', type: { kind: 'int' }, role: 'target', classes: ['a', 'b'] },
      ],
      steps: [],
    };
    const b = new ProgramBuilder(lookupOp);
    const call = { inputs: {}, params: defaultParams(definition.params) as never };
    const { y } = callLayer(definition, call, createLayerContext(b, 'digits', { like }));
    expect(y?.value.type).toEqual({ dtype: 'float32', shape: ['batch', 8, 8, 3] });
  });

  test('share weights where a layer is called under one name', () => {
    const definition = lookupNode('layer.dense');
    if (!definition) throw new Error('There is a dense layer.');
    const b = new ProgramBuilder(lookupOp);
    const x = b.input('x', { dtype: 'float32', shape: ['batch', 4] });
    const params = { ...defaultParams(definition.params), units: 4 } as never;
    const context = createLayerContext(b, 'twin');
    const first = callLayer(definition, { inputs: { x: { value: x } }, params }, context);
    callLayer(definition, { inputs: { x: { value: first.y?.value ?? x } }, params }, context);
    expect(b.state.map(({ id }) => id)).toEqual(['twin/kernel', 'twin/bias']);
  });

  test('give two dropouts different masks and a renamed one the same', () => {
    const seeds = (name: string) =>
      chain([
        ['input', { shape: '4' }],
        ['dropout', {}, name],
        ['dropout', {}, 'last'],
      ])
        .steps.filter(({ op }) => op === 'dropout')
        .map(({ attrs }) => attrs.seed);
    expect(new Set(seeds('a')).size).toBe(2);
    expect(seeds('b')).toEqual(seeds('a'));
  });

  test('refuse a region whose output is not there', () => {
    expect(() => buildRegion([], { y: { id: 'n1', port: 'y' } })).toThrow('no value at n1.y');
  });
});

describe('what is wrong with a layer is said at the layer', () => {
  const image: LayerSpec = ['input', { shape: '2,2,1' }, 'image'];
  test.each<[string, readonly LayerSpec[], Partial<Problem>]>([
    [
      'a kernel larger than its input',
      [image, ['conv2d', { kernelSize: [3, 3] }, 'conv']],
      {
        code: 'kernel-larger-than-input',
        node: 'conv',
        param: 'kernelSize',
        fix: { code: 'set-param', param: 'padding', to: 'same' },
      },
    ],
    [
      'a pool larger than its input',
      [image, ['maxPooling2d', { poolSize: [3, 3] }, 'pool']],
      { node: 'pool', param: 'poolSize' },
    ],
    [
      'a convolution of rows',
      [
        ['input', { shape: '7' }],
        ['conv2d', {}, 'conv'],
      ],
      { code: 'not-an-image', node: 'conv', port: 'x' },
    ],
    [
      'an input without a shape',
      [['input', {}, 'image']],
      { code: 'input-without-shape', node: 'image', param: 'shape' },
    ],
    ['an input of size 0', [['input', { shape: '0,3' }, 'image']], { code: 'input-size-not-positive', node: 'image' }],
  ])('%s', (_name, specs, expected) => {
    const problem = problemOf(specs);
    expect(problem).toMatchObject(expected);
    for (const language of ['en', 'zh'] as const) {
      const { text } = explainProblem(problem, language);
      expect(text).not.toContain(problem.code);
      expect(text).not.toMatch(/\{\w+\}/);
    }
  });
});
