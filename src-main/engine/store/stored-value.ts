import { z } from 'zod';
import type { Hash } from '../../../src-shared/hash';
import type { WireName } from '../../../src-shared/types/ports';

const hashSchema = z.templateLiteral(['sha256:', z.string().regex(/^[0-9a-f]{64}$/)]);
export const wireNames = [
  'table',
  'dataset',
  'tensor',
  'estimator',
  'model',
  'predictions',
  'report',
  'artifact',
] as const satisfies readonly WireName[];

/** `value.json`: what a stored value is and came from, and what its files must measure to be believed. */
export const storedValueSchema = z.strictObject({
  format: z.literal('modelyard-value'),
  version: z.literal(1),
  hash: hashSchema,
  type: z.enum(wireNames),
  madeBy: z.strictObject({ kind: z.string(), version: z.number(), node: z.string() }),
  /** Hashes of what it was made from, by input port. */
  inputs: z.record(z.string(), z.array(hashSchema)),
  /** What making it took. */
  seconds: z.number(),
  files: z.record(z.string(), z.strictObject({ bytes: z.number(), sha256: hashSchema })),
  /** Blobs without which the value is worth nothing. */
  blobs: z.array(hashSchema),
});

export type StoredValue = z.infer<typeof storedValueSchema>;

export type Provenance = Pick<StoredValue, 'hash' | 'madeBy' | 'seconds'> & {
  /** Null where nothing was known of one. */
  readonly inputs: Readonly<Record<string, readonly (Hash | null)[]>>;
};

/** A value's payload: named files. */
export type ValueFiles = Readonly<Record<string, Uint8Array>>;

/** A payload to be written: plain data as JSON, anything else as bytes. */
export type EncodedFiles = Readonly<Record<string, string | Uint8Array>>;
