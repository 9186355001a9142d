import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { YardDocument } from '../../src-shared/document/document';
import { type Problem, problem } from '../../src-shared/problem';
import { setUpI18n } from '../i18n/i18n';
import { Editor } from '../store/editor';
import { selectionOf, useUi } from '../store/ui';
import type { Tab } from '../store/workspace';
import { fixAction } from './apply-fix';

const node = (kind: string, name: string, params = {}) => {
  return { kind, version: 1, name, params, position: [400, 80] as const };
};

function open(): Tab {
  const document: YardDocument = {
    format: 'modelyard',
    version: 1,
    settings: { seed: 1 },
    nodes: {
      a: node('data.csv', 'rows', { file: 'rows.csv' }),
      b: node('layer.dense', 'dense', { units: 4 }),
      c: node('train.fit', 'train'),
    },
    edges: { 'a.table>c.dataset': {}, 'b.y>c.output': {} },
    notes: {},
    groups: {},
    flows: {},
  };
  return { id: 'd', name: 'x.yard', base: '/x', problems: [], editor: new Editor(document) };
}

const on = (name: string, fix: Problem['fix'], more: Partial<Problem> = {}) => {
  return problem('x', {}, { node: name, ...(fix ? { fix } : {}), ...more });
};

beforeAll(async () => {
  await setUpI18n('en');
});
beforeEach(() => useUi.setState({ selection: {}, dialog: undefined }));

describe('a fix that is an edit', () => {
  it('says what it sets, makes one undo step, and shows the node', () => {
    const tab = open();
    const action = fixAction(tab, on('train', { code: 'set-param', param: 'epochs', to: 9 }), 'en');
    expect(action?.label).toBe('Set Epochs to 9');
    action?.run();
    expect(tab.editor.document.nodes.c?.params.epochs).toBe(9);
    expect(tab.editor.store.getState().past).toMatchObject([{ label: 'fix.apply' }]);
    expect(selectionOf('d').nodes).toEqual(['c']);
  });

  it('names the node where it is another than the one that complains, and options by their words', () => {
    const units = on('train', { code: 'set-param', param: 'units', to: 3 }, { port: 'output' });
    expect(fixAction(open(), units, 'en')?.label).toBe('Set Units of dense to 3');
    const loss = on('train', { code: 'set-param', param: 'loss', to: 'meanSquaredError' });
    expect(fixAction(open(), loss, 'en')?.label).toBe('Set Loss to Mean squared error');
  });

  it('puts a node in between', () => {
    const tab = open();
    const action = fixAction(tab, on('train', { code: 'insert-node', mends: 'no-target' }), 'en');
    expect(action?.label).toBe('Put “Split” in between');
    action?.run();
    expect(Object.keys(tab.editor.document.edges)).toContain('a.table>n1.table');
  });
});

it('leads to the place where a person has to choose', () => {
  const tab = open();
  fixAction(tab, on('dense', { code: 'connect' }, { port: 'x' }), 'en')?.run();
  expect(useUi.getState().dialog).toBe('connect');
  expect(selectionOf('d').nodes).toEqual(['b']);
  expect(fixAction(tab, on('rows', { code: 'choose-file', param: 'file' }), 'en')?.label).toBe('Find the file…');
  expect(fixAction(tab, on('rows', undefined, { param: 'file' }), 'en')?.label).toBe('Find the file…');
});

it('offers nothing where nothing can be done', () => {
  expect(fixAction(open(), on('train', undefined), 'en')).toBeUndefined();
  expect(fixAction(open(), on('gone', { code: 'set-param', param: 'epochs', to: 9 }), 'en')).toBeUndefined();
  const fixed = { ...open(), readOnly: problem('document-locked') };
  expect(fixAction(fixed, on('train', { code: 'set-param', param: 'epochs', to: 9 }), 'en')).toBeUndefined();
});

it('speaks the language of the reader', async () => {
  await setUpI18n('zh');
  const action = fixAction(open(), on('train', { code: 'set-param', param: 'epochs', to: 9 }), 'zh');
  expect(action?.label).toBe('将“训练轮数”设为 9');
});
