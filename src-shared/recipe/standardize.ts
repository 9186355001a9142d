import { defineStep } from './define-step';
import { fittedNumber } from './fitted-values';
import { linearScale, type ScaleParams } from './linear-scale';

/** `(x − mean) / standard deviation` (of the population) over the training rows; a constant column becomes 0. */
export const standardize = defineStep<ScaleParams>({
  name: 'standardize',
  ...linearScale((fitted, column) => ({
    shift: fittedNumber(fitted, 'mean', column),
    divisor: fittedNumber(fitted, 'deviation', column) || 1,
  })),
  fit: (columns) =>
    Object.fromEntries(
      columns.map(({ column, sql }) => [
        column.name,
        { mean: { aggregate: 'mean', sql }, deviation: { aggregate: 'deviation', sql } },
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
