import { defineStep } from './define-step';
import { fittedNumber } from './fitted-values';
import { linearScale, type ScaleParams } from './linear-scale';

/** `(x − min) / (max − min)` over the training rows; a constant column becomes 0. */
export const minMax = defineStep<ScaleParams>({
  name: 'minMax',
  ...linearScale((fitted, column) => {
    const low = fittedNumber(fitted, 'min', column);
    return { shift: low, divisor: fittedNumber(fitted, 'max', column) - low || 1 };
  }),
  fit: (columns) =>
    Object.fromEntries(
      columns.map(({ column, sql }) => [
        column.name,
        { min: { aggregate: 'min', sql }, max: { aggregate: 'max', sql } },
      ]),
    ),
  samples: [
    {
      columns: [
        { name: 'x', type: { kind: 'float' }, role: 'feature' },
        { name: 'same', type: { kind: 'int' }, role: 'feature' },
      ],
      rows: [
        [1, 5],
        [2.5, 5],
        [null, 5],
        [-7, 5],
        [40, 5],
      ],
      params: { columns: [] },
    },
  ],
});
