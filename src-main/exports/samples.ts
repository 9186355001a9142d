import { z } from 'zod';
import type { OutputField } from '../../src-shared/types/signature';
import type { HeldOutRows } from './create-exports';

/** `samples.json`: a few held-out raw rows with the app's predictions, so that a live endpoint can be tried. */
export const samplesSchema = z.object({
  rows: z.array(z.record(z.string(), z.unknown())).min(1),
  /** The numbers of all outputs, one after the other. */
  outputs: z.array(z.array(z.number())).min(1),
});

export type Samples = z.infer<typeof samplesSchema>;

const sampleCount = 5;

/** The first rows that the proof uses: the same model has the same samples. */
export function takeSamples({ rows, outputs }: HeldOutRows, fields: readonly OutputField[]): Samples {
  const chosen = rows.slice(0, sampleCount).map((row) => ({ ...row }));
  const numbers = (row: number) =>
    fields.flatMap(({ name }) => {
      const { width = 0, data = new Float32Array(0) } = outputs[name] ?? {};
      return Array.from(data.subarray(row * width, (row + 1) * width), Number);
    });
  return { rows: chosen, outputs: chosen.map((_row, i) => numbers(i)) };
}
