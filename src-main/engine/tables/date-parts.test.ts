import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { computeOnHost } from '../../../src-shared/compile/compute-on-host';
import { cutDoubles } from '../../../src-shared/compile/passes/cut-doubles';
import { lookupOp } from '../../../src-shared/ops/catalog';
import { ProgramBuilder } from '../../../src-shared/ops/program-builder';
import { type DatePart, dateParts } from '../../../src-shared/recipe/calendar';
import { lookupStep } from '../../../src-shared/recipe/catalog';
import { fitRecipe } from '../../../src-shared/recipe/fit-recipe';
import { addPrologue, joinFeatures } from '../../../src-shared/recipe/prologue';
import type { Column } from '../../../src-shared/types/ports';
import { evaluate } from '../../backends/evaluate-steps';
import { evaluateByOnnx } from '../../backends/test-programs/run-onnx';
import { tensorflowObstacle } from '../../backends/test-programs/tensorflow-obstacle';
import { openTestTables, type TestTables } from './test-tables';

let test: TestTables;
beforeAll(() => {
  test = openTestTables();
});
afterAll(() => test.close());

const hasTensorflow = tensorflowObstacle() === undefined;
const parts = Object.keys(dateParts) as DatePart[];
const day = 86_400_000;

/** As JavaScript's own calendar says. */
function byDate(ms: number): Record<DatePart, number> {
  const date = new Date(ms);
  const start = new Date(0);
  start.setUTCFullYear(date.getUTCFullYear(), 0, 1);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    dayOfMonth: date.getUTCDate(),
    dayOfWeek: date.getUTCDay() || 7,
    dayOfYear: Math.floor((ms - start.getTime()) / day) + 1,
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    days: ms / day,
  };
}

async function allParts(times: readonly number[]) {
  const column: Column = { name: 'at', type: { kind: 'time' }, role: 'ignore' };
  const scan = await test.tables.write([column], { at: Float64Array.from(times) });
  const source = { scan, columns: [column], rows: times.length, blocks: {} };
  const steps = parts.map((part) => ({
    step: 'datePart',
    node: 'dates',
    params: { name: part, column: 'at', part, as: 'number', since: 0, role: 'feature' },
  }));
  const open = await test.tables.open({ source, roles: {}, steps });
  const recipe = await fitRecipe(open, steps, Int32Array.from(times.keys()));
  const b = new ProgramBuilder(lookupOp);
  const program = b.build({ features: joinFeatures(b, [...addPrologue(b, recipe, { lookupStep }).values()]) });
  const { before } = cutDoubles(program, lookupOp);
  const at = { dtype: 'float64', shape: [times.length], data: await open.read('at') } as const;
  const ops = before ? Object.values(computeOnHost(before, { at }, lookupOp)).map(({ data }) => data) : [];
  const sql = await open.readAll(parts);
  const graphs = [];
  if (hasTensorflow) graphs.push(await evaluate(program, { at }), await evaluateByOnnx(program, { at }, {}));
  await open.close();
  return { ops, sql, graphs: graphs.map(({ features }) => Array.from(features?.data as Float32Array)) };
}

describe('parts of dates', () => {
  const anyTime = fc.integer({ min: Date.UTC(-4000, 0, 1), max: Date.UTC(9999, 11, 31) });
  const edge = fc
    .tuple(fc.integer({ min: -200_000, max: 200_000 }), fc.constantFrom(-1, 0, 1))
    .map(([n, ms]) => n * day + ms);
  const leap = fc.tuple(fc.integer({ min: 1600, max: 2400 }), fc.integer({ min: -1, max: 1 })).map(([year, ms]) => {
    return Date.UTC(year, 2, 1) + ms;
  });

  it('are the same in SQL, in the model and in JavaScript, at any time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(anyTime, edge, leap, fc.constant(Number.NaN)), { minLength: 20, maxLength: 60 }),
        async (times) => {
          const { ops, sql, graphs } = await allParts(times);
          expect(ops).toHaveLength(parts.length);
          for (const [row, ms] of times.entries()) {
            const expected = Number.isNaN(ms) ? undefined : byDate(ms);
            for (const [i, part] of parts.entries()) {
              const wanted = Math.fround(expected?.[part] ?? Number.NaN);
              expect([part, ms, sql[i]?.[row]]).toEqual([part, ms, wanted]);
              expect([part, ms, ops[i]?.[row]]).toEqual([part, ms, wanted]);
              for (const numbers of graphs) {
                expect([part, ms, numbers[row * parts.length + i]]).toEqual([part, ms, wanted]);
              }
            }
          }
        },
      ),
      { numRuns: 8 },
    );
  });
});
