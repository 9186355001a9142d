import { join } from 'node:path';
import { answerOf } from '../../src-shared/answer';
import type { Bundle, Sample } from '../../src-shared/deploy';
import { ProblemError } from '../../src-shared/problem';
import { readJournal } from '../engine/journal/read-journal';
import { runsOf } from '../engine/journal/run-folder';
import { openVerifiedBundle, type VerifiedBundle } from '../exports/targets/verified-bundle';
import { type FsPort, isDiskError } from '../files/fs-port';
import { outputFields } from '../serving/bundle-metadata';

/** How many runs of a document are looked through. */
const searched = 20;

/** Bundles that runs of a document made, are still where they were put, and are what was proven; newest first. */
export async function bundlesOfRuns(fs: FsPort, runsFolder: string, source: string): Promise<Bundle[]> {
  const runs = await runsOf(fs, runsFolder, { source, limit: searched });
  const folders = new Set<string>();
  for (const { id } of runs) {
    for (const path of await artifactsOf(fs, join(runsFolder, id))) folders.add(path);
  }
  const found = await Promise.all([...folders].map((folder) => bundleIfThere(fs, folder)));
  return found.flatMap((bundle) => bundle ?? []).sort((a, b) => (a.madeAt > b.madeAt ? -1 : 1));
}

/** @throws ProblemError `bundle-missing`, `deploy-unverified` */
export async function describeBundle(fs: FsPort, folder: string): Promise<Bundle> {
  const { name, bytes, parity } = await openVerifiedBundle(fs, folder);
  const { mtimeMs } = await fs.stat(join(folder, 'metadata.json'));
  return { path: folder, name, bytes, parity, madeAt: new Date(mtimeMs).toISOString() };
}

async function bundleIfThere(fs: FsPort, folder: string): Promise<Bundle | undefined> {
  try {
    return await describeBundle(fs, folder);
  } catch (error) {
    if (error instanceof ProblemError || isDiskError(error)) return undefined;
    throw error;
  }
}

/** Folders that the steps of a run say they wrote. */
async function artifactsOf(fs: FsPort, runFolder: string): Promise<string[]> {
  const outputs = (await readJournal(fs, runFolder)).flatMap((event) =>
    event.type === 'step-finished' ? Object.values(event.outputs ?? {}) : [],
  );
  return outputs.flatMap(({ type, detail }) => (type === 'artifact' ? (pathIn(detail) ?? []) : []));
}

function pathIn(detail: unknown): string | undefined {
  if (typeof detail !== 'object' || detail === null || !('path' in detail)) return undefined;
  return typeof detail.path === 'string' ? detail.path : undefined;
}

/** Held-out rows of a bundle, each with what the app predicts, written as a server writes it. */
export function samplesOf({ samples, metadata }: Pick<VerifiedBundle, 'samples' | 'metadata'>): Sample[] {
  const fields = outputFields(metadata);
  return samples.rows.map((row, index) => ({ row, predicted: answerOf(fields, samples.outputs[index] ?? []) }));
}
