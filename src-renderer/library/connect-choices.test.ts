import { expect, it } from 'vitest';
import { chain, lookupTestNode as lookup, testNodes } from '../../src-shared/document/test-nodes';
import { connectChoices } from './connect-choices';

const choices = connectChoices(chain(), 'b', { lookup, nodes: testNodes });
const shown = choices.map(({ from, to }) => `${from.node}.${from.port}>${to.node}.${to.port}`);

it('offers every pairing of a node, what fits first', () => {
  const possible = choices.filter(({ refusal }) => !refusal).length;
  expect(possible).toBeGreaterThan(0);
  expect(choices.slice(0, possible).every(({ refusal }) => !refusal)).toBe(true);
  expect(shown).toContain('a.table>b.table');
  expect(shown.every((id) => id.startsWith('b.') || id.includes('>b.'))).toBe(true);
});

it('says of the others why not', () => {
  const circle = choices.find(({ from, to }) => from.node === 'c' && to.node === 'b');
  expect(circle?.refusal).toMatchObject({ code: 'wire-closes-circle' });
  const wrong = choices.find(({ from, to }) => from.node === 'b' && to.node === 'd' && to.port === 'output');
  expect(wrong?.refusal).toMatchObject({ code: 'wire-refused' });
});

it('marks what is connected already', () => {
  expect(choices.find(({ to }) => to.node === 'c')).toMatchObject({ isConnected: true, isLeaving: true });
});
