import type { YardDocument } from '../../src-shared/document/document';
import type { AskOf, RequestName } from '../../src-shared/ipc';

const document: YardDocument = {
  format: 'modelyard',
  version: 1,
  settings: { seed: 42 },
  nodes: { a: { kind: 'data.csv', version: 1, name: 'csv', params: { path: 'a.csv' }, position: [0, 0] } },
  edges: {},
  notes: {},
  groups: {},
  flows: {},
};
const id = 'd-1';
const at = { id, document };
const path = '/tmp/a.yard';
const deploy = { target: 'folder', config: { folder: 'out' }, bundle: '/tmp/bundle' };
const dialog = { title: 'Open', folder: '/tmp', name: 'a', extensions: ['yard'] };

/** One ask of every request, with all that it may hold. */
export const sampleAsks: { readonly [N in RequestName]: AskOf<N> } = {
  'app:info': {},
  'app:doctor': {},
  'settings:set': {
    change: { language: 'zh', theme: 'dark', storeFolder: '', storeLimit: 1e9, device: 'gpu', keys: { 'a.b': 'x' } },
  },
  'document:create': {},
  'document:open': { path },
  'document:openExample': { name: 'digits-cnn' },
  'document:attach': { ...at, path, name: 'a.yard', base: '/tmp' },
  'document:edit': { id, label: 'node.move', patches: [{ op: 'replace', path: ['nodes', 'a', 0], value: [1, 2] }] },
  'document:save': { ...at, path, replace: true },
  'document:takeOver': { id },
  'document:close': { id, keepEdits: true },
  'document:recent': {},
  'document:forget': { path },
  'document:examples': {},
  'recovery:list': {},
  'recovery:open': { id },
  'recovery:discard': { id },
  'dialog:open': dialog,
  'dialog:save': dialog,
  'dialog:folder': dialog,
  'folder:list': { path },
  'file:use': { id, path },
  'file:import': { id, name: 'a.csv', base64: 'YQ==' },
  'file:relative': { id, path },
  'file:reveal': { path },
  'document:probe': { ...at, quick: true },
  'document:plan': { ...at, to: 'csv', noCache: true },
  'document:preview': {
    ...at,
    node: 'a',
    port: 'table',
    offset: 0,
    limit: 100,
    sort: { column: 'x', descending: true },
    split: 'test',
    statistics: true,
  },
  'report:examples': { ...at, node: 'a', truth: '1', predicted: '2', offset: 0, limit: 10 },
  'run:start': { ...at, to: 'csv', noCache: true, partial: true },
  'run:cancel': { ticket: 't' },
  'run:history': { id },
  'run:read': { run: 'r-20261123-211530-7f3a' },
  'run:document': { run: 'r-20261123-211530-7f3a' },
  'deploy:targets': {},
  'deploy:bundles': { id, path },
  'deploy:test': deploy,
  'deploy:plan': deploy,
  'deploy:start': deploy,
  'deploy:act': { ...deploy, action: 'stop' },
  'deploy:cancel': { ticket: 't' },
  'deploy:list': {},
  'deploy:try': { ...deploy, row: { x: 1 } },
  'deploy:samples': { bundle: '/tmp/bundle' },
  'secret:list': { names: ['TOKEN'] },
  'secret:set': { name: 'TOKEN', value: 'x' },
  'secret:remove': { name: 'TOKEN' },
  'window:title': { title: 'a', isEdited: true },
  'window:new': {},
  'window:close': {},
  'window:openLink': { url: 'https://example.org/' },
};
