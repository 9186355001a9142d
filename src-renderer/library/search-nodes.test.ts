import { expect, it } from 'vitest';
import { nodes } from '../../src-shared/nodes/catalog';
import { searchNodes } from './search-nodes';

const kinds = (query: string) => searchNodes(query).map(({ kind }) => kind);

it('finds nodes in both languages, by sound and by group', () => {
  expect(kinds('conv')[0]).toBe('layer.conv2d');
  expect(kinds('训练')[0]).toBe('train.fit');
  expect(kinds('xunlian')).toContain('train.fit');
  expect(kinds('csv')[0]).toBe('data.csv');
  expect(kinds('Prepare')).toContain('prepare.clean');
});

it('forgives a slip and finds nothing for nonsense', () => {
  expect(kinds('normalze')).toContain('prepare.normalize');
  expect(kinds('qqqxyz')).toEqual([]);
});

it('shows all where nothing is typed', () => {
  expect(searchNodes('  ')).toBe(nodes);
});
