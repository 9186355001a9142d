import { rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Block } from '../../../src-shared/runs/values';
import { BlockWriter } from '../../../src-shared/runs/write-block';
import { realFs } from '../../files/fs-port';
import { BlobFolder } from '../store/blobs';
import { openBlock, pieceBytes } from './open-block';
import { PieceCache } from './piece-cache';

let folder = '';
let store: BlobFolder;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blocks-'));
  store = new BlobFolder(realFs, folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Rows of three numbers: 10 r, 10 r + 1, 10 r + 2. */
async function smallBlock(rows: number, partRows: number, places?: Int32Array): Promise<Block> {
  const rowOf = new Int32Array(rows);
  for (let row = 0; row < rows; row++) rowOf[places?.[row] ?? row] = row;
  const numbers = Float32Array.from({ length: rows * 3 }, (_, i) => 10 * (rowOf[Math.floor(i / 3)] ?? 0) + (i % 3));
  const writer = new BlockWriter(store, 12, partRows * 12);
  await writer.add(new Uint8Array(numbers.buffer));
  const block = await writer.finish({ dtype: 'float32', shape: [3] });
  return places ? { ...block, at: { blob: await store.put(new Uint8Array(places.buffer)) } } : block;
}

const rowValues = (rows: readonly number[]) => rows.flatMap((row) => [10 * row, 10 * row + 1, 10 * row + 2]);
const newStore = () => new BlobFolder(realFs, folder);

describe('a block', () => {
  it('gives any rows, wherever parts and places put them', async () => {
    const cases = fc.record({
      rows: fc.integer({ min: 1, max: 40 }),
      partRows: fc.integer({ min: 1, max: 40 }),
      wanted: fc.array(fc.nat(), { minLength: 1, maxLength: 20 }),
      isMixed: fc.boolean(),
    });
    const check = async ({
      rows,
      partRows,
      wanted,
      isMixed,
    }: typeof cases extends fc.Arbitrary<infer C> ? C : never) => {
      const places = Int32Array.from({ length: rows }, (_, row) => rows - 1 - row);
      const block = await smallBlock(rows, partRows, isMixed ? places : undefined);
      expect(block.parts.every((part) => part.rows <= partRows)).toBe(true);
      const reader = await openBlock(block, newStore(), new PieceCache(100));
      const asked = wanted.map((number) => number % rows);
      const into = new Float32Array(asked.length * 3);
      await reader.gather(Int32Array.from(asked), into);
      expect([...into]).toEqual(rowValues(asked));
      expect([...(await reader.pick(asked))]).toEqual(rowValues(asked));
      expect([...(await reader.all())]).toEqual(rowValues([...Array(rows).keys()]));
    };
    await fc.assert(fc.asyncProperty(cases, check), { numRuns: 40 });
  });

  it('makes nobody wait for what is held', async () => {
    const reader = await openBlock(await smallBlock(8, 4), store, new PieceCache(1000));
    const into = new Float32Array(6);
    const first = reader.gather(Int32Array.of(0, 7), into);
    expect(first).toBeInstanceOf(Promise);
    await first;
    expect(reader.gather(Int32Array.of(6, 1), into)).toBeUndefined();
    expect([...into]).toEqual(rowValues([6, 1]));
  });

  it('reads ahead no more than four pieces at a time', async () => {
    const reader = await openBlock(await smallBlock(12, 2), store, new PieceCache(1000));
    expect([0, 1, 2, 4, 6, 8, 10].map((row) => reader.readAhead(row))).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    const into = new Float32Array(3);
    await reader.gather(Int32Array.of(2), into);
    await reader.gather(Int32Array.of(0), into);
    expect(reader.readAhead(8)).toBe(true);
  });
});

describe('the parts of a block', () => {
  it('are cut into pieces where they are large', async () => {
    const writer = new BlockWriter(store, 1000, 20_000_000);
    await writer.add(new Uint8Array(21_000_000));
    const block = await writer.finish({ dtype: 'uint8', shape: [1000] });
    expect(block.parts.map(({ rows }) => rows)).toEqual([20_000, 1000]);
    const perPiece = Math.floor(pieceBytes / 1000);
    const { layout } = await openBlock(block, store, new PieceCache(10 * pieceBytes));
    expect([...layout.pieces]).toEqual([0, perPiece, 2 * perPiece, 20_000]);
  });

  it('tells of a part that is damaged or lost', async () => {
    const block = await smallBlock(4, 2);
    const [first, second] = block.parts.map(({ blob }) => store.localPath(blob));
    writeFileSync(first ?? '', 'rots');
    rmSync(second ?? '');
    const reader = await openBlock(block, newStore(), new PieceCache(1000));
    const lost = { problem: { code: 'stored-data-lost' } };
    await expect(reader.pick([0])).rejects.toMatchObject(lost);
    await expect(reader.gather(Int32Array.of(3), new Float32Array(3))).rejects.toMatchObject(lost);
    expect(reader.readAhead(2)).toBe(true);
  });
});

describe('PieceCache', () => {
  it('lets go of what was used longest ago, and reads once for all who ask', async () => {
    const cache = new PieceCache(3);
    const filled: string[] = [];
    const read = (key: string) => cache.read(key, 1, async () => void filled.push(key));
    await Promise.all([read('a'), read('a'), read('b'), read('c')]);
    await read('a');
    await read('d');
    await read('a');
    await read('b');
    expect(filled).toEqual(['a', 'b', 'c', 'd', 'b']);
  });

  it('fills the memory of what it lets go, except of what was read last', async () => {
    const cache = new PieceCache(6);
    const read = (key: number) => cache.read(`${key}`, 1, async (into) => void into.fill(key));
    const pieces = [];
    for (let key = 0; key < 9; key++) pieces.push(await read(key));
    expect(new Set(pieces).size).toBe(6);
    expect([3, 4, 5, 6, 7, 8].map((key) => cache.get(`${key}`)?.[0])).toEqual([3, 4, 5, 6, 7, 8]);
    const small = new PieceCache(2);
    const kept = [];
    for (let key = 0; key < 5; key++) kept.push(await small.read(`${key}`, 1, async (into) => void into.fill(key)));
    expect(kept.map((piece) => piece[0])).toEqual([0, 1, 2, 3, 4]);
  });

  it('forgets what could not be read', async () => {
    const cache = new PieceCache(1);
    await expect(cache.read('a', 1, () => Promise.reject(new Error('disk')))).rejects.toThrow('disk');
    expect(await cache.read('a', 1, async (into) => void into.fill(7))).toEqual(Uint8Array.of(7));
  });
});
