import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { expectNoInsides, expectRefusal } from '../fixtures/clear-refusal';
import { Modelyard, planOf } from '../fixtures/modelyard';
import { digitsYard } from '../fixtures/pipelines';

const modelyard = new Modelyard();
afterAll(() => modelyard.close());

function save(name: string, text: string): string {
  writeFileSync(modelyard.path(name), text);
  return modelyard.path(name);
}

const models: readonly (readonly [string, Parameters<typeof digitsYard>[0], readonly string[]])[] = [
  [
    'a kernel larger than its input',
    { nodes: { conv: ['layer.conv2d', { kernelSize: [40, 40] }] } },
    ['conv › kernelSize', '40 × 40', '28 × 28', 'padding to "same"'],
  ],
  ['no units', { nodes: { dense: ['layer.dense', { units: 0 }] } }, ['dense › units', 'Use 1 or more']],
  [
    'a loss for another task',
    { nodes: { train: ['train.fit', { loss: 'meanSquaredError' }] } },
    ['train › ', 'one unit', '[batch, 10]'],
  ],
  [
    'fewer units than classes',
    { nodes: { dense: ['layer.dense', { units: 7, activation: 'softmax' }] } },
    ['train › output', '7 outputs', 'needs 10', 'to 10'],
  ],
  ['a layer without an input', { cut: ['input.y>conv.x'] }, ['conv › x', 'a layer']],
  ['no data to train on', { cut: ['split.dataset>train.dataset'] }, ['train › dataset', 'a dataset or a table']],
  ['an input without a shape', { cut: ['split.dataset>input.like'] }, ['input › shape', 'Connect the dataset']],
];

describe('a model with', () => {
  it.concurrent.each(models)('%s is refused before anything runs', async (what, changes, says) => {
    const path = save(`${what}.yard`, digitsYard(changes));
    await expectRefusal(modelyard, { args: ['run', path], zhArgs: ['check', path], code: 2, says });
  });

  it('an unknown node elsewhere still trains', async () => {
    const path = save('unknown.yard', digitsYard({ nodes: { test: ['evaluate.magic'] } }));
    const { code, out } = await modelyard.run('run', path, '--to', 'train');
    expect(code, out).toBe(0);
  });
});

describe.sequential('training', () => {
  const path = save('good.yard', digitsYard());
  const store = modelyard.path('training store');
  const tooFast = ['--set', 'train.optimizer.learningRate=1e30', '--store', store];

  it('takes a batch larger than the data', async () => {
    const { code, out } = await modelyard.run('run', path, '--set', 'train.batchSize=100000', '--store', store);
    expect(code, out).toBe(0);
  });

  it('whose loss is no number stops at that step and names the layer', async () => {
    const says = ['train › optimizer.learningRate', 'step 2 of epoch 1', '“dense”', 'Lower the learning rate'];
    await expectRefusal(modelyard, { args: ['run', path, ...tooFast], code: 1, says });
  });

  it('keeps the last good weights, whole and finite, on the disk', async () => {
    const { events } = await modelyard.events('run', path, ...tooFast);
    const run = String(events[0]?.run);
    expect(events.filter(({ type }) => type === 'checkpoint-saved')).toHaveLength(1);
    const folder = modelyard.path('training store', 'runs', run, 'checkpoints');
    const [key = ''] = readdirSync(folder);
    const kernel = readTensor(readFileSync(`${folder}/${key}/ckpt-1/tensors.safetensors`), 'dense/kernel');
    expect(kernel.length).toBeGreaterThan(0);
    expect(kernel.every(Number.isFinite)).toBe(true);
    expect(planOf(events, 'digits')).toBe('cached');
  });

  it('goes on from what was finished once the rate is right', async () => {
    const finished = await modelyard.events('run', path, '--store', store);
    expect(finished.code).toBe(0);
    expectNoInsides(await modelyard.run('run', path, '--store', store));
    expect(planOf(finished.events, 'digits')).toBe('cached');
  });
});

/** One float32 tensor of a safetensors file: the length of the header, the header, the bytes. */
function readTensor(file: Buffer, name: string): number[] {
  const start = 8 + Number(file.readBigUInt64LE(0));
  const [from, to] = JSON.parse(file.toString('utf8', 8, start))[name].data_offsets as [number, number];
  return Array.from({ length: (to - from) / 4 }, (_, i) => file.readFloatLE(start + from + 4 * i));
}
