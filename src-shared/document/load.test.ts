import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { YardDocument } from './document';
import { loadDocument } from './load';
import { serialize } from './save';
import { chain, lookupTestNode as lookup, testDocument, testNode } from './test-nodes';

function codes(text: string): string[] {
  return loadDocument(text, { lookup }).problems.map((problem) => problem.code);
}
function codesOf(document: YardDocument): string[] {
  return codes(serialize(document));
}
const good = serialize(chain());

describe('loadDocument', () => {
  it('reads a good file without a problem', () => {
    const { document, problems } = loadDocument(good, { lookup });
    expect(problems).toEqual([]);
    expect(document).toEqual(chain());
  });

  it.each([
    ['', 'file-empty'],
    [' \n', 'file-empty'],
    ['PK\u0003\u0004 zip', 'file-binary'],
    ['\u0000\u0001', 'file-binary'],
    ['hello', 'file-not-json'],
    ['<html>', 'file-not-json'],
    ['{"format" "modelyard"}', 'file-bad-json'],
    ['{"format": "modely', 'file-truncated'],
    ['[]', 'file-not-modelyard'],
    ['{"format":"vega"}', 'file-not-modelyard'],
    ['{"format":"modelyard"}', 'file-version-missing'],
    ['{"format":"modelyard","version":1.5}', 'file-version-missing'],
    ['{"format":"modelyard","version":2,"nodes":"whatever it will be"}', 'file-newer'],
    ['{"format":"modelyard","version":1}', 'document-shape'],
    [good.replace('"a"', '"__proto__"'), 'file-forbidden-key'],
    [good.replace('"a"', '"\\u005f_proto__"'), 'file-forbidden-key'],
    [good.replace('"file"', '"constructor": {"prototype": 1}, "file"'), 'file-forbidden-key'],
    [good.replace('"seed": 42', '"seed": 1e999'), 'file-number-too-large'],
    ['['.repeat(10_000), 'file-too-deep'],
    [`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 'file-too-deep'],
  ])('refuses %.60j with %s', (text, code) => {
    const result = loadDocument(text, { lookup });
    expect(result.document).toBeUndefined();
    expect(result.problems[0]?.code).toBe(code);
  });

  it('says line and column', () => {
    const broken = good.replace('"penguins.csv"', 'penguins.csv');
    const [problem] = loadDocument(broken, { lookup }).problems;
    const line = good.split('\n').findIndex((text) => text.includes('penguins.csv'));
    const column = good.split('\n')[line]?.indexOf('"penguins.csv"');
    expect(problem).toMatchObject({ code: 'file-bad-json', values: { line: line + 1, column: (column ?? 0) + 1 } });
  });

  it('names node and place where the shape is wrong', () => {
    const text = good.replace('"position": [0, 0]', '"position": "left"');
    expect(loadDocument(text, { lookup }).problems[0]).toMatchObject({
      code: 'document-shape',
      node: 'penguins',
      values: { place: 'nodes › a › position', expected: 'tuple' },
    });
  });

  it('refuses more nodes than can be opened, in flows too', () => {
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`n${i}`, testNode('scale', `s${i}`)]));
    const flows = { f: { title: 'f', nodes: many, edges: {} } };
    expect(codesOf({ ...testDocument(many, []), flows })).toEqual(['file-too-many-nodes']);
  });
});

describe('loadDocument keeps', () => {
  it('keeps unknown kinds and unknown keys, and saves them back', () => {
    const text = good
      .replace('"test.train"', '"later.train"')
      .replace('"seed": 42', '"seed": 42, "theme": {"dark": [1, null]}')
      .replace('"flows": {}', '"flows": {}, "later": {"x": [true]}');
    const { document, problems } = loadDocument(text, { lookup });
    expect(problems.map((problem) => problem.code)).toEqual(['kind-unknown']);
    expect(JSON.parse(serialize(document ?? chain()))).toEqual(JSON.parse(text));
  });

  it('upgrades params of older nodes and keeps newer ones', () => {
    const old = testDocument({ a: testNode('scale', 'old', { version: 1, params: { factor: 255 } }) }, []);
    expect(loadDocument(serialize(old), { lookup }).document?.nodes.a).toMatchObject({
      version: 2,
      params: { divideBy: 255 },
    });
    const newer = testDocument({ a: testNode('scale', 'new', { version: 9, params: { angle: 1 } }) }, []);
    const loaded = loadDocument(serialize(newer), { lookup });
    expect(loaded.problems.map((problem) => problem.code)).toEqual(['node-newer']);
    expect(loaded.document).toEqual(newer);
  });
});

describe('loadDocument reports', () => {
  it.each([
    [{ epochs: 0 }, 'param-too-small', 'epochs'],
    [{ epochs: 1001 }, 'param-too-large', 'epochs'],
    [{ epochs: 1.5 }, 'param-wrong-type', 'epochs'],
    [{ epochs: 'many' }, 'param-wrong-type', 'epochs'],
    [{ loss: 'mss' }, 'param-not-an-option', 'loss'],
    [{ window: [0, 3] }, 'param-too-small', 'window.0'],
    [{ title: 'ABC' }, 'param-not-in-form', 'title'],
    [{ title: 'abcdefghijk' }, 'param-too-long', 'title'],
    [{ optimizer: { type: 'lion' } }, 'param-not-an-option', 'optimizer.type'],
    [{ optimizer: { type: 'sgd', momentum: 2 } }, 'param-too-large', 'optimizer.momentum'],
    [{ optimizer: { type: 'adam', momentum: 2 } }, 'param-unknown-here', 'optimizer.momentum'],
    [{ epoch: 3 }, 'param-unknown', 'epoch'],
  ])('reports the params %j as %s at %s', (params, code, param) => {
    const loaded = loadDocument(serialize(testDocument({ a: testNode('train', 'train', { params }) }, [])), { lookup });
    expect(loaded.problems).toMatchObject([{ code, param, node: 'train' }]);
    expect(loaded.document?.nodes.a?.params).toEqual(params);
  });

  it('reports limits that are themselves not allowed', () => {
    const nodes = { a: testNode('scale', 'scale', { params: { divideBy: 0 } }) };
    expect(codesOf(testDocument(nodes, []))).toEqual(['param-not-above']);
  });

  it.each([
    [['a.table>z.table'], 'edge-dangling'],
    [['a.table>constructor.table'], 'edge-dangling'],
    [['a.tables>b.table'], 'port-unknown-output'],
    [['a.table>b.toString'], 'port-unknown-input'],
    [['a to b'], 'edge-id-malformed'],
    [['a.table>b.table', 'c.dataset>b.table'], 'port-taken'],
    [['b.table>c.table', 'c.dataset>b.table'], 'cycle'],
    [['b.table>b.table'], 'cycle'],
  ])('reports the wires %j as %s and keeps them', (edges, code) => {
    const nodes = { a: testNode('source', 'a'), b: testNode('scale', 'b'), c: testNode('split', 'c') };
    const document = testDocument(nodes, edges);
    const loaded = loadDocument(serialize(document), { lookup });
    expect(loaded.problems.map((problem) => problem.code)).toEqual([code]);
    expect(loaded.document).toEqual(document);
  });

  it('names the nodes of a circle', () => {
    const nodes = { a: testNode('scale', 'first'), b: testNode('scale', 'second'), c: testNode('scale', 'behind') };
    const edges = ['a.table>b.table', 'b.table>a.table', 'b.table>c.table'];
    const [problem] = loadDocument(serialize(testDocument(nodes, edges)), { lookup }).problems;
    expect(problem?.values?.names).toBe('first → second → first');
  });

  it('reports names that two nodes share and names that cannot be used', () => {
    const nodes = { a: testNode('scale', 'same'), b: testNode('scale', 'same'), c: testNode('scale', 'a.b') };
    expect(codesOf(testDocument(nodes, []))).toEqual(['name-duplicate', 'name-invalid']);
  });
});

describe('example pipelines', () => {
  const folder = join(import.meta.dirname, '../../resources/examples');
  it.each(['digits-cnn.yard', 'digits-fast.yard', 'penguins.yard', 'penguins-two-targets.yard'])(
    '%s has a sound shape',
    (name) => {
      const { document, problems } = loadDocument(readFileSync(join(folder, name), 'utf8'), { lookup });
      expect(document).toBeDefined();
      expect(problems.filter((problem) => problem.code !== 'kind-unknown')).toEqual([]);
    },
  );
});
