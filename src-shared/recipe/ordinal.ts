import { isProblem } from '../problem';
import {
  codeCount,
  codeSql,
  codeValue,
  type EncodeParams,
  encodeProblem,
  fitMostFrequent,
  touchesClasses,
} from './class-codes';
import { defineStep } from './define-step';
import { encodeSamples } from './encode-samples';

/**
 * The number of the class: 0, 1, 2 … in the order of the classes. Policy `bucket` gives what was never seen or is
 * missing the next number; under `error` too, and whoever serves the model refuses it.
 */
export const ordinal = defineStep<EncodeParams>({
  name: 'ordinal',
  columns: (columns, params) => {
    const wrong = encodeProblem(columns, params);
    if (isProblem(wrong)) return wrong;
    return columns.map((column) => {
      if (!touchesClasses(column, params)) return column;
      const range = [0, codeCount(column, params) - 1] as const;
      return { name: column.name, role: column.role, type: { kind: 'int' }, nulls: 0, range };
    });
  },
  fit: fitMostFrequent,
  sql: codeSql,
  apply: (b, column, context) => b.cast(codeValue(b, column, context), 'float32'),
  touches: touchesClasses,
  refusesUnknown: ({ unknown }) => unknown === 'error',
  samples: encodeSamples,
});
