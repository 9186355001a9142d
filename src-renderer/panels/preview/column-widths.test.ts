import { describe, expect, it } from 'vitest';
import { cellText, columnWidths } from './column-widths';

const column = (name: string) => ({ name, type: { kind: 'string' as const }, role: 'feature' as const });

describe('columnWidths', () => {
  it('grows with names and values, within limits', () => {
    const rows = [['x', 'y'.repeat(20), 'z'.repeat(500)]];
    const [short = 0, middle = 0, long = 0] = columnWidths({ columns: ['a', 'b', 'c'].map(column), rows });
    expect(short).toBe(96);
    expect(middle).toBeGreaterThan(short);
    expect(long).toBe(260);
  });

  it('has room for what the head says', () => {
    const bare = { ...column('a'), type: { kind: 'int' as const } };
    const full = { ...bare, nulls: 3, histogram: { kind: 'ranges' as const, min: 0, max: 1, counts: [1, 2] } };
    const [plain = 0, wide = 0] = columnWidths({ columns: [bare, full], rows: [] });
    expect(wide).toBeGreaterThan(plain + 80);
  });
});

describe('cellText', () => {
  it.each([
    [3, '3'],
    [0.1 + 0.2, '0.3'],
    [123456.789, '123457'],
    [0.000012345, '1.234e-5'],
    [true, 'true'],
    ['text', 'text'],
  ])('writes %j as %s', (cell, text) => {
    expect(cellText(cell)).toBe(text);
  });
});
