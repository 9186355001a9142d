import { z } from 'zod';
import type { HeldOutRows } from './create-exports';

/** `samples.json`: a few held-out raw rows with the app's predictions, so that a live endpoint can be tried. */
export const samplesSchema = z.object({
  rows: z.array(z.record(z.string(), z.unknown())).min(1),
  /** `[rows, classes]` or `[rows, 1]`. */
  outputs: z.array(z.array(z.number())).min(1),
});

export type Samples = z.infer<typeof samplesSchema>;

const sampleCount = 5;

/** The first rows that the proof uses: the same model has the same samples. */
export function takeSamples({ rows, outputs }: HeldOutRows): Samples {
  const width = outputs.data.length / Math.max(1, rows.length);
  const values = Array.from(outputs.data, Number);
  const chosen = rows.slice(0, sampleCount).map((row) => ({ ...row }));
  return { rows: chosen, outputs: chosen.map((_row, i) => values.slice(i * width, (i + 1) * width)) };
}
