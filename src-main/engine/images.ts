import type { Sharp, SharpInput } from 'sharp';
import { fail } from '../../src-shared/problem';
import { type ImageFault, type ImageForm, type Images, mostMegapixels } from '../../src-shared/runs/run-context';
import { type FsPort, isDiskError } from '../files/fs-port';

/** Formats that are read, whatever a file's name says: text that draws itself (SVG, PDF) is none. */
const formats = new Set(['png', 'jpeg', 'webp', 'tiff', 'gif']);
/** Compressed bytes of a file that is still read. */
const mostBytes = 512e6;
const white = '#ffffff';

const fits = { crop: 'cover', pad: 'contain', stretch: 'fill' } as const;

type OpenImage = (input: SharpInput) => Sharp;
let library: Promise<OpenImage> | undefined;

/** The library is loaded when the first image is read; each image is decoded by one thread, several at a time. */
function loadLibrary(): Promise<OpenImage> {
  library ??= import('sharp').then(
    ({ default: sharp }) => {
      sharp.cache(false);
      sharp.concurrency(1);
      return (input) => sharp(input, { limitInputPixels: mostMegapixels * 1e6, failOn: 'error', sequentialRead: true });
    },
    (error: unknown) => fail('images-cannot-be-decoded', { message: String(error) }),
  );
  return library;
}

/** Reads images by libvips. Sizes are checked before a pixel is decoded. */
export function createImages(fs: FsPort): Images {
  return {
    check: async (path) => {
      const open = await loadLibrary();
      return (await faultOfFile(fs, path)) ?? faultOfHeader(open(path));
    },
    decode: async (path, form) => {
      const open = await loadLibrary();
      const fault = await faultOfFile(fs, path);
      if (fault) return fault;
      const bytes = await readImage(fs, path);
      return typeof bytes === 'string' ? bytes : decode(open, bytes, form);
    },
  };
}

async function faultOfFile(fs: FsPort, path: string): Promise<ImageFault | undefined> {
  try {
    const { kind, size } = await fs.stat(path);
    if (kind !== 'file') return 'not-an-image';
    if (size === 0) return 'empty';
    return size > mostBytes ? 'too-large' : undefined;
  } catch (error) {
    if (isDiskError(error)) return 'damaged';
    throw error;
  }
}

async function readImage(fs: FsPort, path: string): Promise<Uint8Array | ImageFault> {
  try {
    return await fs.read(path);
  } catch (error) {
    if (isDiskError(error)) return 'damaged';
    throw error;
  }
}

async function faultOfHeader(image: Sharp): Promise<ImageFault | undefined> {
  try {
    const { format } = await image.metadata();
    return formats.has(format) ? undefined : 'not-an-image';
  } catch (error) {
    return faultOf(error);
  }
}

async function decode(open: OpenImage, bytes: Uint8Array, form: ImageForm): Promise<Uint8Array | ImageFault> {
  const { height, width, channels, fit } = form;
  const fault = await faultOfHeader(open(bytes));
  if (fault) return fault;
  try {
    const pixels = await open(bytes)
      .autoOrient()
      .flatten({ background: white })
      .resize({ height, width, fit: fits[fit], background: '#000000' })
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
      .raw({ depth: 'uchar' })
      .toBuffer();
    if (pixels.length !== height * width * channels) throw new Error(`An image came as ${pixels.length} bytes.`);
    return pixels;
  } catch (error) {
    return faultOf(error);
  }
}

/** What libvips means; it has no codes. */
function faultOf(error: unknown): ImageFault {
  const message = error instanceof Error ? error.message : String(error);
  if (message.includes('pixel limit')) return 'too-large';
  if (message.includes('unsupported image format')) return 'not-an-image';
  if (message.startsWith('An image came as')) throw error;
  return 'damaged';
}
