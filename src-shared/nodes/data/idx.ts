import { gunzipSync } from 'fflate';
import { readIdx } from '../../formats/idx/read-idx';
import { fail } from '../../problem';
import type { RunContext } from '../../runs/run-context';
import { file, int } from '../../types/params';
import { defineNode } from '../define-node';
import { commonShape, countClasses, type ImagePart, imageColumns, imageTable } from './image-table';

type Files = Pick<RunContext['files'], 'read'>;

const extensions = ['idx', 'ubyte', 'idx3-ubyte', 'idx1-ubyte', 'gz'];
/** Unpacked size that is still read: no honest data set of small images is larger. */
const maxBytes = 2_000_000_000;

/** Unpacks a gzip file, refusing one that claims to become huge; anything else is returned as it is. */
function unpack(bytes: Uint8Array, name: string): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The last four bytes of a gzip file are the unpacked size; the output buffer is no larger, whatever comes.
  const size = bytes.length < 18 ? 0 : view.getUint32(bytes.length - 4, true);
  if (size > maxBytes) fail('idx-too-large', { file: name, bytes: size, limit: maxBytes });
  try {
    return gunzipSync(bytes, { out: new Uint8Array(size) });
  } catch {
    return fail('not-idx', { file: name });
  }
}

interface PartFiles {
  readonly images: string;
  readonly labels: string;
  readonly split: ImagePart['split'];
}

async function readPart(files: Files, { images: imageFile, labels: labelFile, split }: PartFiles): Promise<ImagePart> {
  const read = async (path: string) => readIdx(unpack(await files.read(path), path), path);
  const [images, labels] = await Promise.all([read(imageFile), read(labelFile)]);
  if (images.dtype !== 'uint8' || images.shape.length < 3) fail('not-images', { file: imageFile });
  if (labels.dtype !== 'uint8' || labels.shape.length !== 1) fail('not-labels', { file: labelFile });
  const [imageCount = 0] = images.shape;
  const [labelCount = 0] = labels.shape;
  if (imageCount !== labelCount) fail('images-without-labels', { images: imageCount, labels: labelCount });
  if (imageCount === 0) fail('csv-empty', { file: imageFile }, { param: 'images' });
  return { images, labels, split };
}

interface IdxFiles {
  readonly images: string;
  readonly labels: string;
  readonly testImages: string;
  readonly testLabels: string;
}

async function readParts(files: Files, { images, labels, testImages, testLabels }: IdxFiles): Promise<ImagePart[]> {
  requireFile(images, 'images');
  requireFile(labels, 'labels');
  if ((testImages === '') !== (testLabels === '')) fail('test-pair-incomplete', {}, { param: 'testLabels' });
  const parts = [await readPart(files, { images, labels, split: 'train' })];
  if (testImages !== '') parts.push(await readPart(files, { images: testImages, labels: testLabels, split: 'test' }));
  return parts;
}

function requireFile(path: string, param: string): void {
  if (path === '') fail('no-file-chosen', {}, { param, fix: { code: 'choose-file', param } });
}

export const idx = defineNode({
  kind: 'data.idx',
  title: { en: 'IDX images', zh: 'IDX 图像' },
  summary: { en: 'Images and labels in the format of MNIST', zh: 'MNIST 格式的图像与标签' },
  docs: {
    en: 'Two files, images and labels, packed with gzip or not; and if there are any, two more that are the test split.',
    zh: '图像和标签两个文件（可为 gzip 压缩）；如有测试集，再加两个文件。',
  },
  version: 1,
  inputs: {},
  outputs: { table: { type: 'table' } },
  params: {
    images: file({ label: { en: 'Images', zh: '图像' }, default: '', extensions }),
    labels: file({ label: { en: 'Labels', zh: '标签' }, default: '', extensions }),
    testImages: file({ label: { en: 'Test images', zh: '测试图像' }, default: '', extensions }),
    testLabels: file({ label: { en: 'Test labels', zh: '测试标签' }, default: '', extensions }),
    classes: int({
      label: { en: 'Classes', zh: '类别数' },
      help: { en: '0 counts them from the labels.', zh: '0 表示按标签自动统计。' },
      default: 0,
      min: 0,
      max: 256,
    }),
  },
  probe: async (params, { files }) => {
    const parts = await readParts(files, params);
    const [first, second] = parts.map(({ labels }) => labels.bytes.length);
    const columns = imageColumns(commonShape(parts), countClasses(parts, params.classes));
    const splits = { train: first ?? 0, validation: 0, test: second ?? 0 };
    return { columns, rows: splits.train + splits.test, splits, exact: true };
  },
  infer: (_inputs, { images, labels }, { facts }) => {
    requireFile(images, 'images');
    requireFile(labels, 'labels');
    if (!facts) return {};
    const { columns, rows, splits } = facts;
    const known = { ...(rows === undefined ? {} : { rows }), ...(splits ? { splits } : {}) };
    return { outputs: { table: { type: 'table', columns, steps: [], ...known } } };
  },
  execute: async (_inputs, params, ctx) => {
    const parts = await readParts(ctx.files, params);
    return { table: { source: await imageTable(ctx, parts, params.classes), roles: {}, steps: [] } };
  },
});
