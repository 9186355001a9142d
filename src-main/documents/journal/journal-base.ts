import { join } from 'node:path';
import { z } from 'zod';
import type { Hash } from '../../../src-shared/hash';
import { writeFileAtomic } from '../../files/atomic-write';
import { isHash } from '../../files/content-hash';
import { type FsPort, isDiskError } from '../../files/fs-port';
import { ownerSchema } from '../../files/process-owner';

/** What the lines of a journal change, and whose it is: one file, so that they are never of different moments. */
const baseSchema = z.object({
  /** Null: nobody has it open any more, and its edits wait for recovery. */
  owner: ownerSchema.nullable(),
  name: z.string(),
  path: z.string().optional(),
  /** Folder that paths in the document are relative to. */
  folder: z.string(),
  /** Of the file's content as it was read. */
  hash: z.custom<Hash>(isHash).optional(),
  /** Edits that the text holds and the file lacks. */
  edits: z.int(),
  editedAt: z.string(),
  /** The journal that this one was recovered from. */
  from: z.string().optional(),
  /** Edits that came from there. */
  carried: z.int().optional(),
  /** Name of the file with the lines that follow. */
  lines: z.string().regex(/^edits\.[0-9a-f]+\.ndjson$/),
  text: z.string(),
});
export type JournalBase = z.infer<typeof baseSchema>;

/** Of a journal or a draft: also the name of its folder. */
export function isDocumentId(id: string): boolean {
  return /^[0-9a-f-]{36}$/.test(id);
}

const baseName = 'base.json';

export async function writeBase(fs: FsPort, folder: string, base: JournalBase): Promise<void> {
  await writeFileAtomic(fs, join(folder, baseName), Buffer.from(JSON.stringify(base)));
}

/** Undefined where there is none, or none that can be read. */
export async function readBase(fs: FsPort, folder: string): Promise<JournalBase | undefined> {
  const bytes = await readIfThere(fs, join(folder, baseName));
  try {
    return bytes && baseSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    return undefined;
  }
}

export async function readLines(fs: FsPort, folder: string, { lines }: JournalBase): Promise<string> {
  const bytes = await readIfThere(fs, join(folder, lines));
  return bytes ? Buffer.from(bytes).toString('utf8') : '';
}

async function readIfThere(fs: FsPort, path: string): Promise<Uint8Array | undefined> {
  try {
    return await fs.read(path);
  } catch (error) {
    if (isDiskError(error, 'ENOENT') || isDiskError(error, 'ENOTDIR')) return undefined;
    throw error;
  }
}
