import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { type BadCase, expectNoInsides, expectRefusal } from '../fixtures/clear-refusal';
import { Modelyard } from '../fixtures/modelyard';
import { flowersCsv, tableYard } from '../fixtures/pipelines';

const modelyard = new Modelyard();
afterAll(() => modelyard.close());
const flowers = flowersCsv();

type Options = Partial<Parameters<typeof tableYard>[1]>;

/** A CSV file and the pipeline that learns its column `kind`; returns the pipeline's path. */
function save(name: string, content: string | Uint8Array, options: Options = {}): string {
  writeFileSync(modelyard.path(`${name}.csv`), content);
  writeFileSync(modelyard.path(`${name}.yard`), tableYard(`${name}.csv`, { target: 'kind', ...options }));
  return modelyard.path(`${name}.yard`);
}

interface Table {
  readonly what: string;
  readonly content: string | Uint8Array;
  readonly says: readonly string[];
  readonly options?: Options;
}

const csv = (params: object): Options => ({ nodes: { csv: ['data.csv', { file: 'typed.csv', ...params }] } });
const bytes = Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256);

const refused: readonly Table[] = [
  { what: 'nothing', content: '', says: ['csv › file', 'is empty'] },
  { what: 'a header only', content: 'length,width,kind\n', says: ['csv › file', 'no rows'] },
  { what: 'bytes', content: bytes, says: ['csv › file', 'not text'] },
  {
    what: 'a line of four fields',
    content: flowers.replace('\n2.5,2.5', '\n2.5,2.5,9'),
    says: ['csv › file', 'Line 4', 'fields: 4', '3 columns', '2.5,2.5,9,rose'],
  },
  { what: 'a short line', content: flowers.replace('\n2.5,2.5,rose', '\n2.5'), says: ['Line 4', 'fields: 1'] },
  { what: 'an open quote', content: flowers.replace('\n2.5,', '\n"2.5,'), says: ['csv › file', 'line 4', 'Close it'] },
  {
    what: 'a text among numbers',
    content: flowers.replace('\n2.5,', '\nabc,'),
    says: ['csv › types', '"length"', '"abc" in line 4', 'input: ', 'Add an Encode node'],
  },
  {
    what: 'typed',
    content: flowers.replace('\n2.5,', '\nabc,'),
    options: csv({ types: { length: 'float' } }),
    says: ['csv › types', 'Line 4, column "length"', '"abc"', 'float'],
  },
  {
    what: 'infinity',
    content: flowers.replace('\n2.5,', '\n-inf,'),
    says: ['csv › file', '"length" holds infinity', 'line 4'],
  },
  { what: 'a forbidden name', content: flowersCsv(60, '__proto__,width,kind'), says: ['csv › file', '__proto__'] },
  { what: 'an empty column', content: flowers.replace(/^[\d.]+,/gm, ','), says: ['"length" has no values'] },
  {
    what: 'a missing number',
    content: flowers.replace('\n2.5,2.5,rose', '\n,2.5,rose'),
    says: ['input: ', '"length"', 'missing values (1)', 'Add a Clean node'],
  },
  {
    what: 'a text feature',
    content: flowers.replace(/,(?=[\d])/g, ',about '),
    says: ['"width" is text', 'Add an Encode node'],
  },
  {
    what: 'one class',
    content: flowers.replaceAll('lily', 'rose'),
    says: ['train › dataset', 'only one value', 'rose'],
  },
  {
    what: 'more classes than units',
    content: `${flowers}1,1,tulip\n2,2,tulip\n`,
    says: ['train › output', '2 outputs', 'needs 3', 'units of the last Dense layer to 3'],
  },
  {
    what: 'no target',
    content: flowers,
    options: { nodes: { split: ['prepare.split'] } },
    says: ['train › dataset', 'No column is named', 'Choose a target in the Split node'],
  },
  { what: 'another target', content: flowers, options: { target: 'sort' }, says: ['split › target', '"sort"', 'kind'] },
  {
    what: 'an unknown column',
    content: flowers,
    options: { nodes: { normalize: ['prepare.normalize', { method: 'standard', columns: ['height'] }] } },
    says: ['normalize › columns', '"height"', 'length, width, kind'],
  },
  {
    what: 'a numeric loss for texts',
    content: flowers,
    options: { units: 1, nodes: { train: ['train.fit', { loss: 'meanSquaredError' }] } },
    says: ['train › loss', 'holds texts', 'cross-entropy'],
  },
];

