import { describe, expect, test } from 'vitest';
import { isProblem, ProblemError } from '../problem';
import { explainProblem } from '../problems/sentences';
import { lookupOp, ops } from './catalog';
import { type In, inputSpecs, type OpDefinition, type Sample } from './define-op';
import { evaluateShape } from './dims';
import type { Attributes } from './program';
import { ProgramBuilder } from './program-builder';
import { sampleProgram } from './samples/sample-program';
import type { TensorType } from './tensor';

test('names of ops are unique', () => {
  expect(new Set(ops.map(({ name }) => name)).size).toBe(ops.length);
});

describe.each(ops.map((op) => ({ name: op.name, op })))('$name', ({ op }) => {
  test('means something to every runtime, or says that it does not', () => {
    expect(op.samples.length).toBeGreaterThan(0);
    if (op.lower) return;
    expect(typeof op.tensorflow).toBe('function');
    expect(op.onnx === 'training only' || typeof op.onnx === 'function').toBe(true);
    expect(op.tfjs === 'native only' || typeof op.tfjs === 'function').toBe(true);
  });

  test('has a cost that the batch size decides', () => {
    for (const [place] of op.samples.entries()) {
      const { program, symbols } = sampleProgram(op, place, lookupOp);
      const types = ProgramBuilder.from(program, lookupOp);
      const step = program.steps.find((candidate) => candidate.op === op.name);
      if (!step || !op.cost) throw new Error(`The op "${op.name}" has no cost.`);
      const typeOf = (value: { type: TensorType } | { type: TensorType }[]) =>
        Array.isArray(value) ? value.map(({ type }) => type) : value.type;
      const mapTypes = (values: Record<string, Parameters<typeof typeOf>[0]>) =>
        Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeOf(value)])) as In<string, never>;
      const { flops } = op.cost(mapTypes(types.inputsOf(step)), mapTypes(types.outputsOf(step)), step.attrs);
      expect(evaluateShape([flops], { reserve: 1, ...symbols })[0]).toBeGreaterThanOrEqual(0);
    }
  });

  test('answers inputs that contradict each other with a problem in words, never with an exception', () => {
    for (const sample of op.samples) {
      for (const inputs of damaged(op, sample)) {
        const inferred = op.inferShape(inputs, sample.attrs ?? {});
        if (isProblem(inferred)) expectSentence(inferred);
      }
    }
  });
});

/** The sample's inputs with the type of one of them, or of all, replaced by something unfit. */
function damaged(op: OpDefinition, sample: Sample): In<string, never>[] {
  const types = Object.fromEntries(
    inputSpecs(op).flatMap(({ name }) => {
      const given = sample.inputs[name];
      if (given === undefined) return [];
      const typeOf = ({ dtype = 'float32', shape }: { dtype?: TensorType['dtype']; shape: readonly number[] }) => ({
        dtype,
        shape,
      });
      return [[name, Array.isArray(given) ? given.map(typeOf) : typeOf(given as { shape: readonly number[] })]];
    }),
  ) as Record<string, TensorType | TensorType[]>;
  const ways: ((type: TensorType) => TensorType)[] = [
    ({ dtype }) => ({ dtype, shape: [] }),
    ({ dtype, shape }) => ({ dtype, shape: [...shape, 7] }),
    ({ dtype, shape }) => ({ dtype, shape: shape.map(() => 'time') }),
    ({ dtype }) => ({ dtype, shape: [2, 3, 4, 5, 6] }),
    ({ shape }) => ({ dtype: 'string', shape }),
    ({ shape }) => ({ dtype: 'bool', shape }),
  ];
  const apply = (way: (typeof ways)[number], value: TensorType | TensorType[]) =>
    Array.isArray(value) ? value.map(way) : way(value);
  const all = ways.map((way) =>
    Object.fromEntries(Object.entries(types).map(([name, value]) => [name, apply(way, value)])),
  );
  const one = ways.flatMap((way) =>
    Object.entries(types).map(([name, value]) => ({ ...types, [name]: apply(way, value) })),
  );
  return [...all, ...one] as unknown as In<string, never>[];
}

