import { describe, expect, it } from 'vitest';
import { columnFacts, costText, typeLines } from './type-words';

const column = (name: string) => ({ name, type: { kind: 'float' }, role: 'feature' }) as const;

describe('typeLines', () => {
  it('says rows, columns and splits of tables', () => {
    const table = { type: 'table', columns: [column('a'), column('b')], rows: 70_000, steps: [] } as const;
    expect(typeLines(table, 'en')).toEqual(['70,000 rows × 2 columns']);
    const dataset = { ...table, type: 'dataset', splits: { train: 60_000, validation: 0, test: 10_000 } } as const;
    expect(typeLines(dataset, 'en')[1]).toBe('60,000 train · 10,000 test');
    expect(typeLines(dataset, 'zh')).toEqual(['70,000 行 × 2 列', '60,000 训练 · 10,000 测试']);
  });

  it('does not invent what is not known yet', () => {
    expect(typeLines({ type: 'table', columns: [column('a')], steps: [] }, 'en')).toEqual(['? rows × 1 column']);
  });

  it('says shape and type of layers', () => {
    const tensor = {
      type: 'tensor',
      dtype: 'float32',
      shape: ['batch', 28, 28, 1],
      parameters: 0,
      flops: 0,
      layer: 'dense',
      inputs: [],
    } as const;
    expect(typeLines(tensor, 'en')).toEqual(['[batch, 28, 28, 1] float32']);
  });

  it('says what a model is for', () => {
    const type = { dtype: 'float32', shape: ['batch', 3] } as const;
    const classes = { name: 'kind', type, means: { kind: 'classes', classes: ['a', 'b', 'c'] }, target: 'y' } as const;
    const model = {
      type: 'model',
      outputs: [classes],
      parameters: 121_930,
      columns: [],
    } as const;
    expect(typeLines(model, 'en')).toEqual(['model · classification', '3 classes', '121,930 parameters']);
    const number = { name: 'price', type, means: { kind: 'number' }, target: 'p' } as const;
    expect(typeLines({ ...model, outputs: [classes, number] }, 'zh')[0]).toBe('模型 · 分类、回归');
  });
});

it('counts the work of one row', () => {
  expect(costText({ parameters: 121_930, flops: '5100000*batch' }, 'en')).toBe(
    '121,930 parameters · 5.1 MFLOP per row',
  );
  expect(costText({ parameters: 10, flops: 'batch*time' }, 'en')).toBe('10 parameters');
  expect(costText({ parameters: 10 }, 'zh')).toBe('10 个参数');
});

it('says range, classes and gaps of a column', () => {
  expect(columnFacts({ ...column('a'), range: [1.23456, 60], nulls: 2 }, 'en')).toBe('1.235 – 60 · 2 missing');
  expect(columnFacts({ ...column('a'), classes: ['no', 'yes'] }, 'en')).toBe('no, yes');
  expect(columnFacts(column('a'), 'en')).toBe('');
});
