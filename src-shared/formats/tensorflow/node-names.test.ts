import { describe, expect, test } from 'vitest';
import { NodeNames, safeName, scopeInMessage } from './node-names';

const allowed = /^[A-Za-z0-9.][A-Za-z0-9_.\-/]*$/;

describe('names of graph nodes', () => {
  test.each(['dense', '卷积 1', 'use/inner', '_hidden', 'a b', 'é', '🙂'])(
    '"%s" becomes one that TensorFlow takes',
    (scope) => {
      expect(new NodeNames().next(scope, 'Conv2D')).toMatch(allowed);
      expect(safeName(scope)).toMatch(allowed);
    },
  );

  test('are unique, however alike the scopes are', () => {
    const names = new NodeNames();
    const all = ['密集', '卷积', '密 集', '__', 'n__'].flatMap((scope) => [
      names.next(scope, 'MatMul'),
      names.next(scope, 'MatMul'),
    ]);
    expect(new Set(all).size).toBe(all.length);
  });

  test('start with the scope, and are the bare op where there is none', () => {
    const names = new NodeNames();
    expect(names.next('conv2d_1', 'Conv2D')).toBe('conv2d_1/Conv2D');
    expect(names.next('conv2d_1', 'Conv2D')).toBe('conv2d_1/Conv2D_1');
    expect(names.next('', 'Const')).toBe('Const');
  });
});

describe('a message of the runtime', () => {
  const names = new NodeNames();
  const node = names.next('卷积 1', 'Conv2D');
  const other = names.next('卷积 2', 'Conv2D');

  test.each([
    ['the node itself', `bad shape\n\t [[{{node ${node}}}]]`],
    ['a node that the optimizer made of it', `bad\n [[{{node PreCast/${node}-0-Fold}}]]`],
  ])('leads home by %s', (_, message) => {
    expect(scopeInMessage(message, names.scopes())).toBe('卷积 1');
  });

  test('leads nowhere where it names no node of the graph', () => {
    expect(scopeInMessage('out of range', names.scopes())).toBeUndefined();
    expect(scopeInMessage('[[{{node elsewhere/Conv2D}}]]', names.scopes())).toBeUndefined();
    expect(other).not.toBe(node);
  });
});