describe('a table with', () => {
  it.concurrent.each(refused)('$what is refused before anything runs', async ({ what, content, options, says }) => {
    const path = save(what, content, options);
    const before = readFileSync(modelyard.path(`${what}.csv`));
    await expectRefusal(modelyard, { args: ['run', path], zhArgs: ['check', path], code: 2, says });
    expect(readFileSync(modelyard.path(`${what}.csv`)).equals(before)).toBe(true);
  });

  it.concurrent.each([
    ['a file that is not there', 'nowhere.csv', 'is not there'],
    ['a folder', '.', 'is a folder'],
    ['no file', '', 'No file is chosen'],
    ['a device', '/dev/zero', 'a pipe or a device'],
  ])('%s is refused', async (what, file, says) => {
    writeFileSync(modelyard.path(`${what}.yard`), tableYard(file, { target: 'kind' }));
    await expectRefusal(modelyard, { args: ['check', `${what}.yard`], code: 2, says: ['csv › file', says] });
  });

  it('one example of a class is refused by a stratified split, with its row', async () => {
    const split = { nodes: { split: ['prepare.split', { by: 'stratified', target: 'kind' }] as const } };
    const path = save('lonely', `${flowers}3,3,tulip\n`, { units: 3, ...split });
    const says = ['split › by', '"tulip"', 'row 61', 'Split at random'];
    await expectRefusal(modelyard, { args: ['run', path], code: 1, says });
  });
});

describe('a warning is told of', () => {
  const warned: readonly Table[] = [
    {
      what: 'a column named twice',
      content: flowersCsv(60, 'length,Length,kind'),
      says: ['csv › file', '"Length"', 'read as "Length_1"'],
    },
    {
      what: 'rows without a target',
      content: flowers.replace('\n2.5,2.5,rose', '\n2.5,2.5,'),
      says: ['train › dataset', '1 of the rows', '“kind”', 'left out'],
    },
  ];
  it.concurrent.each(warned)('$what', async ({ what, content, says }) => {
    const path = save(what, content);
    const bad: BadCase = { args: ['run', path], zhArgs: ['check', path], code: 0, says, isWarning: true };
    await expectRefusal(modelyard, bad);
  });
});

describe('what looks bad and is not', () => {
  const utf16 = Buffer.from(`\uFEFF${flowers}`, 'utf16le');
  it.concurrent.each([
    ['UTF-16, little end first', utf16],
    ['UTF-16, big end first', Buffer.from(utf16).swap16()],
    ['GBK', gbk()],
    ['a mark and CRLF', `\uFEFF${flowers.replaceAll('\n', '\r\n')}`],
    ['names of all kinds', flowersCsv(60, '"a ""b\'; DROP",constructor,kind')],
    ['a constant column', flowers.replace(/^[\d.]+,/gm, '4,')],
    ["花 🌸 'n' [1] star", flowers],
  ])('%s trains', async (what, content) => {
    const finished = await modelyard.run('run', save(what, content), '--to', 'train');
    expect(finished.code, finished.out).toBe(0);
    expectNoInsides(finished);
  });

  it('names classes as the file does', async () => {
    const { out } = await modelyard.run('run', save('names', gbk()));
    expect(out).toContain('玫瑰花');
  });
});

/** `length,width,kind` with 玫瑰花 and 百合花 in GBK, which Node cannot write. */
function gbk(): Uint8Array {
  const kinds = [
    [0xc3, 0xb5, 0xb9, 0xe5, 0xbb, 0xa8],
    [0xb0, 0xd9, 0xba, 0xcf, 0xbb, 0xa8],
  ];
  const rows = Array.from({ length: 40 }, (_, i) => [
    ...Buffer.from(`${i % 7},${i % 5},`),
    ...(kinds[i % 2] ?? []),
    0x0a,
  ]);
  return Uint8Array.from([...Buffer.from('length,width,kind\n'), ...rows.flat()]);
}
