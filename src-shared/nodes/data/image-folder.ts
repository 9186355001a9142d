import { type ImageFault, mostMegapixels, type RunContext } from '../../runs/run-context';
import type { TableSource } from '../../runs/values';
import { choice, file, pair } from '../../types/params';
import type { Column } from '../../types/ports';
import type { SourceFacts } from '../../types/source-facts';
import { defineNode, type ProbeContext } from '../define-node';
import { type ImageFiles, imageEndings, setAsideProblems, sortIntoClasses } from './image-files';
import { readImages } from './read-images';
import { requireFile } from './table-file';

interface ImageParams {
  readonly folder: string;
  readonly size: readonly [number, number];
  readonly channels: 'colour' | 'grey';
  readonly fit: 'crop' | 'pad' | 'stretch';
}

/** Headers that are read at the same time. */
const checkedAtOnce = 64;
/** Rows that show what is in a large folder. */
const shownRows = 200;

function formOf({ size: [height, width], channels, fit }: ImageParams) {
  return { height, width, channels: channels === 'grey' ? 1 : 3, fit } as const;
}

function requireFolder({ folder }: Pick<ImageParams, 'folder'>): string {
  return requireFile(folder, 'folder');
}

function columnsOf(params: ImageParams, { classes, codes }: ImageFiles): Column[] {
  const { height, width, channels } = formOf(params);
  const image: Column = {
    name: 'image',
    type: { kind: 'tensor', shape: [height, width, channels], dtype: 'uint8' },
    role: 'feature',
    nulls: 0,
    range: [0, 255],
  };
  const label: Column = { name: 'label', type: { kind: 'string' }, role: 'target', nulls: 0, classes };
  const name: Column = { name: 'file', type: { kind: 'string' }, role: 'id', nulls: 0 };
  return codes ? [image, label, name] : [image, name];
}

async function findImages(files: RunContext['files'], folder: string): Promise<ImageFiles> {
  return sortIntoClasses(await files.list(folder, imageEndings), folder);
}

async function checkImages(
  { files, images, signal }: ProbeContext,
  folder: string,
  names: readonly string[],
): Promise<Map<string, ImageFault>> {
  const faults = new Map<string, ImageFault>();
  for (let from = 0; from < names.length; from += checkedAtOnce) {
    signal.throwIfAborted();
    const some = names.slice(from, from + checkedAtOnce);
    const found = await Promise.all(some.map((name) => images.check(files.resolve(`${folder}/${name}`))));
    some.forEach((name, i) => {
      const fault = found[i];
      if (fault) faults.set(name, fault);
    });
  }
  return faults;
}

async function probe(params: ImageParams, context: ProbeContext): Promise<SourceFacts> {
  const folder = requireFolder(params);
  const found = await findImages(context.files, folder);
  const columns = columnsOf(params, found);
  if (context.isQuick) return { columns, rows: found.files.length, exact: false, problems: found.problems };
  const faults = await checkImages(context, folder, found.files);
  const problems = [...found.problems, ...setAsideProblems(faults)];
  return { columns, rows: found.files.length - faults.size, exact: true, problems };
}

/** A few images of every class, where a look is enough. */
function someOf({ files }: ImageFiles, enough: number | undefined): readonly string[] {
  const count = Math.min(enough ?? files.length, shownRows, files.length);
  if (enough === undefined) return files;
  return Array.from({ length: count }, (_, i) => files[Math.floor((i * files.length) / count)] ?? '');
}

async function readFolder(params: ImageParams, ctx: RunContext): Promise<TableSource> {
  const folder = requireFolder(params);
  const found = await findImages(ctx.files, folder);
  const files = someOf(found, ctx.enoughRows);
  const { block, rows } = await readImages(ctx, { folder, files, form: formOf(params) });
  const columns = columnsOf(params, found);
  const names = rows.map((row) => files[row] ?? '');
  const stored = columns.filter(({ type }) => type.kind !== 'tensor');
  const scan = await ctx.tables.write(stored, { file: names, label: names.map((name) => name.split('/')[0] ?? '') });
  return { scan, columns, rows: rows.length, blocks: { image: block } };
}

export const imageFolder = defineNode({
  kind: 'data.imageFolder',
  title: { en: 'Image folder', zh: '图像文件夹' },
  summary: {
    en: 'Images from a folder, with a folder inside it for each class',
    zh: '读取文件夹中的图像，每个类别一个子文件夹',
  },
  docs: {
    en: `PNG, JPEG, WebP, TIFF and GIF (its first picture), turned as their EXIF data say. All become bytes of one size. 16 bits become 8, and what is transparent is white. Files that are no images, are damaged, or have more than ${mostMegapixels} million pixels are named and set aside. The first folder on the way to an image is its class; in a folder without folders, images have none. Images are decoded once and kept in the store, however many there are: training reads them from there.`,
    zh: `读取 PNG、JPEG、WebP、TIFF 和 GIF（第一帧），并按 EXIF 信息摆正。所有图像统一为同一尺寸的字节。16 位转为 8 位，透明部分为白色。并非图像、已损坏或超过 ${mostMegapixels} 百万像素的文件会被列出并搁置。图像路径上的第一个文件夹即其类别；没有子文件夹时，图像没有类别。图像只解码一次并保存在存储中，数量不限，训练时从中读取。`,
  },
  version: 1,
  inputs: {},
  outputs: { table: { type: 'table' } },
  params: {
    folder: file({
      label: { en: 'Folder', zh: '文件夹' },
      default: '',
      extensions: imageEndings,
      isFolder: true,
    }),
    size: pair({
      label: { en: 'Size', zh: '尺寸' },
      help: { en: 'Height and width that all images get.', zh: '所有图像统一的高度和宽度。' },
      unit: { en: 'pixels', zh: '像素' },
      default: [64, 64],
      min: 1,
      max: 2048,
    }),
    channels: choice({
      label: { en: 'Colour', zh: '颜色' },
      default: 'colour',
      options: [
        { value: 'colour', label: { en: 'Colour: red, green, blue', zh: '彩色：红、绿、蓝' } },
        { value: 'grey', label: { en: 'Grey', zh: '灰度' } },
      ],
    }),
    fit: choice({
      label: { en: 'Images of another shape', zh: '形状不同的图像' },
      default: 'crop',
      options: [
        {
          value: 'crop',
          label: { en: 'Crop: fill the size, cut off what is outside', zh: '裁剪：填满尺寸，裁去多余部分' },
        },
        { value: 'pad', label: { en: 'Pad: show all of it, black around', zh: '填充：完整显示，四周为黑色' } },
        { value: 'stretch', label: { en: 'Stretch', zh: '拉伸' } },
      ],
    }),
  },
  probe,
  infer: (_inputs, { folder }, { facts }) => {
    requireFolder({ folder });
    if (!facts) return {};
    const { columns, rows, problems = [] } = facts;
    const known = rows === undefined ? {} : { rows };
    return { outputs: { table: { type: 'table', columns, steps: [], ...known } }, problems };
  },
  execute: async (_inputs, params, ctx) => {
    return { table: { source: await readFolder(params, ctx), roles: {}, steps: [] } };
  },
});
