import { expect, test } from 'vitest';
import { answerOf, answerSchema, namedNumbers, numbersOf } from './answer';
import type { OutputField } from './types/signature';

const field = (name: string, width: number, means: OutputField['means']): OutputField => {
  return { name, type: { dtype: 'float32', shape: ['batch', width] }, means };
};
const kind = field('kind', 2, { kind: 'classes', classes: ['a', 'b'] });
const price = field('price', 1, { kind: 'number' });
const code = field('code', 3, { kind: 'vector' });

const outputs: readonly (readonly [OutputField[], number[], unknown])[] = [
  [[kind], [0.25, 0.75], { class: 'b', probabilities: { a: 0.25, b: 0.75 } }],
  [[price], [12.5], 12.5],
  [[code], [1, 2, 3], [1, 2, 3]],
  [[price, kind], [2, 0.5, 0.5], { price: 2, kind: { class: 'a', probabilities: { a: 0.5, b: 0.5 } } }],
];

test.each(outputs)('an answer goes out and comes back: %#', (fields, numbers, answer) => {
  const given = answerOf(fields, numbers);
  expect(given).toEqual(answer);
  expect(numbersOf(answerSchema.parse(JSON.parse(JSON.stringify(given))), fields)).toEqual(numbers);
});

test('what an answer lacks is not a number', () => {
  expect(numbersOf({ kind: 3 }, [price, kind])).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});

test('every number has a name, the likeliest class first', () => {
  const answer = answerOf([price, kind], [2, 0.25, 0.75]);
  expect(namedNumbers(answer)).toEqual([
    { name: 'price', value: 2 },
    { name: 'kind: b', value: 0.75 },
    { name: 'kind: a', value: 0.25 },
  ]);
});
