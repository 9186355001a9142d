import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mnist } from '../../../src-shared/nodes/data/mnist';
import { splitCodes } from '../../../src-shared/runs/run-context';
import type { TabularValue } from '../../../src-shared/runs/values';
import { openTestTables, type TestTables } from './test-tables';

let test: TestTables;
beforeAll(() => {
  test = openTestTables();
});
afterAll(() => test.close());

async function readDigits(limit: number): Promise<TabularValue> {
  const outputs = await mnist.execute?.({}, { limit }, test.ctx);
  // `data.mnist` declares the one output `table`.
  return (outputs as unknown as { table: TabularValue }).table;
}

describe('data.mnist', () => {
  it('reads all 70,000 digits with the official split', async () => {
    const value = await readDigits(0);
    expect(value.source.rows).toBe(70_000);
    const split = { by: 'source', validation: 0, test: 0, seed: 1, at: 0 } as const;
    const open = await test.tables.open({ ...value, split });
    const count = (code: number) => open.assignment.filter((each) => each === code).length;
    expect([count(splitCodes.train), count(splitCodes.test)]).toEqual([60_000, 10_000]);
    const labels = await open.read('label');
    expect(Array.from(labels.slice(0, 5))).toEqual([5, 0, 4, 1, 9]);
    expect(labels[60_000]).toBe(7);
    expect(labels).toBeInstanceOf(Int32Array);
    const images = await (await open.block('image')).all();
    expect(images).toBeInstanceOf(Uint8Array);
    expect(images.length).toBe(70_000 * 784);
    expect(images[152]).toBe(3);
    expect(await open.rows([60_000, 0])).toEqual([{ label: 7 }, { label: 5 }]);
    await open.close();
  });

  it('says the same columns and rows before it runs', async () => {
    const inferred = mnist.infer?.({}, { limit: 600 }, { seed: 0 }).outputs?.table;
    const value = await readDigits(600);
    expect(inferred).toMatchObject({ columns: value.source.columns, rows: value.source.rows });
    expect(value.source.rows).toBe(700);
  });

  it('gives the same content for the same digits', async () => {
    expect((await readDigits(60)).source).toEqual((await readDigits(60)).source);
  });
});
