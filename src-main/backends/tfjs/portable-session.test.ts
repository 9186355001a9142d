import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { lookupOp } from '../../../src-shared/ops/catalog';
import { defineOp } from '../../../src-shared/ops/define-op';
import type { StepProgram } from '../../../src-shared/ops/program';
import { type OpLookup, ProgramBuilder } from '../../../src-shared/ops/program-builder';
import type { TensorData } from '../../../src-shared/ops/tensor';
import { descentProgram } from '../test-programs/descent';
import { startBackends } from './backends';
import { type PortableBackend, PortableSession } from './portable-session';

const ramp = (...shape: number[]): TensorData => {
  const size = shape.reduce((product, n) => product * n, 1);
  return { dtype: 'float32', shape, data: Float32Array.from({ length: size }, (_, i) => i / size) };
};

const images = { dtype: 'float32', shape: [1, 4, 4, 1] } as const;

/** A kernel that tfjs has for its cpu backend alone. */
const onlyOnCpu = defineOp({
  name: 'onlyOnCpu',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: () => ({ y: { dtype: 'float32', shape: [2, 2, 1, 1] } }),
  tfjs: (_tf, { x }) => {
    const attrs = { strides: [1, 1], pad: 'valid', dataFormat: 'NHWC', filterShape: [2, 2, 1, 1] };
    const y: tf.Tensor = tf.engine().runKernel('Conv2DBackpropFilter', { x, dy: tf.ones([1, 3, 3, 1]) }, attrs);
    return { y };
  },
  samples: [],
});
const lookupOnly: OpLookup = (name) => (name === 'onlyOnCpu' ? onlyOnCpu : lookupOp(name));

function onlyOnCpuProgram(): StepProgram {
  const b = new ProgramBuilder(lookupOnly);
  const { step, output } = b.value('onlyOnCpu', { x: b.feed('x', images) });
  const run = { feeds: { x: images }, fetches: { y: { step, output } }, targets: [] };
  return { state: [], steps: b.steps, entries: { run }, functions: {} };
}

describe('a portable session', () => {
  let backends: PortableBackend[];
  beforeAll(async () => {
    backends = await startBackends();
  });

  test('leaves no tensors behind: neither a run, nor a failed one, nor a closed session', async () => {
    const empty = tf.memory().numTensors;
    const session = new PortableSession(descentProgram(), lookupOp, backends);
    await session.run('init', { kernel: ramp(2, 1), steps: { dtype: 'int32', shape: [], data: Int32Array.of(0) } });
    const withState = tf.memory().numTensors;
    expect(withState - empty).toBe(2);
    for (let i = 0; i < 5; i++) await session.run('step', { x: ramp(3, 2), learningRate: ramp() });
    await expect(session.run('step', { x: ramp(3, 5), learningRate: ramp() })).rejects.toThrow('portable-failed');
    expect(tf.memory().numTensors).toBe(withState);
    await session.close();
    expect(tf.memory().numTensors).toBe(empty);
  });

  test('reads feeds before its caller writes to them again, Node buffers too', async () => {
    const b = new ProgramBuilder(lookupOp);
    const type = { dtype: 'uint8', shape: [3] } as const;
    const { step, output } = b.cast(b.feed('x', type), 'float32');
    const run = { feeds: { x: type }, fetches: { y: { step, output } }, targets: [] };
    const session = new PortableSession(
      { state: [], steps: b.steps, entries: { run }, functions: {} },
      lookupOp,
      backends,
    );
    const bytes = Buffer.from([1, 2, 255]);
    const answer = session.run('run', { x: { ...type, data: bytes } });
    bytes.fill(0);
    expect((await answer).y?.data).toEqual(Float32Array.of(1, 2, 255));
    await session.close();
  });

  test('changes nothing when an entry fails', async () => {
    const session = new PortableSession(descentProgram(), lookupOp, backends);
    await session.run('init', { kernel: ramp(2, 1), steps: { dtype: 'int32', shape: [], data: Int32Array.of(0) } });
    const before = await session.run('snapshot');
    await expect(session.run('step', { x: ramp(3, 2), learningRate: ramp(7, 7) })).rejects.toThrow();
    expect(await session.run('snapshot')).toEqual(before);
    await session.close();
  });

  test('goes over to the next backend where a kernel is missing', async () => {
    const run = async (candidates: readonly PortableBackend[]) => {
      const session = new PortableSession(onlyOnCpuProgram(), lookupOnly, candidates);
      const { y } = await session.run('run', { x: ramp(1, 4, 4, 1) });
      await session.close();
      return y;
    };
    expect(await run(backends)).toEqual(await run(['cpu']));
    if (backends[0] === 'wasm') await expect(run(['wasm'])).rejects.toThrow('not registered');
  });
});
