import { expect, test } from 'vitest';
import { lookupOp } from '../../ops/catalog';
import { ProgramBuilder } from '../../ops/program-builder';
import { cutLookups } from './cut-lookups';

function program(vocabularies: readonly (readonly string[])[]) {
  const b = new ProgramBuilder(lookupOp);
  const word = b.input('word', { dtype: 'string', shape: ['batch'] });
  const codes = vocabularies.map((vocabulary) => b.value('lookup', { x: word }, { vocabulary }));
  const number = b.input('number', { dtype: 'float32', shape: ['batch'] });
  return b.build(Object.fromEntries([...codes, number].map((value, i) => [`y${i}`, value])));
}

test('a looked-up text becomes codes under its own name', () => {
  const { program: cut, vocabularies } = cutLookups(
    program([
      ['a', 'b'],
      ['a', 'b'],
    ]),
  );
  expect(vocabularies).toEqual({ word: ['a', 'b'] });
  expect(cut.inputs).toEqual({
    word: { dtype: 'int32', shape: ['batch'] },
    number: { dtype: 'float32', shape: ['batch'] },
  });
  expect(cut.steps.map(({ op, attrs }) => `${op} ${attrs.dtype}`)).toEqual([
    'feed int32',
    'feed int32',
    'feed float32',
  ]);
  expect(ProgramBuilder.from(cut, lookupOp).typeOf(cut.outputs.y0 ?? { step: '', output: '' }).dtype).toBe('int32');
});

test('a program without texts stays as it is', () => {
  const numeric = program([]);
  const { word: _unused, ...inputs } = numeric.inputs;
  const steps = numeric.steps.filter(({ attrs }) => attrs.name === 'number');
  expect(cutLookups({ ...numeric, inputs, steps })).toEqual({
    program: { ...numeric, inputs, steps },
    vocabularies: {},
  });
});

test('one text in two vocabularies is refused', () => {
  expect(() => cutLookups(program([['a'], ['b']]))).toThrow('"word" is looked up in two vocabularies');
});
