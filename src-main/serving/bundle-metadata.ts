import { z } from 'zod';
import type { TensorType } from '../../src-shared/ops/tensor';
import type { OutputField } from '../../src-shared/types/signature';

const tensor = z.object({ name: z.string(), dtype: z.string(), shape: z.array(z.union([z.number(), z.string()])) });

const means = z.union([
  z.object({ kind: z.enum(['classes', 'classMap', 'labels']), classes: z.array(z.string()) }),
  z.object({ kind: z.enum(['number', 'vector', 'cluster', 'score', 'quantiles']) }),
]);

const shared = {
  format: z.literal('modelyard-bundle'),
  name: z.string().min(1),
  /** Raw columns, one value of this shape per row. */
  inputs: z.array(tensor),
  /** `raw`: texts and numbers in, preparation inside. `tensor`: words come as codes (`vocabularies.json`). */
  signatures: z.record(z.string(), z.enum(['raw', 'tensor'])),
  metrics: z.record(z.string(), z.number()),
  reports: z.array(z.record(z.string(), z.unknown())),
  lineage: z.record(z.string(), z.string()),
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })),
};

const current = z.object({
  ...shared,
  version: z.literal(2),
  /** What each output means, and the column that it predicts. */
  outputs: z.array(z.object({ ...tensor.shape, means, target: z.string().optional() })),
});

/** Bundles of before had one output. */
const first = z.object({
  ...shared,
  version: z.literal(1),
  task: z.enum(['classification', 'regression']),
  target: z.string(),
  classes: z.array(z.string()).optional(),
  outputs: z.array(tensor),
});

/** `metadata.json` at the root of a bundle: what it holds, where it came from, and the hash of every file. */
export const bundleMetadataSchema = z.union([current, first.transform(withMeaning)]);

export type BundleMetadata = z.infer<typeof current>;

function withMeaning({ task, target, classes = [], outputs, ...rest }: z.infer<typeof first>): BundleMetadata {
  const meaning = task === 'classification' ? ({ kind: 'classes', classes } as const) : ({ kind: 'number' } as const);
  return { ...rest, version: 2, outputs: outputs.map((output) => ({ ...output, means: meaning, target })) };
}

/** The outputs as the rest of the program knows them. */
export function outputFields({ outputs }: Pick<BundleMetadata, 'outputs'>): OutputField[] {
  return outputs.map(({ name, dtype, shape, means: meaning, target }) => {
    // The exporter writes the names of its own types.
    const type = { dtype, shape } as TensorType;
    return { name, type, means: meaning, ...(target === undefined ? {} : { target }) };
  });
}
