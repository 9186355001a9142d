import { describe, expect, it } from 'vitest';
import { nodeSize, portOffset } from './node-size';
import { monoWidth, textWidth } from './text-width';

const plain = {
  title: 'Dense',
  name: '',
  status: '',
  fact: '→ 64',
  inputs: ['x'],
  outputs: ['y'],
  body: { width: 0, height: 0 },
  isCollapsed: false,
};

describe('the size of a node', () => {
  it('lies on the grid and grows with its title, its state and its fact', () => {
    const sizes = [
      nodeSize(plain),
      nodeSize({ ...plain, title: 'GlobalAveragePooling2D' }),
      nodeSize({ ...plain, status: '● epoch 3 of 5' }),
      nodeSize({ ...plain, fact: '70k × 28×28×1 float32' }),
    ];
    expect(sizes.every(({ width, height }) => width % 8 === 0 && height % 8 === 0)).toBe(true);
    expect(sizes.slice(1).every(({ width }) => width > (sizes[0]?.width ?? 0))).toBe(true);
  });

  it('has room for the whole title, however long', () => {
    const title = '二维全局平均池化与批归一化'.repeat(4);
    expect(nodeSize({ ...plain, title }).width).toBeGreaterThan(textWidth(title, 13) + 48);
  });

  it('does not follow a name or a fact without end', () => {
    expect(nodeSize({ ...plain, name: 'x'.repeat(100), fact: 'y'.repeat(300) }).width).toBe(360);
  });

  it('grows by a row for each further port, and by its body', () => {
    const two = nodeSize({ ...plain, inputs: ['dataset', 'output'] });
    expect(two.height).toBe(nodeSize(plain).height + 24);
    expect(nodeSize({ ...plain, body: { width: 320, height: 112 } })).toEqual({ width: 320, height: 176 });
  });

  it('shrinks to its title when it is collapsed', () => {
    const collapsed = { ...plain, inputs: ['a', 'b', 'c'], body: { width: 320, height: 112 }, isCollapsed: true };
    expect(nodeSize(collapsed)).toEqual({ width: 96, height: 40 });
    expect([0, 1, 2].map((index) => portOffset(index, true))).toEqual([20, 20, 20]);
  });

  it('leaves every port a place of its own to hit', () => {
    const offsets = [0, 1, 2, 3].map((index) => portOffset(index, false));
    expect(offsets.slice(1).every((offset, i) => offset - (offsets[i] ?? 0) >= 24)).toBe(true);
  });
});

it('takes Chinese for as wide as it is high', () => {
  expect(textWidth('训练', 13)).toBe(26);
  expect(monoWidth('训练', 12)).toBe(24);
  expect(textWidth('will', 13)).toBeLessThan(textWidth('MNIST', 13));
});
