import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BadCase, expectRefusal } from '../fixtures/clear-refusal';
import { Modelyard } from '../fixtures/modelyard';
import { digitsYard } from '../fixtures/pipelines';

const modelyard = new Modelyard();
afterAll(() => modelyard.close());
const good = digitsYard();

/** Changes the good document as data. */
function edited(change: (document: { nodes: Record<string, object>; edges: Record<string, object> }) => void): string {
  const document = JSON.parse(good);
  change(document);
  return JSON.stringify(document, null, 2);
}

const files: readonly (readonly [what: string, content: string | Uint8Array, says: readonly string[]])[] = [
  ['text that is no JSON', 'hello', ['not JSON', 'line 1']],
  ['nothing', '', ['empty']],
  ['bytes', Uint8Array.of(0, 1, 2, 255, 254), ['binary']],
  ['an image', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), ['binary']],
  ['UTF-16', Buffer.from(`\uFEFF${good}`, 'utf16le'), ['not UTF-8', 'Save it as UTF-8']],
  ['Latin-1', Buffer.from(good.replace('600', '"dünn"'), 'latin1'), ['not UTF-8', 'line 13']],
  ['a newer format', good.replace('"version": 1,\n  "settings"', '"version": 99,\n  "settings"'), ['newer', '99']],
  ['a kind nobody knows', good.replace('layer.flatten', 'layer.magic'), ['flatten: ', 'layer.magic']],
  [
    'a circle',
    edited(({ edges }) => {
      delete edges['input.y>conv.x'];
      edges['flatten.y>conv.x'] = {};
    }),
    ['conv → flatten → conv'],
  ],
  [
    'a wire from nowhere',
    edited(({ edges }) => Object.assign(edges, { 'nowhere.y>test.model': {} })),
    ['nowhere.y>test.model', 'Remove the connection'],
  ],
  ['a prototype', good.replace('"notes": {}', '"notes": {"__proto__": {"isAdmin": true}}'), ['`__proto__`']],
  ['depth 10,000', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, ['deeper than 64']],
  ['a number beyond float64', good.replace('600', '1e999'), ['too large']],
  ['NaN', good.replace('600', 'NaN'), ['line 13, column']],
  ['a huge whole number', good.replace('600', '99999999999999999999999'), ['digits › limit', 'Use 60000 or less']],
  ['a text for a number', good.replace('600', '"many"'), ['digits › limit', 'many', 'a number']],
  ['null for a number', good.replace('600', '[]'), ['digits › limit', 'a number']],
];

describe('a document with', () => {
  it.concurrent.each(files)('%s is refused and left as it is', async (what, content, says) => {
    const path = modelyard.path(`${what}.yard`);
    writeFileSync(path, content);
    const before = readFileSync(path);
    const bad: BadCase = { args: ['run', path], zhArgs: ['check', path], code: 2, says };
    await expectRefusal(modelyard, bad);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('bytes missing at the end is refused wherever it was cut', async () => {
    const path = modelyard.path('cut.yard');
    writeFileSync(path, good);
    const cuts = Array.from({ length: 20 }, (_, i) => Math.floor(((i + 1) * (good.length - 1)) / 20));
    for (const length of cuts.reverse()) {
      truncateSync(path, length);
      const { code, out } = await modelyard.run('check', path);
      expect(code, out).toBe(2);
      expect(out).toMatch(/^✗ The file (ends too early, at|is damaged:) line \d+, column \d+/);
      expect(readFileSync(path, 'utf8')).toBe(good.slice(0, length));
    }
  });
});

describe('a path to', () => {
  beforeAll(() => {
    mkdirSync(modelyard.path('folder.yard'));
    symlinkSync('loop.yard', modelyard.path('loop.yard'));
    writeFileSync(modelyard.path('huge.yard'), '');
    truncateSync(modelyard.path('huge.yard'), 3 * 2 ** 30);
  });

  it.concurrent.each([
    ['nothing', 'nowhere.yard', ['nowhere.yard is not there']],
    ['a folder', 'folder.yard', ['is a folder']],
    ['a link to itself', 'loop.yard', ['leads back to itself']],
    ['a device', '/dev/zero', ['a pipe or a device']],
    ['a file of gigabytes', 'huge.yard', ['3072 MB']],
  ])('%s is refused', async (_what, path, says) => {
    await expectRefusal(modelyard, { args: ['check', path], code: 2, says });
  });

  it('a document with a mark, CRLF and letters of all kinds, through a link, runs', async () => {
    mkdirSync(modelyard.path('数据 🐧'));
    writeFileSync(modelyard.path('数据 🐧', "my 流程 'a' #1.yard"), `\uFEFF${good.replaceAll('\n', '\r\n')}`);
    symlinkSync(modelyard.path('数据 🐧', "my 流程 'a' #1.yard"), modelyard.path('link.yard'));
    const store = modelyard.path('a store', '结果 🐧');
    const { code, out } = await modelyard.run('run', 'link.yard', '--to', 'train', '--store', store);
    expect(code, out).toBe(0);
  });
});

describe('settings', () => {
  const path = modelyard.path('good.yard');
  writeFileSync(path, good);
  const settings: readonly (readonly [setting: string, says: string])[] = [
    ['train.epochs=0', 'train › epochs: epochs is 0, below 1.\n  → Use 1 or more.'],
    ['train.epochs=1e30', 'Use 100000 or less'],
    ['train.optimizer.learningRate=NaN', 'optimizer.learningRate cannot be "NaN"; expected: a number.'],
    ['train.optimizer.type=lion', 'Use one of: adam, adamw, sgd, rmsprop.'],
    ['trian.epochs=1', 'There is no node trian.\n  → Did you mean one of: train?'],
    ['train.epoch=1', 'There is no setting epoch.\n  → Did you mean: epochs?'],
    ['train.__proto__=1', 'train › __proto__: There is no setting __proto__.\n  → There are: loss, '],
    ['__proto__.epochs=1', 'There is no node __proto__.'],
    ['epochs', '"epochs" is not a setting.\n  → Write it as node.param=value'],
    ['seed=-1', '-1 cannot be a seed.'],
  ];

  it('that are wrong are all told at once, with what is near', async () => {
    const args = ['run', path, ...settings.flatMap(([setting]) => ['--set', setting])];
    await expectRefusal(modelyard, { args, code: 2, says: settings.map(([, says]) => says) });
    expect(readFileSync(path, 'utf8')).toBe(good);
  });

  it('of a target that is not there name those that are', async () => {
    await expectRefusal(modelyard, { args: ['run', path, '--to', 'tset'], code: 2, says: ['no node tset', 'test?'] });
  });
});
