import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, deriveSeed } from '../random';
import { pieceAt, placeOf, type RowLayout } from '../runs/row-layout';
import { type DiskOrder, epochOrder, readingOrder } from './epoch-order';

const allRows = (count: number) => Int32Array.from({ length: count }, (_, row) => row);

/** Pieces of `size` rows, in the table's order or mixed. */
function layoutOf(rows: number, size: number, isMixed = false): RowLayout {
  const pieces = Int32Array.from({ length: Math.ceil(rows / size) }, (_, piece) => piece * size);
  return { pieces, ...(isMixed ? { places: createRandom(5).shuffle(allRows(rows)) } : {}) };
}

const rows = 64_000;
const disk: DiskOrder = { layout: layoutOf(rows, 500), window: 16 };
const mixed: DiskOrder = { layout: layoutOf(rows, 500, true), window: 16 };

/** Correlation of what stands at each place with the place. */
function correlation(order: Int32Array): number {
  const middle = (order.length - 1) / 2;
  let [product, square] = [0, 0];
  for (const [at, row] of order.entries()) {
    product += (at - middle) * (row - middle);
    square += (at - middle) ** 2;
  }
  return product / square;
}

/** How often a piece is read where `held` of them, those used last, are kept. */
function readsOf(order: Int32Array, { layout }: DiskOrder, held: number): number {
  const kept = new Set<number>();
  let reads = 0;
  for (const row of order) {
    const piece = pieceAt(layout, placeOf(layout, row));
    if (!kept.delete(piece)) reads += 1;
    kept.add(piece);
    const [oldest] = kept;
    if (kept.size > held && oldest !== undefined) kept.delete(oldest);
  }
  return reads;
}

/** Mean over batches of Σ (rows of a class − expected)² / expected: classes − 1 where batches are drawn at random. */
function imbalance(
  order: Int32Array,
  { classes, batch }: { readonly classes: number; readonly batch: number },
): number {
  const expected = batch / classes;
  let sum = 0;
  for (let from = 0; from + batch <= order.length; from += batch) {
    const counts = new Float64Array(classes);
    // Rows lie in the order of their classes, as folders of images do.
    for (const row of order.subarray(from, from + batch)) {
      const code = Math.floor((row * classes) / order.length);
      counts[code] = (counts[code] ?? 0) + 1;
    }
    sum += counts.reduce((total, count) => total + (count - expected) ** 2 / expected, 0);
  }
  return sum / Math.floor(order.length / batch);
}

describe('the order of an epoch', () => {
  it('is a full shuffle of rows that are held, as it always was', () => {
    const shuffled = createRandom(deriveSeed(3, 'data-order', 2)).shuffle(allRows(50));
    expect(epochOrder(allRows(50), { seed: 3, epoch: 2 })).toEqual(shuffled);
    expect([...epochOrder(Int32Array.of(4, 8, 15, 16, 23, 42), { seed: 1, epoch: 1 })]).toEqual([42, 4, 8, 15, 16, 23]);
  });

  it('has every row once, the same ones each time, in another order each epoch', () => {
    const some = fc.record({
      rows: fc.integer({ min: 1, max: 300 }),
      size: fc.integer({ min: 1, max: 40 }),
      window: fc.integer({ min: 1, max: 9 }),
      isMixed: fc.boolean(),
    });
    fc.assert(
      fc.property(some, ({ rows, size, window, isMixed }) => {
        const order = { layout: layoutOf(rows, size, isMixed), window };
        const wanted = allRows(rows).filter((row) => row % 3 !== 1);
        const first = epochOrder(wanted, { seed: 7, epoch: 1 }, order);
        expect([...first].sort((a, b) => a - b)).toEqual([...wanted]);
        expect(epochOrder(wanted, { seed: 7, epoch: 1 }, order)).toEqual(first);
      }),
    );
    const epochs = [1, 2].map((epoch) => epochOrder(allRows(rows), { seed: 7, epoch }, disk));
    expect(epochs[0]).not.toEqual(epochs[1]);
  });

  it('reads each piece once, holding no more than a window of them', () => {
    for (const order of [disk, mixed]) {
      const visited = epochOrder(allRows(rows), { seed: 1, epoch: 1 }, order);
      expect(readsOf(visited, order, order.window + 1)).toBe(128);
    }
    const full = epochOrder(allRows(rows), { seed: 1, epoch: 1 });
    expect(readsOf(full, disk, disk.window + 1)).toBeGreaterThan(50_000);
  });

  it('says nothing of a row by its place: their correlation is that of chance', () => {
    // Chance gives a deviation of 1/√pieces = 0.09 where rows lie as in the table, 1/√rows = 0.004 where they are mixed.
    const all = [1, 2, 3, 4].map((epoch) => correlation(epochOrder(allRows(rows), { seed: 1, epoch }, disk)));
    expect(Math.max(...all.map(Math.abs))).toBeLessThan(0.25);
    const better = [1, 2, 3, 4].map((epoch) => correlation(epochOrder(allRows(rows), { seed: 1, epoch }, mixed)));
    expect(Math.max(...better.map(Math.abs))).toBeLessThan(0.02);
  });

  it('gives batches whose classes are as balanced as those of a full shuffle', () => {
    const measure = { classes: 10, batch: 100 };
    const of = (order?: DiskOrder) => imbalance(epochOrder(allRows(rows), { seed: 2, epoch: 3 }, order), measure);
    const full = of();
    expect(full).toBeCloseTo(9, 0);
    expect(of(mixed)).toBeCloseTo(full, 0);
    // Sorted rows that were not mixed when they were written: sixteen pieces hold some classes more often than others.
    expect(of(disk)).toBeLessThan(8 * full);
  });
});

describe('the order of reading', () => {
  it('goes through the disk once, and is any order where rows are held', () => {
    const order = readingOrder(Int32Array.of(9, 2, 5), { layout: layoutOf(10, 3, true), window: 1 });
    const places = Array.from(order ?? [], (at) => mixedPlace([9, 2, 5][at] ?? 0));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(readingOrder(Int32Array.of(9, 2, 5), undefined)).toBeUndefined();
  });
});

function mixedPlace(row: number): number {
  return placeOf(layoutOf(10, 3, true), row);
}
