import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { computeOnHost } from '../../../src-shared/compile/compute-on-host';
import { cutDoubles } from '../../../src-shared/compile/passes/cut-doubles';
import { cutLookups } from '../../../src-shared/compile/passes/cut-lookups';
import { lookupOp } from '../../../src-shared/ops/catalog';
import type { Value } from '../../../src-shared/ops/program';
import { ProgramBuilder } from '../../../src-shared/ops/program-builder';
import type { TensorData } from '../../../src-shared/ops/tensor';
import { lookupStep, recipeSteps } from '../../../src-shared/recipe/catalog';
import { isClassColumn, isWide } from '../../../src-shared/recipe/columns';
import type { FittedRecipe, RecipeStep, StepDefinition } from '../../../src-shared/recipe/define-step';
import { fitRecipe, recipeSql } from '../../../src-shared/recipe/fit-recipe';
import { addInput, columnsAfterStep, valuesAfterStep } from '../../../src-shared/recipe/prologue';
import type { Column } from '../../../src-shared/types/ports';
import { evaluate } from '../../backends/evaluate-steps';
import { openTestTables, type TestTables } from './test-tables';

type Sample = StepDefinition['samples'][number];
type Cell = number | string | null;

let test: TestTables;
beforeAll(() => {
  test = openTestTables();
});
afterAll(() => test.close());

function cells(sample: Sample, index: number): Cell[] {
  return sample.rows.map((row) => row[index] ?? null);
}

async function openSample(sample: Sample, steps: readonly RecipeStep[]) {
  const data = Object.fromEntries(
    sample.columns.map((column, index) => [
      column.name,
      isClassColumn(column)
        ? cells(sample, index).map((cell) => (cell === null ? null : String(cell)))
        : Float64Array.from(cells(sample, index), (cell) => (cell === null ? Number.NaN : Number(cell))),
    ]),
  );
  const scan = await test.tables.write(sample.columns, data);
  const source = { scan, columns: sample.columns, rows: sample.rows.length, blocks: {} };
  return test.tables.open({ source, roles: {}, steps });
}

/** What SQL says: one row of texts and numbers per row of the sample, by column. */
async function bySql(
  open: Awaited<ReturnType<typeof openSample>>,
  recipe: FittedRecipe,
): Promise<Record<string, Cell>[]> {
  const request = Object.fromEntries(
    recipeSql(recipe).map(({ column, sql }) => [column.name, { value: `any_value(${sql})` }]),
  );
  const rows: Record<string, Cell>[] = [];
  for (let row = 0; row < open.assignment.length; row++) {
    const found = await open.aggregate(Int32Array.of(row), request);
    rows.push(Object.fromEntries(Object.entries(found).map(([name, each]) => [name, (each.value ?? null) as Cell])));
  }
  return rows;
}

/** What ops say, column by column, each row a list of numbers. */
async function byOps(
  recipe: FittedRecipe,
  sample: Sample,
): Promise<{ columns: readonly Column[]; rows: Record<string, number[]>[] }> {
  const b = new ProgramBuilder(lookupOp);
  let columns = recipe.columns;
  let values: ReadonlyMap<string, Value> = new Map(columns.map((column) => [column.name, addInput(b, column)]));
  for (const step of recipe.steps) {
    values = valuesAfterStep(b, { columns, values }, { step, lookupStep });
    columns = columnsAfterStep(columns, step, lookupStep);
  }
  const narrow = [...values].map(([name, value]) => {
    return [name, value.type.dtype === 'float64' ? b.cast(value, 'float32') : value];
  });
  const cut = cutDoubles(cutLookups(b.build(Object.fromEntries(narrow))).program, lookupOp);
  const feeds = Object.fromEntries(
    recipe.columns.map((column, index) => [column.name, feed(column, cells(sample, index))]),
  );
  const given = cut.before ? { ...feeds, ...computeOnHost(cut.before, feeds, lookupOp) } : feeds;
  const outputs = await evaluate(cut.program, given, { runner: 'tfjs' });
  const rows = sample.rows.map((_, row) =>
    Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, rowOf(tensor, row)])),
  );
  return { columns, rows };
}

function feed(column: Column, values: readonly Cell[]): TensorData {
  if (!isClassColumn(column)) {
    const numbers = values.map((cell) => (cell === null ? Number.NaN : Number(cell)));
    const shape = [values.length];
    if (isWide(column)) return { dtype: 'float64', shape, data: Float64Array.from(numbers) };
    return { dtype: 'float32', shape, data: Float32Array.from(numbers) };
  }
  const classes = column.classes ?? [];
  const code = (cell: Cell) => {
    if (cell === null) return classes.length + 1;
    const known = classes.indexOf(String(cell));
    return known < 0 ? classes.length : known;
  };
  return { dtype: 'int32', shape: [values.length], data: Int32Array.from(values, code) };
}

function rowOf({ shape, data }: TensorData, row: number): number[] {
  const size = shape.slice(1).reduce((product, dim) => product * dim, 1);
  return Array.from(data as Float32Array).slice(row * size, (row + 1) * size);
}

function expectSame(column: Column, sql: Cell, ops: readonly number[]): void {
  if (column.type.kind === 'tensor') {
    expect(ops).toEqual(JSON.parse(String(sql)));
  } else if (isClassColumn(column)) {
    const classes = column.classes ?? [];
    expect(ops[0]).toBe(
      sql === null ? classes.length + 1 : classes.includes(String(sql)) ? classes.indexOf(String(sql)) : classes.length,
    );
  } else if (sql === null) {
    expect(ops[0]).toBeNaN();
  } else {
    const expected = Number(sql);
    expect(Math.abs((ops[0] ?? Number.NaN) - expected)).toBeLessThanOrEqual(1e-6 + 1e-5 * Math.abs(expected));
  }
}

/** The same with numbers that float32 would blur: they go through the ops as float64. */
function asWide(sample: Sample): Sample {
  const columns = sample.columns.map((column) => ({ ...column, range: [-(2 ** 40), 2 ** 40] as const }));
  return { ...sample, columns };
}

describe('every preparation step', () => {
  it.each(recipeSteps.map((step) => [step.name, step] as const))(
    '%s means the same in SQL and in ops',
    async (_, step) => {
      if (step.apply || step.adds) expect(step.samples.length).toBeGreaterThan(0);
      for (const sample of step.samples.flatMap((each) => [each, asWide(each)])) {
        const steps = [{ step: step.name, node: 'node', params: sample.params }];
        const open = await openSample(sample, steps);
        const rows = Int32Array.from(sample.rows.keys());
        const recipe = await fitRecipe(open, steps, rows);
        const sql = await bySql(open, recipe);
        const ops = await byOps(recipe, sample);
        for (const [row, expected] of sql.entries()) {
          for (const column of ops.columns) {
            expectSame(column, expected[column.name] ?? null, ops.rows[row]?.[column.name] ?? []);
          }
        }
        await open.close();
      }
    },
  );

  it('is fitted to the same numbers each time, in any order of the rows', async () => {
    for (const step of recipeSteps) {
      for (const sample of step.samples) {
        const steps = [{ step: step.name, node: 'node', params: sample.params }];
        const open = await openSample(sample, steps);
        const rows = Int32Array.from(sample.rows.keys());
        expect(await fitRecipe(open, steps, rows.toReversed())).toEqual(await fitRecipe(open, steps, rows));
        await open.close();
      }
    }
  });
});
