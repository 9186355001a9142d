import { z } from 'zod';

const prediction = z.union([
  z.number(),
  z.object({ class: z.string(), probabilities: z.record(z.string(), z.number()) }),
]);

/** What a bundle's server answers to `{ instances }`. */
export const predictionsSchema = z.object({ predictions: z.array(prediction) });

/** One row's numbers, classes in the model's order; NaN for a class that the answer lacks. */
export function predictionNumbers(answer: z.infer<typeof prediction>, classes: readonly string[]): number[] {
  if (typeof answer === 'number') return [answer];
  return classes.map((name) => answer.probabilities[name] ?? Number.NaN);
}
