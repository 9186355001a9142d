import { mostBytesInside } from '../../fit/batch-source';
import { Pace } from '../../fit/pace';
import { fail } from '../../problem';
import { createRandom } from '../../random';
import type { ImageFault, ImageForm, RunContext } from '../../runs/run-context';
import type { Block } from '../../runs/values';
import { BlockWriter } from '../../runs/write-block';
import { setAsideProblems } from './image-files';

/** Images that are decoded at the same time: enough for every processor, few enough to be held. */
const atOnce = 16;

const secondsBetweenReports = 0.5;

interface ReadRequest {
  readonly folder: string;
  /** Below the folder. */
  readonly files: readonly string[];
  readonly form: ImageForm;
  /** Bytes up to which rows are held while a training reads them. */
  readonly heldBytes?: number;
}

interface ImagesRead {
  readonly block: Block;
  /** Places in `files` of those that could be read: the rows of the table. */
  readonly rows: readonly number[];
}

/**
 * Decodes images into a block. Files that give none are set aside with a warning. What is too large to be held is
 * written in random order, so that pieces that are read together hold images of every class.
 * @throws ProblemError `images-none-readable`
 */
export async function readImages(ctx: RunContext, request: ReadRequest): Promise<ImagesRead> {
  const { folder, files, form, heldBytes = mostBytesInside } = request;
  const { height, width, channels } = form;
  const shape = [height, width, channels];
  const rowBytes = height * width * channels;
  const writer = new BlockWriter(ctx.store, rowBytes);
  const order = Int32Array.from(files.keys());
  const isMixed = files.length * rowBytes > heldBytes;
  if (isMixed) createRandom(files.length).shuffle(order);
  const report = reporter(ctx, files.length);
  const faults = new Map<string, ImageFault>();
  const written: number[] = [];
  const decode = (place: number) => ctx.images.decode(ctx.files.resolve(`${folder}/${files[place]}`), form);
  for await (const [place, image] of inOrder(order, decode)) {
    ctx.signal.throwIfAborted();
    if (typeof image === 'string') faults.set(files[place] ?? '', image);
    else {
      await writer.add(image);
      written.push(place);
    }
    report(written.length + faults.size);
  }
  for (const problem of setAsideProblems(faults)) ctx.emit({ type: 'problem', node: ctx.node.name, problem });
  if (written.length === 0) fail('images-none-readable', { folder }, { param: 'folder' });
  const block = await writer.finish({ dtype: 'uint8', shape });
  const rows = [...written].sort((a, b) => a - b);
  return { rows, block: isMixed ? { ...block, at: { blob: await ctx.store.put(placesOf(written, rows)) } } : block };
}

/** Where each row lies, as the bytes of int32 numbers. */
function placesOf(written: readonly number[], rows: readonly number[]): Uint8Array {
  const rowOf = new Map(rows.map((file, row) => [file, row]));
  const places = new Int32Array(rows.length);
  written.forEach((file, place) => {
    places[rowOf.get(file) ?? 0] = place;
  });
  return new Uint8Array(places.buffer);
}

/** What `work` gives for each item, in their order; some are under way at the same time. */
async function* inOrder<T>(
  items: Int32Array,
  work: (item: number) => Promise<T>,
): AsyncGenerator<readonly [number, T], void, undefined> {
  const underWay: (readonly [number, Promise<T>])[] = [];
  const begin = (item: number) => {
    const result = work(item);
    // Whoever stops half-way hears of no other failure.
    result.catch(() => undefined);
    underWay.push([item, result]);
  };
  for (const item of items.subarray(0, atOnce)) begin(item);
  for (let next = atOnce; ; next++) {
    const first = underWay.shift();
    if (!first) return;
    const made = await first[1];
    const item = items[next];
    if (item !== undefined) begin(item);
    yield [first[0], made];
  }
}

function reporter(ctx: RunContext, total: number): (done: number) => void {
  const pace = new Pace(total);
  let told = Number.NEGATIVE_INFINITY;
  return (done) => {
    const now = performance.now() / 1000;
    if (now - told < secondsBetweenReports && done < total) return;
    told = now;
    ctx.emit({ type: 'progress', node: ctx.node.name, done, total, unit: 'images', ...pace.mark(done, now) });
  };
}
