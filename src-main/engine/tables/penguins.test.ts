import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutLookups } from '../../../src-shared/compile/passes/cut-lookups';
import { batchesOf } from '../../../src-shared/fit/batch-source';
import { readFeeds } from '../../../src-shared/fit/read-feeds';
import { csv } from '../../../src-shared/nodes/data/csv';
import { lookupOp } from '../../../src-shared/ops/catalog';
import { ProgramBuilder } from '../../../src-shared/ops/program-builder';
import { isProblem } from '../../../src-shared/problem';
import { lookupStep } from '../../../src-shared/recipe/catalog';
import { columnsAfter, withRoles } from '../../../src-shared/recipe/columns';
import type { RecipeStep } from '../../../src-shared/recipe/define-step';
import { featureType, targetClasses, targetColumns } from '../../../src-shared/recipe/features';
import { fitRecipe } from '../../../src-shared/recipe/fit-recipe';
import { strictColumns } from '../../../src-shared/recipe/policies';
import { addPrologue, joinFeatures } from '../../../src-shared/recipe/prologue';
import { type OpenTable, splitCodes } from '../../../src-shared/runs/run-context';
import type { SplitSpec, TabularValue } from '../../../src-shared/runs/values';
import { evaluate } from '../../backends/evaluate-steps';
import { openTestTables, type TestTables } from './test-tables';

const penguins = join(import.meta.dirname, '../../../resources/examples/data/penguins.csv');
const stratified: SplitSpec = { by: 'stratified', validation: 0.1, test: 0.2, seed: 7, at: 0, column: 'species' };
const steps: readonly RecipeStep[] = [
  { step: 'impute', node: 'clean', params: { columns: [], strategy: 'median', value: '' } },
  { step: 'oneHot', node: 'encode', params: { columns: [], unknown: 'bucket' } },
  { step: 'standardize', node: 'normalize', params: { columns: [] } },
];
const defaults = { delimiter: 'auto', header: 'auto', encoding: 'auto', nullTexts: '', types: {}, roles: {} };

let test: TestTables;
beforeAll(() => {
  test = openTestTables();
});
afterAll(() => test.close());

async function readCsv(params: object = {}): Promise<TabularValue> {
  const outputs = await csv.execute?.({}, { ...defaults, file: penguins, ...params } as never, test.ctx);
  // `data.csv` declares the one output `table`.
  return (outputs as unknown as { table: TabularValue }).table;
}

async function openPenguins(changes: Partial<TabularValue> = {}): Promise<OpenTable> {
  return test.tables.open({ ...(await readCsv()), roles: { species: 'target' }, steps, split: stratified, ...changes });
}

function rowsOf(open: OpenTable, code: number): Int32Array {
  return Int32Array.from(open.assignment.keys()).filter((row) => open.assignment[row] === code);
}

describe('the penguins', () => {
  it('are split exactly, stratified, and the same each time', async () => {
    const open = await openPenguins();
    const species = await open.read('species');
    const count = (code: number) => {
      const rows = rowsOf(open, code);
      return [0, 1, 2].map((kind) => rows.filter((row) => species[row] === kind).length);
    };
    expect(count(splitCodes.test)).toEqual([30, 14, 25]);
    expect(count(splitCodes.validation)).toEqual([15, 7, 12]);
    expect(count(splitCodes.train)).toEqual([107, 47, 87]);
    const again = await openPenguins();
    expect(again.assignment).toEqual(open.assignment);
    const other = await openPenguins({ split: { ...stratified, seed: 8 } });
    expect(other.assignment).not.toEqual(open.assignment);
    for (const table of [open, again, other]) await table.close();
  });

  it('give numbers with NaN where a value is missing, codes, and original rows', async () => {
    const open = await openPenguins();
    const bill = await open.read('bill_length_mm');
    expect(Array.from(bill.slice(0, 4))).toEqual([39.1, 39.5, 40.3, Number.NaN].map(Math.fround));
    expect(Array.from((await open.read('sex')).slice(0, 4))).toEqual([1, 0, 0, 3]);
    expect(Array.from((await open.read('sex', ['male'])).slice(0, 4))).toEqual([0, 1, 1, 2]);
    expect(await open.rows([3, 0])).toMatchObject([
      { species: 'Adelie', bill_length_mm: null, sex: null },
      { species: 'Adelie', bill_length_mm: 39.1, sex: 'male' },
    ]);
    await open.close();
  });
});

