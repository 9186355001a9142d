import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import type { OnnxTensor } from '../../ops/onnx-builder';
import { encodeModel } from './encode-model';
import type { OnnxGraph } from './graph';
import { OnnxGraphBuilder } from './graph-builder';
import { simplify } from './simplify';

const channelsFirst = { attrs: { perm: { ints: [0, 3, 1, 2] } } };
const channelsLast = { attrs: { perm: { ints: [0, 2, 3, 1] } } };
const image = { dtype: 'float32', shape: ['batch', 4, 4, 2] } as const;

function ramp(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_unused, i) => Math.sin(i));
}

/** Two blocks of convolution, bias, ReLU and pooling, written as ops write them: NHWC in and out of each. */
function convNet(): OnnxGraph {
  const b = new OnnxGraphBuilder({
    weights: { kernel: { dtype: 'float32', shape: [3, 3, 2, 2], data: ramp(36) } },
    reserved: ['x', 'y'],
  });
  let value: OnnxTensor = b.feed('x', image);
  for (let block = 0; block < 2; block++) {
    const filters = b.node('Transpose', [b.read('kernel')], { attrs: { perm: { ints: [3, 2, 0, 1] } } });
    const conv = b.node('Conv', [b.node('Transpose', [value], channelsFirst), filters], {
      attrs: { auto_pad: { s: 'SAME_UPPER' } },
    });
    const bias = b.constant([0.5, -0.25], 'float32', [2]);
    const relu = b.node('Relu', [b.node('Add', [b.node('Transpose', [conv], channelsLast), bias])]);
    const scaled = b.node('Mul', [relu, b.constant([1.5], 'float32', [1, 1])]);
    value = b.node('Add', [scaled, relu]);
  }
  return b.graph({ y: { tensor: value, type: image } });
}

async function run(graph: OnnxGraph): Promise<number[]> {
  const session = await InferenceSession.create(encodeModel(graph));
  const { y } = await session.run({ x: new Tensor('float32', ramp(64), [2, 4, 4, 2]) });
  return Array.from(y?.data as Float32Array);
}

test('of all the transposes of a conv net only the first and the last stay, and the values stay', async () => {
  const graph = convNet();
  const simple = simplify(graph);
  expect(graph.nodes.filter(({ opType }) => opType === 'Transpose')).toHaveLength(6);
  expect(simple.nodes.filter(({ opType }) => opType === 'Transpose')).toHaveLength(2);
  expect(simple.nodes.some(({ opType }) => opType === 'Identity')).toBe(false);
  const [before, after] = [await run(graph), await run(simple)];
  expect(after).toHaveLength(64);
  after.forEach((value, i) => {
    expect(value).toBeCloseTo(before[i] ?? Number.NaN, 5);
  });
});

test('a transpose that another step still reads is not lost', async () => {
  const b = new OnnxGraphBuilder({ reserved: ['x', 'y', 'z'] });
  const turned = b.node('Transpose', [b.feed('x', image)], channelsFirst);
  const y = b.node('Transpose', [b.node('Relu', [turned])], channelsLast);
  const nchw = { dtype: 'float32', shape: ['batch', 2, 4, 4] } as const;
  const simple = simplify(b.graph({ y: { tensor: y, type: image }, z: { tensor: turned, type: nchw } }));
  const session = await InferenceSession.create(encodeModel(simple));
  const out = await session.run({ x: new Tensor('float32', ramp(32), [1, 4, 4, 2]) });
  expect(Array.from(out.y?.data as Float32Array)).toEqual(Array.from(ramp(32), (v) => Math.max(v, 0)));
  expect(out.z?.dims).toEqual([1, 2, 4, 4]);
  expect(out.z?.data?.[1]).toBe(ramp(32)[2]);
});

test('an output that is an input, or twice the same tensor, keeps its name', async () => {
  const b = new OnnxGraphBuilder({ reserved: ['x', 'y', 'z', 'same'] });
  const x = b.feed('x', image);
  const relu = b.node('Relu', [x]);
  const simple = simplify(
    b.graph({
      same: { tensor: x, type: image },
      y: { tensor: relu, type: image },
      z: { tensor: relu, type: image },
    }),
  );
  const session = await InferenceSession.create(encodeModel(simple));
  const out = await session.run({ x: new Tensor('float32', ramp(32), [1, 4, 4, 2]) });
  expect(Array.from(out.same?.data as Float32Array)).toEqual(Array.from(ramp(32)));
  expect(out.y?.data).toEqual(out.z?.data);
});
