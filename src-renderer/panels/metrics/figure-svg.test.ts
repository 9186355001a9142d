import { describe, expect, it } from 'vitest';
import { chartRows, valueRange } from './chart-data';
import { chartSvg, matrixSvg, scatterSvg, withColours } from './figure-svg';

const chart = {
  title: 'Loss <train>',
  xLabel: 'step',
  yLabel: 'loss',
  x: [1, 2, 3],
  lines: [{ label: 'loss', colour: '--accent', y: [3, null, 1] }],
};

describe('chartSvg', () => {
  it('draws one line over a gap, from left to right and high to low', () => {
    const [, path = ''] = / d="([^"]+)"/.exec(chartSvg(chart)) ?? [];
    expect(path).toBe('M64.0 40.0L624.0 312.0');
  });

  it('escapes what people wrote', () => {
    expect(chartSvg(chart)).toContain('Loss &lt;train&gt;');
  });

  it('leaves out what a logarithmic axis cannot show', () => {
    const svg = chartSvg({ ...chart, isLog: true, lines: [{ label: 'loss', colour: '--accent', y: [0, 10, 1] }] });
    expect(/ d="([^"]+)"/.exec(svg)?.[1]).toBe('M344.0 40.0L624.0 312.0');
  });
});

describe('matrixSvg', () => {
  it('writes every count', () => {
    const svg = matrixSvg({
      title: 'Confusion',
      truthLabel: 'truth',
      predictedLabel: 'predicted',
      classes: ['a', 'b'],
      counts: [
        [41, 2],
        [3, 54],
      ],
      shares: [
        [0.95, 0.05],
        [0.05, 0.95],
      ],
    });
    for (const count of [41, 2, 3, 54]) expect(svg).toContain(`>${count}</text>`);
  });
});

describe('scatterSvg', () => {
  it('draws every point', () => {
    const points = [
      { x: 0, y: 1 },
      { x: 2, y: 2 },
    ];
    expect(scatterSvg({ title: 't', xLabel: 'x', yLabel: 'y', points }).match(/<circle/g)).toHaveLength(2);
  });
});

it('puts colours in place of tokens', () => {
  expect(withColours('<a fill="var(--text)"/>', (token) => (token === '--text' ? '#111' : '?'))).toBe(
    '<a fill="#111"/>',
  );
});

it('gives the rows behind a chart, gaps as nothing', () => {
  expect(chartRows(chart)).toEqual([
    ['step', 'loss'],
    [1, 3],
    [2, null],
    [3, 1],
  ]);
});

it('widens a range that is one value', () => {
  expect(valueRange({ lines: [{ label: 'a', colour: '--accent', y: [4] }] })).toEqual([2, 6]);
});
