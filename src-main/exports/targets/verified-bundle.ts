import { isAbsolute, join } from 'node:path';
import { parse } from 'secure-json-parse';
import { z } from 'zod';
import type { Hash } from '../../../src-shared/hash';
import { fail } from '../../../src-shared/problem';
import type { ParityReport } from '../../../src-shared/runs/values';
import { hashContent, hashFile } from '../../files/content-hash';
import { type FsPort, statIfThere } from '../../files/fs-port';
import { type BundleMetadata, bundleMetadataSchema } from '../../serving/bundle-metadata';
import { type BundleFile, hashFileList } from '../bundle-files';
import { type Samples, samplesSchema } from '../samples';

/** A bundle whose every file is what its metadata says, and that was proven when it was exported. */
export interface VerifiedBundle {
  readonly folder: string;
  readonly name: string;
  readonly hash: Hash;
  readonly bytes: number;
  /** All files, `metadata.json` included, by path. */
  readonly files: readonly BundleFile[];
  readonly metadata: BundleMetadata;
  /** Largest difference that counts as the same prediction. */
  readonly tolerance: number;
  /** What the proof said when it was exported. */
  readonly parity: ParityReport;
  /** Held-out rows and what the app predicts for them. */
  readonly samples: Samples;
}

const paritySchema = z.object({
  rows: z.number().min(1),
  tolerance: z.number(),
  formats: z.record(
    z.string(),
    z.object({
      runtime: z.string(),
      signature: z.enum(['raw', 'tensor']),
      maxDifference: z.number(),
      classChanges: z.number(),
      bytes: z.number(),
    }),
  ),
});

/**
 * Opens a bundle and checks every file's hash.
 * @throws ProblemError `bundle-missing`, `deploy-unverified`
 */
export async function openVerifiedBundle(fs: FsPort, folder: string, signal?: AbortSignal): Promise<VerifiedBundle> {
  if (!(await statIfThere(fs, join(folder, 'metadata.json')))) fail('bundle-missing', { path: folder });
  const own = await fs.read(join(folder, 'metadata.json'));
  const metadata = readPart(own, bundleMetadataSchema, { folder, path: 'metadata.json' });
  const listed = metadata.files;
  for (const needed of ['parity.json', 'samples.json', 'server.mjs']) {
    if (!listed.some(({ path }) => path === needed)) fail('deploy-unverified', { path: folder, file: needed });
  }
  for (const file of listed) await checkFile(fs, { folder, file }, signal);
  const sha256 = hashContent(own).slice('sha256:'.length);
  const files = [...listed, { path: 'metadata.json', bytes: own.length, sha256 }].sort(byPath);
  const parity = await readJsonFile(fs, paritySchema, { folder, path: 'parity.json' });
  return {
    folder,
    name: metadata.name,
    hash: hashFileList(files),
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    files,
    metadata,
    tolerance: parity.tolerance,
    parity,
    samples: await readJsonFile(fs, samplesSchema, { folder, path: 'samples.json' }),
  };
}

/** A file of the bundle, as it was verified. */
export async function readVerified(fs: FsPort, bundle: VerifiedBundle, file: BundleFile): Promise<Uint8Array> {
  const bytes = await fs.read(join(bundle.folder, file.path));
  if (hashContent(bytes) !== `sha256:${file.sha256}`) {
    fail('deploy-unverified', { path: bundle.folder, file: file.path });
  }
  return bytes;
}

/** The short form of a bundle's hash that stands in folders and keys. */
export function shortHash(bundle: Pick<VerifiedBundle, 'hash'>): string {
  return bundle.hash.slice('sha256:'.length, 'sha256:'.length + 16);
}

interface Place {
  readonly folder: string;
  readonly path: string;
}

async function checkFile(
  fs: FsPort,
  { folder, file }: { readonly folder: string; readonly file: BundleFile },
  signal?: AbortSignal,
): Promise<void> {
  const refuse = () => fail('deploy-unverified', { path: folder, file: file.path });
  if (isAbsolute(file.path) || /(^|[\\/])\.\.([\\/]|$)|[\\:]/.test(file.path)) refuse();
  const found = await statIfThere(fs, join(folder, file.path));
  if (found?.kind !== 'file' || found.size !== file.bytes) refuse();
  if ((await hashFile(fs, join(folder, file.path), signal)) !== `sha256:${file.sha256}`) refuse();
}

async function readJsonFile<T>(fs: FsPort, schema: z.ZodType<T>, place: Place): Promise<T> {
  return readPart(await fs.read(join(place.folder, place.path)), schema, place);
}

function readPart<T>(bytes: Uint8Array, schema: z.ZodType<T>, { folder, path }: Place): T {
  try {
    return schema.parse(parse(new TextDecoder().decode(bytes)));
  } catch {
    return fail('deploy-unverified', { path: folder, file: path });
  }
}

function byPath(a: BundleFile, b: BundleFile): number {
  return a.path < b.path ? -1 : 1;
}
