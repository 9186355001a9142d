import { describe, expect, it } from 'vitest';
import type { YardDocument } from '../../src-shared/document/document';
import { chain } from '../../src-shared/document/test-nodes';
import { analyse, forgetAnalysis, setFacts, useAnalysis } from './analysis';

const withNodes = (nodes: YardDocument['nodes']): YardDocument => ({ ...chain(), nodes, edges: {} });
const isReading = (id: string) => useAnalysis.getState()[id]?.isReading;

describe('files that are still being read', () => {
  it('are waited for until all is known of them, and only where there are any', () => {
    const csv = { kind: 'data.csv', version: 1, name: 'table', params: { file: 'a.csv' }, position: [0, 0] } as const;
    analyse('none', withNodes({}));
    analyse('some', withNodes({ n1: csv }));
    expect(isReading('none')).toBe(false);
    expect(isReading('some')).toBe(true);
    for (const id of ['none', 'some']) setFacts(id, { facts: {}, problems: [], isExact: false });
    expect(isReading('none')).toBe(false);
    expect(isReading('some')).toBe(true);
    setFacts('some', { facts: {}, problems: [], isExact: true });
    expect(isReading('some')).toBe(false);
    for (const id of ['none', 'some']) forgetAnalysis(id);
  });
});
