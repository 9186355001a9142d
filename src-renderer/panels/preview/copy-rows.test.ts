import { expect, it } from 'vitest';
import type { TablePreview } from '../../../src-shared/preview';
import { tableText } from './copy-rows';

const column = (name: string) => ({ name, type: { kind: 'string' as const }, role: 'feature' as const });

it('copies header, row numbers and texts, and leaves pictures behind', () => {
  const table: TablePreview = {
    kind: 'table',
    columns: [column('image'), column('=label')],
    rowNumbers: [4, 9],
    rows: [
      [{ image: 0 }, 'cat'],
      [{ image: 1 }, null],
    ],
    images: ['', ''],
    offset: 0,
    total: 2,
  };
  expect(tableText(table)).toBe("#\t'=label\n5\tcat\n10\t");
});
