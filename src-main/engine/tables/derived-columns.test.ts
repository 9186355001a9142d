import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csv } from '../../../src-shared/nodes/data/csv';
import { fitRecipe } from '../../../src-shared/recipe/fit-recipe';
import type { TabularValue } from '../../../src-shared/runs/values';
import { openTestTables, type TestTables } from './test-tables';

let test: TestTables;
beforeAll(() => {
  test = openTestTables();
});
afterAll(() => test.close());

async function flights(): Promise<TabularValue> {
  const rows = ['10,600,JFK', '20,300,LAX', '40,,JFK', ',100,LAX', '16,200,'];
  const file = await test.file('flights.csv', `delay,distance,origin\n${rows.join('\n')}\n`);
  const params = { file, delimiter: 'auto', header: 'auto', encoding: 'auto', nullTexts: '', types: {}, roles: {} };
  const outputs = await csv.execute?.({}, params as never, test.ctx);
  // `data.csv` declares the one output `table`.
  return (outputs as unknown as { table: TabularValue }).table;
}

const step = (name: string, params: Record<string, string>) => ({ step: name, node: 'node', params });
const late = step('derive', { name: 'late', expression: 'delay > 15', role: 'target' });

describe('tables with derived columns', () => {
  it('give them as they give those of the source, also to steps behind', async () => {
    const twice = step('derive', { name: 'twice', expression: 'distance * 2 + late', role: 'feature' });
    const kept = step('filterRows', { condition: 'twice > 500 or distance is null' });
    const open = await test.tables.open({ ...(await flights()), steps: [late, twice, kept] });
    expect(Array.from(await open.read('late'))).toEqual([0, 1, 1, 0, 1]);
    expect(Array.from(await open.read('twice'))).toEqual([1200, 601, Number.NaN, 200, 401]);
    expect(Array.from(open.assignment)).toEqual([0, 0, 0, 255, 255]);
    expect(open.columns.at(-2)).toMatchObject({ name: 'late', role: 'target' });
    expect(await open.rows([1])).toMatchObject([{ origin: 'LAX', twice: 601 }]);
    await open.close();
  });

  it('learn from them', async () => {
    const twice = step('derive', { name: 'twice', expression: 'distance * 2', role: 'feature' });
    const scale = { step: 'standardize', node: 'node', params: { columns: ['twice'] } };
    const open = await test.tables.open({ ...(await flights()), steps: [twice, scale] });
    const recipe = await fitRecipe(open, [twice, scale], Int32Array.of(0, 1));
    expect(recipe.steps[1]?.fitted).toEqual({ twice: { mean: 900, deviation: 300 } });
    expect(recipe.columns.map(({ name }) => name)).toEqual(['delay', 'distance', 'origin']);
    await open.close();
  });
});
