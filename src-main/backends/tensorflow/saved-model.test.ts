import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { emitFrozenGraph } from '../../../src-shared/formats/tensorflow/emit-program';
import { encodeSavedModel } from '../../../src-shared/formats/tensorflow/encode-graph';
import { lookupOp } from '../../../src-shared/ops/catalog';
import { ProgramBuilder } from '../../../src-shared/ops/program-builder';
import type { TensorData } from '../../../src-shared/ops/tensor';
import { oraclePython } from '../test-programs/obstacles';
import { tensorflowObstacle } from '../test-programs/tensorflow-obstacle';
import { openSavedModel } from './saved-model';
import { signatureCall } from './signature-call';

const folder = mkdtempSync(join(tmpdir(), 'modelyard-saved-model-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Texts and numbers in, names for people in Chinese: what a predictor with raw inputs looks like. */
function predictor() {
  const b = new ProgramBuilder(lookupOp);
  const island = b.input('岛屿', { dtype: 'string', shape: ['batch'] });
  const mass = b.input('body mass', { dtype: 'float32', shape: ['batch', 1] });
  const kernel = b.declare({ id: '密集/kernel', type: { dtype: 'float32', shape: [1, 2] }, init: { type: 'zeros' } });
  const code = b.inScope('编码', () => b.value('lookup', { x: island }, { vocabulary: ['Biscoe', 'Dream', '企鹅岛'] }));
  const y = b.inScope('密集', () => b.matMul(mass, kernel));
  return b.build({ code, 'prediction y': y });
}

const weights = {
  '密集/kernel': { dtype: 'float32', shape: [1, 2], data: Float32Array.of(2, -0.5) },
} satisfies Record<string, TensorData>;
const islands = ['Dream', '企鹅岛', 'a name that is too long to be kept within a TF_TString', ''];
const inputs: Record<string, TensorData> = {
  岛屿: { dtype: 'string', shape: [4], data: islands },
  'body mass': { dtype: 'float32', shape: [4, 1], data: Float32Array.of(1, 2, 3, 4) },
};

const graph = emitFrozenGraph(predictor(), { lookup: lookupOp, weights });
const bytes = encodeSavedModel(graph, { serving_default: graph });
mkdirSync(join(folder, '1'));
writeFileSync(join(folder, '1', 'saved_model.pb'), bytes);

describe.skipIf(tensorflowObstacle())('a SavedModel', () => {
  test('is the same bytes for the same program and weights', () => {
    const again = emitFrozenGraph(predictor(), { lookup: lookupOp, weights });
    expect(encodeSavedModel(again, { serving_default: again })).toEqual(bytes);
  });

  test('is read and run by the loader of the C API', async () => {
    const model = openSavedModel(join(folder, '1'), signatureCall(graph));
    const { code, 'prediction y': y } = await model.run(inputs);
    await model.close();
    expect(code).toEqual({ dtype: 'int32', shape: [4], data: Int32Array.of(1, 2, 3, 4) });
    expect(y).toEqual({ dtype: 'float32', shape: [4, 2], data: Float32Array.of(2, -0.5, 4, -1, 6, -1.5, 8, -2) });
  });

  test('holds the function that a loop over a long sequence repeats', async () => {
    const b = new ProgramBuilder(lookupOp);
    const x = b.input('x', { dtype: 'float32', shape: [100, 'batch', 1] });
    const kernel = { dtype: 'float32', shape: [1, 3], data: Float32Array.of(1, 1, 1) } as const;
    const bias = { dtype: 'float32', shape: [2, 3], data: new Float32Array(6) } as const;
    const weights = { kernel, recurrentKernel: { ...kernel, data: new Float32Array(3) }, bias };
    const given = Object.fromEntries(
      Object.entries(weights).map(([id, type]) => [id, b.declare({ id, type, init: { type: 'zeros' } })]),
    );
    const program = b.build({ y: b.value('gruInference', { x, ...given }) });
    const frozen = emitFrozenGraph(program, { lookup: lookupOp, weights });
    mkdirSync(join(folder, 'loop'));
    writeFileSync(join(folder, 'loop', 'saved_model.pb'), encodeSavedModel(frozen, { serving_default: frozen }));
    const model = openSavedModel(join(folder, 'loop'), signatureCall(frozen));
    const data = new Float32Array(100).fill(1);
    const { y } = await model.run({ x: { dtype: 'float32', shape: [100, 1, 1], data } });
    await model.close();
    // h ← z·h + (1 − z)·tanh(1) from 0, with z = σ(1).
    const z = 1 / (1 + Math.exp(-1));
    expect(y?.shape).toEqual([100, 1, 1]);
    for (const t of [0, 1, 99]) expect(y?.data[t]).toBeCloseTo((1 - z ** (t + 1)) * Math.tanh(1), 5);
  });

  test('is refused in words where the folder holds none', () => {
    expect(() => openSavedModel(folder, signatureCall(graph))).toThrow('tensorflow-failed');
  });

  test.skipIf(!oraclePython())('is read and run by TensorFlow in Python', () => {
    const script = `
import sys, json, tensorflow as tf
f = tf.saved_model.load(sys.argv[1]).signatures['serving_default']
out = f(**{'岛屿': tf.constant(json.loads(sys.argv[2])), 'body mass': tf.constant([[1.],[2.],[3.],[4.]])})
print(json.dumps({k: v.numpy().tolist() for k, v in out.items()}))`;
    const args = ['-c', script, join(folder, '1'), JSON.stringify(islands)];
    // Present, or the test would have been skipped.
    const python = oraclePython() as string;
    const output = execFileSync(python, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    expect(JSON.parse(output)).toEqual({
      code: [1, 2, 3, 4],
      'prediction y': [
        [2, -0.5],
        [4, -1],
        [6, -1.5],
        [8, -2],
      ],
    });
  });
});
