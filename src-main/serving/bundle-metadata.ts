import { z } from 'zod';

const tensor = z.object({ name: z.string(), dtype: z.string(), shape: z.array(z.union([z.number(), z.string()])) });

/** `metadata.json` at the root of a bundle: what it holds, where it came from, and the hash of every file. */
export const bundleMetadataSchema = z.object({
  format: z.literal('modelyard-bundle'),
  version: z.literal(1),
  name: z.string().min(1),
  task: z.enum(['classification', 'regression']),
  target: z.string(),
  classes: z.array(z.string()).optional(),
  /** Raw columns, one value of this shape per row. */
  inputs: z.array(tensor),
  outputs: z.array(tensor),
  /** `raw`: texts and numbers in, preparation inside. `tensor`: words come as codes (`vocabularies.json`). */
  signatures: z.record(z.string(), z.enum(['raw', 'tensor'])),
  metrics: z.record(z.string(), z.number()),
  reports: z.array(z.record(z.string(), z.unknown())),
  lineage: z.record(z.string(), z.string()),
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })),
});

export type BundleMetadata = z.infer<typeof bundleMetadataSchema>;
