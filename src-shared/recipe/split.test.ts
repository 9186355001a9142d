import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { splitCodes } from '../runs/run-context';
import { keyRange } from './deal-rows';
import { assignSplit, splitProblem } from './split';

const share = fc.integer({ min: 0, max: 45 }).map((percent) => percent / 100);
const labels = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 300 });

/** Keys as a seed gives them. */
function keysOf(total: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: total }, () => random.uniform() * keyRange);
}

function count(assignment: Uint8Array, code: number): number {
  return assignment.filter((each) => each === code).length;
}

describe('assignSplit', () => {
  it('deals exactly round(share · n) rows, each to one split, and drops the others', () => {
    fc.assert(
      fc.property(labels, fc.record({ validation: share, test: share, seed: fc.integer() }), (codes, shares) => {
        const { validation, test } = shares;
        const rows = Int32Array.from(codes.keys()).filter((row) => row % 7 !== 3);
        const assignment = assignSplit(
          { by: 'random', ...shares },
          { total: codes.length, rows, keys: keysOf(codes.length, shares.seed) },
        );
        expect(count(assignment, splitCodes.test)).toBe(Math.round(test * rows.length));
        expect(count(assignment, splitCodes.validation)).toBe(
          Math.min(Math.round(validation * rows.length), rows.length - Math.round(test * rows.length)),
        );
        expect(count(assignment, splitCodes.dropped)).toBe(codes.length - rows.length);
      }),
    );
  });

  it('gives every class its share to within one row when stratified', () => {
    fc.assert(
      fc.property(labels, share, fc.integer(), (half, test, seed) => {
        const codes = Int32Array.from([...half, ...half]);
        const classes = ['a', 'b', 'c', 'd', 'e'];
        const rows = Int32Array.from(codes.keys());
        const spec = { by: 'stratified', validation: 0, test, seed, column: 'y' } as const;
        const assignment = assignSplit(spec, {
          total: codes.length,
          rows,
          codes,
          classes,
          keys: keysOf(codes.length, seed),
        });
        for (const code of classes.keys()) {
          const all = rows.filter((row) => codes[row] === code);
          const tested = all.filter((row) => assignment[row] === splitCodes.test).length;
          expect(Math.abs(tested - test * all.length)).toBeLessThan(1);
        }
        expect(count(assignment, splitCodes.test)).toBe(Math.round(test * codes.length));
      }),
    );
  });

  it('is the same for the same seed and another for another', () => {
    const rows = Int32Array.from({ length: 1000 }, (_, row) => row);
    const deal = (seed: number) =>
      assignSplit({ by: 'random', validation: 0.1, test: 0.2, seed }, { total: 1000, rows, keys: keysOf(1000, seed) });
    expect(deal(3)).toEqual(deal(3));
    expect(deal(3)).not.toEqual(deal(4));
  });

  it('refuses shares that leave nothing to train on', () => {
    expect(splitProblem({ by: 'random', validation: 0.5, test: 0.5 })).toMatchObject({ code: 'split-leaves-nothing' });
    expect(splitProblem({ by: 'source', validation: 0.5, test: 0.5 })).toBeUndefined();
  });
});
