import { describe, expect, it } from 'vitest';
import { lookupNode, nodes } from '../../src-shared/nodes/catalog';
import { speak } from './messages';
import { nodeLines } from './node-lines';

function linesOf(kind: string): string {
  const node = lookupNode(kind);
  if (!node) throw new Error(`no ${kind}`);
  return nodeLines(node, speak('en'), 'en').join('\n');
}

describe('nodeLines', () => {
  it('tells ports, and params with default, limits and meaning', () => {
    expect(linesOf('deploy.export')).toMatch(/reports\s+report\s+optional, any number/);
    expect(linesOf('layer.conv2d')).toMatch(/filters\s+32\s+int 1 … 65536\s+\S/);
    expect(linesOf('prepare.clean')).toContain('what comes in at table');
  });

  it('tells the params of every form of a param', () => {
    expect(linesOf('train.fit')).toMatch(/adam {2}.*\n\s+learningRate\s+0\.001\s+float > 0/);
    expect(linesOf('train.fit')).toMatch(/sgd {2}.*\n.*\n\s+momentum\s+0\s/);
  });

  it('leaves out no param of any node', () => {
    for (const node of nodes) {
      const lines = linesOf(node.kind);
      for (const name of Object.keys(node.params)) expect(lines).toMatch(new RegExp(`^ +${name} `, 'm'));
    }
  });
});