describe('the recipe of the penguins', () => {
  it('makes 11 features, and its program computes them from raw columns', async () => {
    const open = await openPenguins();
    const train = rowsOf(open, splitCodes.train);
    const columns = columnsAfter(open.columns, steps, lookupStep);
    if (isProblem(columns)) throw new Error(columns.code);
    expect(featureType({ columns })).toEqual({ dtype: 'float32', shape: ['batch', 11] });
    expect(targetColumns(columns).map(targetClasses)).toEqual([['Adelie', 'Chinstrap', 'Gentoo']]);
    const recipe = await fitRecipe(open, steps, train);
    const b = new ProgramBuilder(lookupOp);
    const features = joinFeatures(b, [...addPrologue(b, recipe, { lookupStep }).values()]);
    expect(features.type.shape).toEqual(['batch', 11]);
    const built = b.build({ features });
    expect(built.inputs).toMatchObject({ island: { dtype: 'string' }, body_mass_g: { dtype: 'float32' } });
    const { program } = cutLookups(built);
    const feeds = await batchesOf(await readFeeds(open, program.inputs)).read(train, 0, train.length);
    const { features: found } = await evaluate(program, feeds, { runner: 'tfjs' });
    const data = found?.data as Float32Array;
    expect(found?.shape).toEqual([train.length, 11]);
    expect(data.every(Number.isFinite)).toBe(true);
    // island: 3 classes and a bucket, then four scaled numbers, then sex: 2 classes and a bucket.
    for (const place of [4, 5, 6, 7]) {
      const values = Array.from(train, (_, row) => data[row * 11 + place] ?? Number.NaN);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
      expect(Math.abs(mean)).toBeLessThan(1e-5);
      expect(Math.abs(variance - 1)).toBeLessThan(1e-4);
    }
    await open.close();
  });

  it('is fitted on the rows that are given, and on no others', async () => {
    const open = await openPenguins();
    const all = await fitRecipe(open, steps, Int32Array.from(open.assignment.keys()));
    const train = await fitRecipe(open, steps, rowsOf(open, splitCodes.train));
    expect(train).not.toEqual(all);
    expect(all.steps[2]?.fitted.body_mass_g?.mean).toBeCloseTo((4201.754385964912 * 342 + 4050 * 2) / 344, 6);
    await open.close();
  });
});

describe('cleaning the penguins', () => {
  it('drops rows with missing values: all before the split, only training rows after it', async () => {
    const drop: RecipeStep = { step: 'dropMissing', node: 'clean', params: { columns: [] } };
    const before = await openPenguins({ steps: [drop], split: { ...stratified, at: 1 } });
    expect(rowsOf(before, splitCodes.dropped).length).toBe(11);
    const after = await openPenguins({ steps: [drop], split: stratified });
    const untouched = await openPenguins();
    for (const code of [splitCodes.validation, splitCodes.test])
      expect(rowsOf(after, code)).toEqual(rowsOf(untouched, code));
    expect(rowsOf(after, splitCodes.dropped).length).toBeLessThan(11);
    expect(rowsOf(after, splitCodes.dropped).length).toBeGreaterThan(0);
    const filled = await openPenguins({ steps: [steps[0] as RecipeStep, drop] });
    expect(rowsOf(filled, splitCodes.dropped).length).toBe(0);
    for (const table of [before, after, untouched, filled]) await table.close();
  });

  it('says what stands in the way of a model', async () => {
    const { source } = await readCsv({ roles: { species: 'target' } });
    expect(featureType(source)).toMatchObject({ code: 'text-feature', fix: { mends: 'text-feature' } });
    const numbers = withRoles(source.columns, { island: 'ignore', sex: 'ignore' });
    expect(featureType({ columns: numbers })).toMatchObject({
      code: 'missing-values-left',
      fix: { mends: 'missing-values' },
    });
    await expect(readCsv({ roles: { specie: 'target' } })).rejects.toMatchObject({
      problem: { code: 'column-not-found' },
    });
  });

  it('names the columns that a server must check under the policy "error"', async () => {
    const open = await openPenguins();
    const strict = (unknown: string, first: readonly RecipeStep[]) =>
      fitRecipe(
        open,
        [...first, { step: 'ordinal', node: 'encode', params: { columns: ['island'], unknown } }],
        rowsOf(open, 0),
      );
    const islands = ['Biscoe', 'Dream', 'Torgersen'];
    expect(strictColumns(await strict('error', []), lookupStep)).toEqual([
      { name: 'island', classes: islands, refusesMissing: true },
    ]);
    expect(strictColumns(await strict('error', steps.slice(0, 1)), lookupStep)).toMatchObject([
      { refusesMissing: false },
    ]);
    expect(strictColumns(await strict('bucket', []), lookupStep)).toEqual([]);
    await open.close();
  });
});
