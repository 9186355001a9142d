import type { IdxTensor } from '../../formats/idx/read-idx';
import { elementCount } from '../../ops/tensor';
import { fail } from '../../problem';
import type { RunContext } from '../../runs/run-context';
import type { Block, TableSource } from '../../runs/values';
import { BlockWriter } from '../../runs/write-block';
import type { Column } from '../../types/ports';

/** Images with their labels and the source's own split. */
export interface ImagePart {
  readonly images: IdxTensor;
  readonly labels: IdxTensor;
  readonly split: 'train' | 'test';
}

/** Shape of one image: `[rows, columns, channels]`. */
function imageShape({ shape }: IdxTensor): readonly number[] {
  const row = shape.slice(1);
  return row.length === 2 ? [...row, 1] : row;
}

/** The shape that all images have. */
export function commonShape(parts: readonly ImagePart[]): readonly number[] {
  const [shape = [], ...others] = parts.map(({ images }) => imageShape(images));
  const other = others.find((candidate) => candidate.join() !== shape.join());
  if (other) fail('image-sizes-differ', { first: [...shape], other: [...other] }, { param: 'testImages' });
  return shape;
}

/** The columns of a table of images: `image` (uint8 block) and `label` (integers, classes `0 … classes−1`). */
export function imageColumns(shape: readonly number[], classes: number): Column[] {
  return [
    { name: 'image', type: { kind: 'tensor', shape, dtype: 'uint8' }, role: 'feature', nulls: 0, range: [0, 255] },
    {
      name: 'label',
      type: { kind: 'int' },
      role: 'target',
      nulls: 0,
      range: [0, classes - 1],
      classes: Array.from({ length: classes }, (_, code) => String(code)),
    },
  ];
}

/** Checks that labels are whole numbers in `0 … classes−1`; `classes` 0 takes as many as the labels have. */
export function countClasses(parts: readonly ImagePart[], classes: number): number {
  let largest = 0;
  for (const { labels } of parts) for (const label of labels.bytes) largest = Math.max(largest, label);
  if (classes > 0 && largest >= classes) {
    return fail('labels-out-of-range', { label: largest, classes, last: classes - 1 }, { param: 'classes' });
  }
  return classes > 0 ? classes : largest + 1;
}

async function writeImages(
  { store }: RunContext,
  parts: readonly ImagePart[],
  shape: readonly number[],
): Promise<Block> {
  const writer = new BlockWriter(store, elementCount(shape));
  for (const { images } of parts) await writer.add(images.bytes);
  return writer.finish({ dtype: 'uint8', shape });
}

/** Puts the images beside a table of labels. */
export async function imageTable(ctx: RunContext, parts: readonly ImagePart[], classes: number): Promise<TableSource> {
  const shape = commonShape(parts);
  const labels = parts.flatMap((part) => Array.from(part.labels.bytes));
  const splits = parts.flatMap((part) => new Array<string>(part.labels.bytes.length).fill(part.split));
  const columns = imageColumns(shape, countClasses(parts, classes));
  const image = await writeImages(ctx, parts, shape);
  const stored: Column[] = [
    { name: 'label', type: { kind: 'int' }, role: 'target' },
    { name: splitColumn, type: { kind: 'string' }, role: 'ignore' },
  ];
  const scan = await ctx.tables.write(stored, { label: Int32Array.from(labels), [splitColumn]: splits });
  return { scan, columns, rows: labels.length, blocks: { image }, splitColumn };
}

const splitColumn = 'split';
