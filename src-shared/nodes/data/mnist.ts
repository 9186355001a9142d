import { readIdx } from '../../formats/idx/read-idx';
import type { RunContext } from '../../runs/run-context';
import { int } from '../../types/params';
import { defineNode } from '../define-node';
import { type ImagePart, imageColumns, imageTable } from './image-table';

const trainRows = 60_000;
const testRows = 10_000;

/** How many digits of each split are taken: the first `limit` training digits and a sixth as many test digits. */
function partRows(limit: number): { train: number; test: number } {
  if (limit === 0) return { train: trainRows, test: testRows };
  const train = Math.min(limit, trainRows);
  return { train, test: Math.min(testRows, Math.ceil(train / 6)) };
}

async function readPart(ctx: RunContext, split: 'train' | 'test', rows: number): Promise<ImagePart> {
  const [images, labels] = await Promise.all(
    ['images', 'labels'].map(async (what) => {
      const { shape, bytes, dtype } = readIdx(
        await ctx.files.bundled(`mnist/${split}-${what}`),
        `mnist/${split}-${what}`,
      );
      const rowSize = bytes.length / (shape[0] ?? 1);
      return { dtype, shape: [rows, ...shape.slice(1)], bytes: bytes.subarray(0, rows * rowSize) };
    }),
  );
  if (!images || !labels) throw new Error('A part has images and labels.');
  return { images, labels, split };
}

export const mnist = defineNode({
  kind: 'data.mnist',
  title: { en: 'MNIST digits', zh: 'MNIST 手写数字' },
  summary: {
    en: '70,000 handwritten digits of 28 × 28 pixels, with the official split: 60,000 to train, 10,000 to test',
    zh: '70,000 张 28 × 28 像素的手写数字，附官方划分：60,000 张训练，10,000 张测试',
  },
  docs: {
    en: 'The digits come with the app: nothing is downloaded. `image` holds grey values 0 to 255, `label` the digit.',
    zh: '数据随应用提供，无需下载。`image` 为 0 到 255 的灰度值，`label` 为数字。',
  },
  version: 1,
  inputs: {},
  outputs: { table: { type: 'table' } },
  params: {
    limit: int({
      label: { en: 'Training digits', zh: '训练数字数量' },
      help: {
        en: 'Takes only the first so many training digits, and a sixth as many test digits, for quick tries. 0 takes all.',
        zh: '只取前若干张训练数字以及其六分之一数量的测试数字，便于快速试验。0 表示全部。',
      },
      default: 0,
      min: 0,
      max: trainRows,
    }),
  },
  infer: (_inputs, { limit }) => {
    const { train, test } = partRows(limit);
    const columns = imageColumns([28, 28, 1], 10);
    const splits = { train, validation: 0, test };
    return { outputs: { table: { type: 'table', columns, rows: train + test, splits, steps: [] } } };
  },
  execute: async (_inputs, { limit }, ctx) => {
    const { train, test } = partRows(limit);
    const parts = await Promise.all([readPart(ctx, 'train', train), readPart(ctx, 'test', test)]);
    return { table: { source: await imageTable(ctx, parts, 10), roles: {}, steps: [] } };
  },
  estimate: () => ({ seconds: 2, bytes: 120_000_000, disk: (trainRows + testRows) * 784 }),
});
