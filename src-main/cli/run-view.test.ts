import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatMetric, formatSeconds } from '../../src-shared/number-text';
import type { RunEvent, RunEventBody } from '../../src-shared/runs/run-event';
import { chooseLanguage, speak } from './messages';
import { RunView } from './run-view';
import { alignTable, cutToWidth, textWidth } from './table-text';
import { drawBar, type Terminal } from './terminal';

const bodies: readonly RunEventBody[] = [
  { type: 'run-started', document: 'sha256:0', seed: 1, backend: 'a runtime', name: 'x.yard' },
  { type: 'step-planned', node: 'train', state: 'run', reason: { code: 'first-run' }, estimate: { seconds: 48 } },
  { type: 'step-planned', node: 'data', state: 'cached', reason: { code: 'same-inputs' } },
  { type: 'step-started', node: 'train' },
  {
    type: 'training-progress',
    node: 'train',
    epoch: 1,
    epochs: 2,
    step: 50,
    steps: 100,
    loss: [0.5, 0.25],
    metrics: { accuracy: 0.9, loss: 0.3 },
    rate: 6740,
    unit: 'images/s',
    remaining: 43,
  },
  { type: 'step-finished', node: 'train', state: 'done', seconds: 2 },
  { type: 'run-finished', state: 'done', seconds: 2.5 },
];

function show(language: 'en' | 'zh', isLive: boolean): { lines: string[]; status: string[] } {
  const lines: string[] = [];
  const status: string[] = [];
  const terminal: Terminal = {
    isLive,
    hasColour: false,
    line: (text) => lines.push(text),
    status: (text) => isLive && status.push(text),
    clearStatus: () => undefined,
  };
  const view = new RunView(terminal, speak(language), language);
  bodies.forEach((body, i) => {
    const event: RunEvent = { ...body, run: 'r', seq: i + 1, at: '' };
    view.show(event);
  });
  return { lines, status };
}

describe('RunView', () => {
  it('tells a run in lines, with loss, rate and remaining time on a terminal', () => {
    const { lines, status } = show('en', true);
    expect(lines).toEqual([
      'Runs on a runtime',
      'Plan: 1 to run, 1 cached, about 48 s',
      '  ✓ train     done  2.0 s',
      'Done in 2.5 s.',
    ]);
    expect(status.at(-1)).toContain('epoch 1/2');
    expect(status.at(-1)).toContain('loss 0.2500  accuracy 0.9000  6,740 images/s  43 s left');
  });

  it('speaks Chinese, and draws nothing that moves where there is no terminal', () => {
    const { lines, status } = show('zh', false);
    expect(lines).toContain('计划：1 个待运行，1 个已缓存，约 48 s');
    expect(status).toEqual([]);
  });
});

describe('numbers', () => {
  it('are as precise as people need', () => {
    expect([0.004, 2, 48, 200, 3600 * 3].map(formatSeconds)).toEqual([
      '4 ms',
      '2.0 s',
      '48 s',
      '3 min 20 s',
      '3 h 0 min',
    ]);
    expect([12, 1500, 99_940_000].map(formatBytes)).toEqual(['12 B', '1.5 KB', '100 MB']);
    expect([0.98931, 0.00004, Number.NaN].map(formatMetric)).toEqual(['0.9893', '4.0e-5', 'NaN']);
    expect(formatCount(121_930)).toBe('121,930');
  });
});

describe('text on a terminal', () => {
  it('counts wide characters twice', () => {
    expect(textWidth('节点a')).toBe(5);
    expect(cutToWidth('节点a', 3)).toBe('节');
    expect(
      alignTable([
        ['节点', 'n'],
        ['a', '12'],
      ]),
    ).toEqual(['  节点   n', '  a     12']);
    expect(drawBar(0.5, 4)).toBe('██░░');
  });

  it('takes the language of the option, then of the environment', () => {
    expect(chooseLanguage(undefined, { LANG: 'zh_CN.UTF-8' })).toBe('zh');
    expect(chooseLanguage('en', { LANG: 'zh_CN.UTF-8' })).toBe('en');
    expect(chooseLanguage(undefined, {})).toBe('en');
  });
});
