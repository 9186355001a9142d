import { z } from 'zod';
import type { Place } from '../../../src-shared/deploy';
import type { Hash } from '../../../src-shared/hash';

/** Version of the file that a deployment notes its progress in. */
export const deployNoteVersion = 2;

const progress = {
  format: z.literal('modelyard-deploy'),
  target: z.string(),
  // Hashes are written by us alone; one of another form names no bundle.
  bundle: z.string().transform((text) => text as Hash),
  done: z.array(z.string()),
  facts: z.record(z.string(), z.string()),
};

/** It told neither settings nor the bundle's folder: an interrupted deployment goes on, but cannot be listed. */
const first = z.object({ ...progress, version: z.literal(1) });

const second = z.object({
  ...progress,
  version: z.literal(deployNoteVersion),
  config: z.record(z.string(), z.unknown()),
  name: z.string(),
  folder: z.string(),
  state: z.enum(['deployed', 'unfinished', 'stopped']),
  place: z
    .object({ location: z.string(), endpoint: z.string().optional(), example: z.string().optional() })
    // zod adds `| undefined` to keys that may be absent; JSON has none.
    .transform((place) => place as Place)
    .optional(),
  updatedAt: z.string(),
});

const schema = z.discriminatedUnion('version', [first, second]);

/** What the file of a deployment holds, as it is written today. */
export type DeployNote = z.input<typeof second>;

/** A deployment's file of this or an earlier version; undefined where it is none or damaged. */
export function readDeployNote(bytes: Uint8Array): z.output<typeof schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data;
  } catch {
    return undefined;
  }
}
