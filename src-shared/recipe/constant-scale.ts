import { problem } from '../problem';
import type { Column } from '../types/ports';
import { isChosen, isClassColumn, unknownColumn } from './columns';
import { defineStep } from './define-step';
import { quoteNumber } from './sql';

export interface ConstantScaleParams {
  readonly columns: readonly string[];
  readonly subtract: number;
  readonly divideBy: number;
  readonly [key: string]: readonly string[] | number;
}

const touches = (column: Column, { columns }: ConstantScaleParams) =>
  isChosen(column, columns, isScalable) && !isClassColumn(column);

/** By itself a constant scales numbers and images; vectors that came from encoding stay as they are. */
function isScalable({ type }: Column): boolean {
  if (type.kind === 'tensor') return type.shape.length > 1 || type.dtype === 'uint8';
  return type.kind === 'float' || type.kind === 'int';
}

/** `(x − subtract) / divideBy`: nothing is learned, so the same numbers hold in every fold. */
export const constantScale = defineStep<ConstantScaleParams>({
  name: 'constantScale',
  columns: (columns, params) => {
    if (params.divideBy === 0) return problem('divide-by-zero', {}, { param: 'divideBy' });
    const unknown = unknownColumn(columns, params.columns);
    if (unknown) return unknown;
    const scale = ([low, high]: readonly [number, number]): readonly [number, number] => {
      const ends = [(low - params.subtract) / params.divideBy, (high - params.subtract) / params.divideBy];
      return [Math.min(...ends), Math.max(...ends)];
    };
    return columns.map((column) => {
      if (!touches(column, params)) return column;
      const { classes: _, range, type, ...rest } = column;
      const scaled = type.kind === 'tensor' ? ({ ...type, dtype: 'float32' } as const) : ({ kind: 'float' } as const);
      return { ...rest, type: scaled, ...(range ? { range: scale(range) } : {}) };
    });
  },
  touches,
  sql: ({ sql }, { params }) => `((${sql} - ${quoteNumber(params.subtract)}) / ${quoteNumber(params.divideBy)})`,
  apply: (b, { value }, { params }) => {
    const x = value.type.dtype === 'float64' ? value : b.cast(value, 'float32');
    const { dtype } = x.type;
    const shifted = params.subtract === 0 ? x : b.subtract(x, b.constant(params.subtract, dtype));
    return b.cast(params.divideBy === 1 ? shifted : b.divide(shifted, b.constant(params.divideBy, dtype)), 'float32');
  },
  invert: (b, value, { params }) =>
    b.add(b.scale(value, params.divideBy), b.constant(params.subtract, value.type.dtype)),
  samples: [
    {
      columns: [{ name: 'x', type: { kind: 'float' }, role: 'feature' }],
      rows: [[0], [255], [-3.5], [null]],
      params: { columns: [], subtract: 1, divideBy: 255 },
    },
  ],
});
