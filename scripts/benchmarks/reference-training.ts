// What the benchmarks train: the reference networks on the bundled digits, as the node `train.fit` would compile them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileTraining } from '../../src-shared/compile/compile-training';
import { buildRegion, type RegionLayer } from '../../src-shared/compile/region';
import type { Workload } from '../../src-shared/compile/share-work';
import type { HeldColumn } from '../../src-shared/fit/feed-columns';
import { composePredictor } from '../../src-shared/fit/predictor-program';
import { lookupNode } from '../../src-shared/nodes/catalog';
import type { StepProgram } from '../../src-shared/ops/program';
import { defaultParams } from '../../src-shared/types/params';
import type { Column } from '../../src-shared/types/ports';

const conv = (filters: number) => ['layer.conv2d', { filters, kernelSize: [3, 3], activation: 'relu' }] as const;
const pool = ['layer.maxPooling2d', { poolSize: [2, 2] }] as const;
const head = [
  ['layer.flatten', {}],
  ['layer.dense', { units: 64, activation: 'relu' }],
  ['layer.dense', { units: 10, activation: 'softmax' }],
] as const;
const networks = { cnn: [conv(32), pool, conv(64), pool, ...head], mlp: head };

function build(model: string) {
  const network = networks[model === 'mlp' ? 'mlp' : 'cnn'];
  const layers = [['layer.input', { shape: '28,28,1' }] as const, ...network].map(([kind, params], i): RegionLayer => {
    const definition = lookupNode(kind);
    if (!definition) throw new Error(`There is no ${kind}.`);
    const inputs = i === 0 ? {} : { x: [{ id: `n${i - 1}`, port: 'y' }] };
    const all = { ...defaultParams(definition.params), ...params } as RegionLayer['params'];
    return { id: `n${i}`, name: `layer_${i}`, definition, params: all, inputs, types: {} };
  });
  return buildRegion(layers, { y: { id: `n${layers.length - 1}`, port: 'y' } });
}

/** The training program of `cnn` (Conv2D 32, Conv2D 64, Dense 64, Dense 10) or `mlp` (784-64-10), with Adam. */
export function referenceProgram(model: string, workload?: Workload): StepProgram {
  const type = { kind: 'tensor', shape: [28, 28, 1], dtype: 'uint8' } as const;
  const image: Column = { name: 'image', role: 'feature', type };
  const scale = {
    step: 'constantScale',
    node: 'normalize',
    params: { divideBy: 255, subtract: 0, columns: [] },
    fitted: {},
  };
  const recipe = { columns: [image], steps: [scale] };
  const program = build(model);
  const bindings = Object.keys(program.inputs).map((input) => ({ input, columns: 'rest' }) as const);
  const objective = { output: 'y', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] };
  const aimed = {
    ...objective,
    target: { column: 'label' },
    weight: 1,
    means: { kind: 'classes', classes: [] },
  } as const;
  const { trained } = composePredictor({ program, bindings, objectives: [aimed] }, recipe);
  const optimizer = { type: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
  return compileTraining({
    program: trained,
    objectives: [objective],
    optimizer,
    ...(workload ? { workload } : {}),
  });
}

/** The first `images` training digits in `folder` (IDX files), as bytes, and their labels. */
export function readDigits(folder: string, images: number): HeldColumn[] {
  const read = (name: string, header: number, size: number) =>
    Uint8Array.from(readFileSync(join(folder, name)).subarray(header, header + images * size));
  const pixels = read('train-images-idx3-ubyte', 16, 784);
  const labels = Int32Array.from(read('train-labels-idx1-ubyte', 8, 1));
  return [
    { name: 'image', dtype: 'uint8', rowShape: [28, 28, 1], values: pixels },
    { name: 'target/y', dtype: 'int32', rowShape: [], values: labels },
  ];
}
