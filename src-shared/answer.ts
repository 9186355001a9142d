import { z } from 'zod';
import { classesOf, type OutputField, widthOf } from './types/signature';

const single = z.union([
  z.number(),
  z.array(z.number()),
  z.strictObject({ class: z.string(), probabilities: z.record(z.string(), z.number()) }),
]);

/** What a model says of one row, as a server writes it; of a model with several outputs by their names. */
export const answerSchema = z.union([single, z.record(z.string(), single)]);

/** A number, several numbers, or a class with the probability of every class. */
export type SingleAnswer = z.infer<typeof single>;
export type Answer = SingleAnswer | { readonly [output: string]: SingleAnswer };

/** The answer for one row. @param numbers of all outputs, one after the other */
export function answerOf(fields: readonly OutputField[], numbers: ArrayLike<number>): Answer {
  const [only, ...more] = fields;
  if (only && more.length === 0) return singleAnswer(only, Array.from(numbers));
  let from = 0;
  const answers = fields.map((field) => {
    const own = Array.from({ length: widthOf(field) }, (_, i) => numbers[from + i] ?? Number.NaN);
    from += own.length;
    return [field.name, singleAnswer(field, own)];
  });
  return Object.fromEntries(answers);
}

function singleAnswer(field: OutputField, numbers: readonly number[]): SingleAnswer {
  const classes = classesOf(field);
  if (classes) {
    const best = numbers.indexOf(Math.max(...numbers));
    const probabilities = Object.fromEntries(classes.map((name, i) => [name, numbers[i] ?? Number.NaN]));
    return { class: classes[best] ?? '', probabilities };
  }
  return numbers.length === 1 ? (numbers[0] ?? Number.NaN) : [...numbers];
}

/** The numbers of an answer, in the order of `answerOf`; NaN for those that it lacks. */
export function numbersOf(answer: Answer, fields: readonly OutputField[]): number[] {
  const [only, ...more] = fields;
  if (only && more.length === 0) return singleNumbers(answer, only);
  const byName = isSingle(answer) ? {} : answer;
  return fields.flatMap((field) => singleNumbers(byName[field.name], field));
}

function singleNumbers(answer: Answer | undefined, field: OutputField): number[] {
  const classes = classesOf(field);
  if (classes) {
    const probabilities = answer !== undefined && isClassAnswer(answer) ? answer.probabilities : {};
    return classes.map((name) => probabilities[name] ?? Number.NaN);
  }
  const numbers = typeof answer === 'number' ? [answer] : Array.isArray(answer) ? answer : [];
  return Array.from({ length: widthOf(field) }, (_, i) => numbers[i] ?? Number.NaN);
}

export function isClassAnswer(answer: Answer): answer is Extract<SingleAnswer, { class: string }> {
  return typeof answer === 'object' && !Array.isArray(answer) && typeof answer.class === 'string';
}

function isSingle(answer: Answer): answer is SingleAnswer {
  return typeof answer === 'number' || Array.isArray(answer) || isClassAnswer(answer);
}

/** Every number of an answer with a name for it: the class, the output, the place in a list. */
export function namedNumbers(answer: Answer): { readonly name: string; readonly value: number }[] {
  if (typeof answer === 'number') return [{ name: '', value: answer }];
  if (Array.isArray(answer)) return answer.map((value, i) => ({ name: String(i), value }));
  if (isClassAnswer(answer)) {
    const sorted = Object.entries(answer.probabilities).sort(([, a], [, b]) => b - a);
    return sorted.map(([name, value]) => ({ name, value }));
  }
  return Object.entries(answer).flatMap(([output, one]) =>
    namedNumbers(one).map(({ name, value }) => ({ name: name === '' ? output : `${output}: ${name}`, value })),
  );
}