function expectSentence(found: Parameters<typeof explainProblem>[0]): void {
  for (const language of ['en', 'zh'] as const) {
    const { text } = explainProblem(found, language);
    expect(text, found.code).not.toMatch(/^[a-z-]+ \{|\{\w+\}|undefined|\[object/);
  }
}

describe('contradictions', () => {
  const x = { dtype: 'float32', shape: ['batch', 2, 2, 3] } as const;
  const window = { strides: [1, 1], padding: 'valid', dilations: [1, 1] };
  const type = (...shape: (number | string)[]) => ({ dtype: 'float32', shape }) as const;
  const text = { dtype: 'string', shape: ['batch'] } as const;
  type Row = [op: string, code: string, inputs: Record<string, TensorType | TensorType[]>, attrs: Attributes];
  const rows: Row[] = [
    ['conv2d', 'kernel-larger-than-input', { x, kernel: type(3, 3, 3, 8) }, window],
    ['conv2d', 'channels-differ', { x, kernel: type(1, 1, 4, 8) }, window],
    ['conv2d', 'window-not-positive', { x, kernel: type(1, 1, 3, 8) }, { ...window, strides: [0, 1] }],
    [
      'conv2d',
      'strides-with-dilations',
      { x, kernel: type(1, 1, 3, 8) },
      { ...window, strides: [2, 2], dilations: [2, 2] },
    ],
    ['maxPool2d', 'kernel-larger-than-input', { x }, { poolSize: [3, 3], strides: [3, 3], padding: 'valid' }],
    ['maxPool2d', 'padding-unknown', { x }, { poolSize: [2, 2], strides: [2, 2], padding: 'full' }],
    ['matMul', 'matrices-do-not-fit', { a: type('batch', 3), b: type(4, 2) }, { transposeA: false, transposeB: false }],
    ['biasAdd', 'bias-does-not-fit', { x, bias: type(4) }, {}],
    ['add', 'shapes-do-not-broadcast', { a: type('batch', 3), b: type('batch', 4) }, {}],
    ['add', 'dtypes-differ', { a: type(3), b: { dtype: 'int32', shape: [3] } }, {}],
    ['exp', 'dtype-not-allowed', { x: text }, {}],
    ['reshape', 'reshape-size-differs', { x }, { shape: ['batch', 13] }],
    ['reshape', 'reshape-two-unknown', { x: type('batch', 'time') }, { shape: ['time', 'batch'] }],
    ['transpose', 'permutation-does-not-fit', { x }, { permutation: [0, 1, 2] }],
    ['concat', 'shapes-differ', { xs: [type('batch', 2), type(3, 2)] }, { axis: 1 }],
    ['slice', 'slice-out-of-range', { x: type('batch', 5) }, { begin: [0, 3], size: ['batch', 3] }],
    ['reduceSum', 'axis-out-of-range', { x: type('batch', 5) }, { axes: [2], keepDims: false }],
    ['oneHot', 'attribute-not-allowed', { indices: { dtype: 'int32', shape: ['batch'] } }, { depth: 0 }],
    ['dropout', 'attribute-not-allowed', { x }, { rate: 1, seed: 0 }],
    ['lookup', 'attribute-not-allowed', { x: text }, { vocabulary: ['a', 'a'] }],
    ['softmaxCrossEntropy', 'shapes-differ', { logits: type('batch', 3), labels: type('batch', 4) }, {}],
  ];
  const named = rows.map(([name, code, inputs, attrs]) => ({ name, code, inputs, attrs }));
  test.each(named)('$name: $code', ({ name, code, inputs, attrs }) => {
    const b = new ProgramBuilder(lookupOp);
    const feed = (at: TensorType, i: number) => b.feed(`f${i}`, at);
    const values = Object.fromEntries(
      Object.entries(inputs).map(([key, at], i) => [key, Array.isArray(at) ? at.map(feed) : feed(at, i)]),
    );
    const add = () => b.inScope('a-node', () => b.op(name, values, attrs));
    expect(add).toThrow(ProblemError);
    try {
      add();
    } catch (error) {
      const { problem } = error as ProblemError;
      expect(problem).toMatchObject({ code, node: 'a-node' });
      expectSentence(problem);
    }
  });
});
