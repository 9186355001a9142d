import type { Value } from '../ops/program';
import type { ProgramBuilder } from '../ops/program-builder';
import { problem } from '../problem';
import type { Column } from '../types/ports';
import { isChosen, isNumberColumn, unknownColumn } from './columns';
import type { StepDefinition } from './define-step';
import { quoteNumber } from './sql';

/** Params of the scalings that are learned from the training rows. */
export interface ScaleParams {
  readonly columns: readonly string[];
  readonly [key: string]: readonly string[];
}

/** `(x − shift) / divisor`, as fitted. */
export interface Scaling {
  readonly shift: number;
  readonly divisor: number;
}

const touches = (column: Column, { columns }: ScaleParams) =>
  isNumberColumn(column) && isChosen(column, columns, ({ type }) => type.kind === 'float' || type.kind === 'int');

/** What `standardize` and `minMax` have in common: `scaling` says how the fitted numbers shift and divide. */
export function linearScale(
  scaling: (fitted: Parameters<NonNullable<StepDefinition['sql']>>[1]['fitted'], column: string) => Scaling,
): Pick<StepDefinition<ScaleParams>, 'columns' | 'touches' | 'sql' | 'apply' | 'invert'> {
  return {
    columns: (columns, params) => {
      const unknown = unknownColumn(columns, params.columns);
      if (unknown) return unknown;
      const tensor = columns.find(({ name, type }) => params.columns.includes(name) && type.kind === 'tensor');
      const image = tensor ?? onlyImages(columns, params);
      if (image) return tensorProblem(image);
      return columns.map((column) => (touches(column, params) ? asFloat(column) : column));
    },
    touches,
    sql: ({ column, sql }, { fitted }) => {
      const { shift, divisor } = scaling(fitted, column.name);
      return `((${sql} - ${quoteNumber(shift)}) / ${quoteNumber(divisor)})`;
    },
    apply: (b, { column, value }, { fitted }) => scaled(b, value, scaling(fitted, column.name)),
    invert: (b, value, { fitted }) => {
      const { shift, divisor } = scaling(fitted, 'target');
      return b.add(b.scale(value, divisor), b.constant(shift, value.type.dtype));
    },
  };
}

function scaled(b: ProgramBuilder, value: Value, { shift, divisor }: Scaling): Value {
  const { dtype } = value.type;
  return b.cast(b.divide(b.subtract(value, b.constant(shift, dtype)), b.constant(divisor, dtype)), 'float32');
}

function asFloat({ classes: _, range: __, ...column }: Column): Column {
  return { ...column, type: { kind: 'float' } };
}

/** With nothing named and nothing but images to scale, doing nothing would look like success. */
function onlyImages(columns: readonly Column[], params: ScaleParams): Column | undefined {
  if (params.columns.length > 0 || columns.some((column) => touches(column, params))) return undefined;
  return columns.find(({ role, type }) => role === 'feature' && type.kind === 'tensor' && type.dtype === 'uint8');
}

function tensorProblem({ name }: Column) {
  return problem(
    'scale-tensor-by-constant',
    { column: name },
    { param: 'method', fix: { code: 'set-param', param: 'method', to: 'constant' } },
  );
}
