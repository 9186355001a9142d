import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

/** Height and width of the images, which are in colour. */
export const side = 224;
export const imageBytes = side * side * 3;
const classes = 10;
const atOnce = 8;

/**
 * Writes JPEG images of ten classes, which differ in the direction of their stripes, into a folder each.
 * @param {string} folder
 * @param {number} count
 */
export async function writeImages(folder, count) {
  for (let code = 0; code < classes; code++) mkdirSync(join(folder, `class ${code}`), { recursive: true });
  for (let from = 0; from < count; from += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, count - from) }, (_, i) => from + i);
    await Promise.all(some.map((number) => writeImage(folder, number)));
  }
}

/** @param {string} folder @param {number} number */
async function writeImage(folder, number) {
  const code = number % classes;
  const image = sharp(stripes(code, number), { raw: { width: 56, height: 56, channels: 3 } });
  await image
    .resize(side, side)
    .jpeg({ quality: 85 })
    .toFile(join(folder, `class ${code}`, `${number}.jpg`));
}

/** @param {number} code @param {number} number */
function stripes(code, number) {
  const angle = (Math.PI * code) / classes;
  const [along, across] = [Math.cos(angle), Math.sin(angle)];
  const pixels = new Uint8ClampedArray(56 * 56 * 3);
  let seed = number + 1;
  for (let i = 0; i < pixels.length; i++) {
    const [x, y] = [Math.floor(i / 3) % 56, Math.floor(i / 168)];
    // The same noise each time, another for each image.
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const noise = (seed >>> 26) - 32;
    pixels[i] = 128 + 80 * Math.sin((x * along + y * across) / 2 + number) + noise;
  }
  return pixels;
}

/**
 * A pipeline over such a folder: a small convolution, so that reading weighs much.
 * @param {string} path of the document
 * @param {{ images: string, epochs: number }} options
 */
export function writePipeline(path, { images, epochs }) {
  const fit = {
    batchSize: 32,
    epochs,
    loss: 'sparseCategoricalCrossentropy',
    optimizer: { type: 'adam', learningRate: 0.001 },
  };
  const conv = { activation: 'relu', filters: 8, kernelSize: [7, 7], strides: [4, 4] };
  const steps = [
    ['images', 'data.imageFolder', { folder: images, size: [side, side] }],
    ['normalize', 'prepare.normalize', { method: 'constant', divideBy: 255 }],
    ['split', 'prepare.split', { by: 'random', validation: 0.05, test: 0.05 }],
    ['input', 'layer.input', {}],
    ['conv', 'layer.conv2d', conv],
    ['pool', 'layer.maxPooling2d', { poolSize: [4, 4] }],
    ['flatten', 'layer.flatten', {}],
    ['dense', 'layer.dense', { activation: 'softmax', units: classes }],
    ['train', 'train.fit', fit],
    ['test', 'evaluate.test', {}],
  ];
  const nodes = steps.map(([name, kind, params], i) => [
    name,
    { kind, name, params, position: [24, 24 + 100 * i], version: 1 },
  ]);
  const edges = [
    ['images.table', 'normalize.table'],
    ['normalize.table', 'split.table'],
    ['split.dataset', 'input.like'],
    ['input.y', 'conv.x'],
    ['conv.y', 'pool.x'],
    ['pool.y', 'flatten.x'],
    ['flatten.y', 'dense.x'],
    ['dense.y', 'train.output'],
    ['split.dataset', 'train.dataset'],
    ['train.model', 'test.model'],
    ['split.dataset', 'test.dataset'],
  ];
  const document = {
    edges: Object.fromEntries(edges.map(([from, to]) => [`${from}>${to}`, {}])),
    flows: {},
    format: 'modelyard',
    groups: {},
    nodes: Object.fromEntries(nodes),
    notes: {},
    settings: { seed: 1 },
    version: 1,
  };
  writeFileSync(path, JSON.stringify(document));
}
