import { expect, test } from 'vitest';
import { complaintIn, fieldValue, hasFields, isSamePrediction, predictionIn } from './trial';

test('flat rows have fields, images do not', () => {
  expect([hasFields({ a: 1, b: 'x', c: null }), hasFields({ image: [[0, 1]] }), hasFields({})]).toEqual([
    true,
    false,
    false,
  ]);
});

test('what is typed keeps the type of the field', () => {
  expect(fieldValue('3.5', 1)).toBe(3.5);
  expect(fieldValue('3.5', 'a')).toBe('3.5');
  expect(fieldValue('', 1)).toBeNull();
  expect(fieldValue('many', 1)).toBe('many');
  expect(fieldValue('7', null)).toBe(7);
  expect(fieldValue('true', false)).toBe(true);
});

test('predictions and complaints are found in answers, and nothing in anything else', () => {
  const cat = { class: 'cat', probabilities: { cat: 0.9, dog: 0.1 } };
  expect(predictionIn({ predictions: [cat] })).toEqual(cat);
  expect(predictionIn({ predictions: [4.5] })).toBe(4.5);
  expect([predictionIn('busy'), predictionIn({ predictions: [] }), predictionIn(null)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect([complaintIn({ error: 'no column' }), complaintIn('busy'), complaintIn({})]).toEqual([
    'no column',
    'busy',
    undefined,
  ]);
});

test('the same prediction may differ in its last digits alone', () => {
  const app = { class: 'cat', probabilities: { cat: 0.9, dog: 0.1 } };
  expect(isSamePrediction({ class: 'cat', probabilities: { cat: 0.90001, dog: 0.09999 } }, app)).toBe(true);
  expect(isSamePrediction({ class: 'cat', probabilities: { cat: 0.8, dog: 0.2 } }, app)).toBe(false);
  expect(isSamePrediction({ class: 'cat', probabilities: { cat: 0.9 } }, app)).toBe(false);
  expect([isSamePrediction(1000.5, 1000), isSamePrediction(1.1, 1), isSamePrediction(1, app)]).toEqual([
    true,
    false,
    false,
  ]);
});
