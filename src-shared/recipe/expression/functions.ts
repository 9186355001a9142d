import type { Value } from '../../ops/program';
import type { ProgramBuilder } from '../../ops/program-builder';

/** What an expression can be. Points in time are numbers: milliseconds since 1970. */
export type ValueKind = 'number' | 'text' | 'truth';

/**
 * What can be called in an expression, with its two meanings. In SQL a number is a DOUBLE that may be NULL and a truth
 * is never NULL; in programs a number is float32 or float64, NaN where missing, and a truth is 0 or 1. What cannot be computed is
 * missing; a comparison with what is missing is false. No `sql` names an input twice: what is nested would grow without
 * bound.
 */
interface ExpressionFunction {
  readonly inputs: readonly ValueKind[];
  readonly output: ValueKind;
  readonly sql: (...inputs: string[]) => string;
  readonly ops: (b: ProgramBuilder, ...inputs: Value[]) => Value;
}

const two = ['number', 'number'] as const;
const both = ['truth', 'truth'] as const;

const truth = (b: ProgramBuilder, condition: Value) => b.cast(condition, 'float32');
const holds = (b: ProgramBuilder, condition: Value) => b.compare('greater', condition, b.constant(0.5));
const missing = (b: ProgramBuilder, like: Value) => b.constant(Number.NaN, like.type.dtype);
const zero = (b: ProgramBuilder, like: Value) => b.constant(0, like.type.dtype);
const within = (b: ProgramBuilder, condition: Value, value: Value) => b.select(condition, value, missing(b, value));
const known = (condition: string) => `coalesce(${condition}, false)`;

function arithmetic(sign: string, op: (b: ProgramBuilder, x: Value, y: Value) => Value): ExpressionFunction {
  return { inputs: two, output: 'number', sql: (x, y) => `(${x} ${sign} ${y})`, ops: op };
}

function comparison(sign: string, op: (b: ProgramBuilder, x: Value, y: Value) => Value): ExpressionFunction {
  return { inputs: two, output: 'truth', sql: (x, y) => known(`${x} ${sign} ${y}`), ops: op };
}

const equals = (b: ProgramBuilder, x: Value, y: Value) => truth(b, b.compare('equal', x, y));
const exceeds = (b: ProgramBuilder, x: Value, y: Value) => truth(b, b.compare('greater', x, y));

/** One of two, passing over one that is missing. */
function ofPresent(b: ProgramBuilder, { x, y }: { readonly x: Value; readonly y: Value }, both: Value): Value {
  const isMissing = (value: Value) => b.value('isNaN', { x: value });
  return b.select(isMissing(x), y, b.select(isMissing(y), x, both));
}

function unary(sql: (x: string) => string, op: (b: ProgramBuilder, x: Value) => Value): ExpressionFunction {
  return { inputs: ['number'], output: 'number', sql, ops: op };
}

const list: Readonly<Record<string, ExpressionFunction>> = {
  true: { inputs: [], output: 'truth', sql: () => 'true', ops: (b) => b.constant(1) },
  false: { inputs: [], output: 'truth', sql: () => 'false', ops: (b) => b.constant(0) },
  and: { inputs: both, output: 'truth', sql: (x, y) => `(${x} AND ${y})`, ops: (b, x, y) => b.multiply(x, y) },
  or: { inputs: both, output: 'truth', sql: (x, y) => `(${x} OR ${y})`, ops: (b, x, y) => b.maximum(x, y) },
  not: { inputs: ['truth'], output: 'truth', sql: (x) => `(NOT ${x})`, ops: (b, x) => b.subtract(b.constant(1), x) },
  add: arithmetic('+', (b, x, y) => b.add(x, y)),
  subtract: arithmetic('-', (b, x, y) => b.subtract(x, y)),
  multiply: arithmetic('*', (b, x, y) => b.multiply(x, y)),
  divide: {
    inputs: two,
    output: 'number',
    sql: (x, y) => `(${x} / nullif(${y}, 0))`,
    ops: (b, x, y) => b.select(b.compare('equal', y, zero(b, y)), missing(b, y), b.divide(x, y)),
  },
  negate: unary(
    (x) => `(-${x})`,
    (b, x) => b.scale(x, -1),
  ),
  equal: comparison('=', equals),
  notEqual: {
    inputs: two,
    output: 'truth',
    sql: (x, y) => `(NOT ${known(`${x} = ${y}`)})`,
    ops: (b, x, y) => b.subtract(b.constant(1), equals(b, x, y)),
  },
  less: comparison('<', (b, x, y) => exceeds(b, y, x)),
  greater: comparison('>', exceeds),
  lessEqual: comparison('<=', (b, x, y) => b.maximum(exceeds(b, y, x), equals(b, x, y))),
  greaterEqual: comparison('>=', (b, x, y) => b.maximum(exceeds(b, x, y), equals(b, x, y))),
  isMissing: {
    inputs: ['number'],
    output: 'truth',
    sql: (x) => `(${x} IS NULL)`,
    ops: (b, x) => truth(b, b.value('isNaN', { x })),
  },
  abs: unary(
    (x) => `abs(${x})`,
    (b, x) => b.unary('abs', x),
  ),
  floor: unary(
    (x) => `floor(${x})`,
    (b, x) => b.value('floor', { x }),
  ),
  exp: unary(
    (x) => `exp(${x})`,
    (b, x) => b.unary('exp', x),
  ),
  sqrt: unary(
    (x) => `nullif(pow(${x}, 0.5), 'nan'::DOUBLE)`,
    (b, x) => b.unary('sqrt', x),
  ),
  ln: unary(
    (x) => `ln(nullif(greatest(${x}, 0), 0))`,
    (b, x) => within(b, b.compare('greater', x, zero(b, x)), b.unary('log', x)),
  ),
  least: {
    inputs: two,
    output: 'number',
    sql: (x, y) => `least(${x}, ${y})`,
    ops: (b, x, y) => ofPresent(b, { x, y }, b.minimum(x, y)),
  },
  greatest: {
    inputs: two,
    output: 'number',
    sql: (x, y) => `greatest(${x}, ${y})`,
    ops: (b, x, y) => ofPresent(b, { x, y }, b.maximum(x, y)),
  },
  if: {
    inputs: ['truth', 'number', 'number'],
    output: 'number',
    sql: (condition, x, y) => `CASE WHEN ${condition} THEN ${x} ELSE ${y} END`,
    ops: (b, ...[condition, x, y]: [Value, Value, Value]) => b.select(holds(b, condition), x, y),
  },
};

export function lookupFunction(name: string): ExpressionFunction | undefined {
  return Object.hasOwn(list, name) ? list[name] : undefined;
}

/** Names that people call, for messages; the others are written as signs. */
export const functionNames = ['abs', 'floor', 'exp', 'sqrt', 'ln', 'least', 'greatest', 'if'];
