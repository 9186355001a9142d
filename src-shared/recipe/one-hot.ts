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
import { lambdaItem } from './sql';

/**
 * One number per class, 1 for the one it is. Policy `bucket` adds a last number for what was never seen or is
 * missing; under `error` such a row is all zeros here, and whoever serves the model refuses it.
 */
export const oneHot = defineStep<EncodeParams>({
  name: 'oneHot',
  columns: (columns, params) => {
    const wrong = encodeProblem(columns, params);
    if (isProblem(wrong)) return wrong;
    return columns.map((column) => {
      if (!touchesClasses(column, params)) return column;
      const type = { kind: 'tensor', shape: [codeCount(column, params)], dtype: 'float32' } as const;
      return { name: column.name, role: column.role, type, nulls: 0 };
    });
  },
  fit: fitMostFrequent,
  sql: (column, context) => {
    const code = codeSql(column, context);
    const items = Array.from({ length: codeCount(column.column, context.params) }, (_, i) => i);
    return `list_transform([${items.join(', ')}], lambda ${lambdaItem}: CAST(${lambdaItem} = ${code} AS FLOAT))`;
  },
  apply: (b, column, context) =>
    b.value('oneHot', { indices: codeValue(b, column, context) }, { depth: codeCount(column.column, context.params) }),
  touches: touchesClasses,
  refusesUnknown: ({ unknown }) => unknown === 'error',
  samples: encodeSamples,
});
