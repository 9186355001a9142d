import { afterAll, beforeAll, expect, it } from 'vitest';
import { scaleTarget } from '../../../src-shared/fit/target';
import { csv } from '../../../src-shared/nodes/data/csv';
import { fitRecipe } from '../../../src-shared/recipe/fit-recipe';
import type { TabularValue } from '../../../src-shared/runs/values';
import { openTestTables, type TestTables } from './test-tables';

let test: TestTables;
beforeAll(() => {
  test = openTestTables();
});
afterAll(() => test.close());

/** Ids, amounts and readings that float32 cannot tell apart, and a moment to the millisecond. */
const rows = [0, 1, 2, 3].map((i) => ({
  id: 2 ** 24 + i,
  amount: 1e9 + i / 4,
  reading: 1013 + i / 2 ** 20,
  at: new Date(Date.UTC(2026, 1, 28, 23, 59, 59, 990 + i)),
}));

async function table(roles: Record<string, string> = {}): Promise<TabularValue> {
  const lines = rows.map(
    ({ id, amount, reading, at }) => `${id},${amount},${reading},${at.toISOString().slice(0, -1)}`,
  );
  const file = await test.file('large.csv', `id,amount,reading,at\n${lines.join('\n')}\n`);
  const params = { file, delimiter: 'auto', header: 'auto', encoding: 'auto', nullTexts: '', types: {}, roles };
  const outputs = await csv.execute?.({}, params as never, test.ctx);
  return (outputs as unknown as { table: TabularValue }).table;
}

it('numbers that float32 cannot tell apart are read as they are', async () => {
  const open = await test.tables.open({ ...(await table()), steps: [] });
  expect(await open.readAll(['id', 'amount', 'reading', 'at'])).toEqual([
    Float64Array.from(rows, ({ id }) => id),
    Float64Array.from(rows, ({ amount }) => amount),
    Float64Array.from(rows, ({ reading }) => reading),
    Float64Array.from(rows, ({ at }) => at.getTime()),
  ]);
  await open.close();
});

it('and become float32 only after they were scaled, as SQL fits them', async () => {
  const names = ['id', 'amount', 'reading', 'at'];
  const scale = { step: 'standardize', node: 'n', params: { columns: names } };
  const open = await test.tables.open({ ...(await table()), steps: [scale] });
  const all = Int32Array.of(0, 1, 2, 3);
  const recipe = await fitRecipe(open, [scale], all);
  for (const name of names) {
    const target = open.columns.find((column) => column.name === name);
    const truth = await open.read(name);
    const scaled = target && scaleTarget(truth, { recipe, target });
    for (const row of all) expect(scaled?.[row]).toBeCloseTo((row - 1.5) / Math.sqrt(1.25), 5);
  }
  await open.close();
});
