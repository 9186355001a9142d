import { join } from 'node:path';
import { z } from 'zod';
import { readSafetensors } from '../../../src-shared/formats/safetensors/read-safetensors';
import { writeSafetensors } from '../../../src-shared/formats/safetensors/write-safetensors';
import type { Hash } from '../../../src-shared/hash';
import type { Checkpoint, Checkpoints } from '../../../src-shared/runs/run-context';
import { temporaryName, writeNewFile } from '../../files/atomic-write';
import { hashContent } from '../../files/content-hash';
import { withDiskProblems } from '../../files/disk-problem';
import { type FsPort, isDiskError, listIfThere } from '../../files/fs-port';

const tensorsFile = 'tensors.safetensors';
const progressFile = 'progress.json';

const progressSchema = z.strictObject({
  epoch: z.number(),
  step: z.number(),
  sha256: z.string(),
  progress: z.record(z.string(), z.unknown()),
});

/** Progress by which the best checkpoint is known: `{ best: true }` marks one as the best so far. */
const isBest = (progress: Readonly<Record<string, unknown>>) => progress.best === true;
const keepNewest = 2;

/**
 * Checkpoints of one training step: each a folder written beside its place, flushed and renamed, so that a kill
 * loses at most the one being written. Keeps the last two and the best. `earlier` are folders of the same training
 * in runs that did not finish.
 */
export class CheckpointFolder implements Checkpoints {
  constructor(
    private readonly fs: FsPort,
    private readonly folder: string,
    private readonly earlier: readonly string[] = [],
  ) {}

  async save(checkpoint: Checkpoint): Promise<Hash> {
    return withDiskProblems(this.folder, async () => {
      const names = await checkpointNames(this.fs, this.folder);
      const next = Math.max(0, ...names.map(numberOf)) + 1;
      const hash = await this.write(join(this.folder, `ckpt-${next}`), checkpoint);
      await this.thinOut();
      return hash;
    });
  }

  async latest(): Promise<Checkpoint | undefined> {
    for (const folder of [this.folder, ...this.earlier]) {
      for (const name of (await checkpointNames(this.fs, folder)).reverse()) {
        const checkpoint = await readCheckpoint(this.fs, join(folder, name));
        if (checkpoint) return checkpoint;
      }
    }
    return undefined;
  }

  private async write(path: string, { tensors, progress, epoch, step }: Checkpoint): Promise<Hash> {
    const bytes = writeSafetensors(tensors);
    const sha256 = hashContent(bytes);
    const temporary = temporaryName(path);
    await this.fs.makeFolder(temporary);
    try {
      await writeNewFile(this.fs, join(temporary, tensorsFile), bytes);
      const description = Buffer.from(JSON.stringify({ epoch, step, sha256, progress }));
      await writeNewFile(this.fs, join(temporary, progressFile), description);
      await this.fs.syncFolder(temporary);
      await this.fs.rename(temporary, path);
    } catch (error) {
      await this.fs.remove(temporary).catch(() => undefined);
      throw error;
    }
    await this.fs.syncFolder(this.folder);
    return sha256;
  }

  private async thinOut(): Promise<void> {
    const old = (await checkpointNames(this.fs, this.folder)).slice(0, -keepNewest).reverse();
    let bestKept = false;
    for (const name of old) {
      const path = join(this.folder, name);
      const described = await readProgress(this.fs, path);
      if (!bestKept && described && isBest(described.progress)) bestKept = true;
      else await this.fs.remove(path);
    }
  }
}

/** Oldest first. */
async function checkpointNames(fs: FsPort, folder: string): Promise<string[]> {
  const names = (await listIfThere(fs, folder)).filter((name) => /^ckpt-\d+$/.test(name));
  return names.sort((a, b) => numberOf(a) - numberOf(b));
}

function numberOf(name: string): number {
  return Number(name.slice('ckpt-'.length));
}

async function readProgress(fs: FsPort, folder: string) {
  try {
    const text = Buffer.from(await fs.read(join(folder, progressFile))).toString('utf8');
    return progressSchema.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError || isDiskError(error)) return undefined;
    throw error;
  }
}

/** The checkpoint, or undefined where a byte of it is not what was written. */
async function readCheckpoint(fs: FsPort, folder: string): Promise<Checkpoint | undefined> {
  const described = await readProgress(fs, folder);
  if (!described) return undefined;
  try {
    const bytes = await fs.read(join(folder, tensorsFile));
    if (hashContent(bytes) !== described.sha256) return undefined;
    const { epoch, step, progress } = described;
    return { epoch, step, progress, tensors: readSafetensors(bytes).tensors };
  } catch (error) {
    if (isDiskError(error)) return undefined;
    throw error;
  }
}
