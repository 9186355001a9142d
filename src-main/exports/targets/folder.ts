import { dirname, join, resolve } from 'node:path';
import { targetForms } from '../../../src-shared/nodes/deploy/target-params';
import { problem } from '../../../src-shared/problem';
import { temporaryName, writeFileAtomic, writeNewFile } from '../../files/atomic-write';
import { hashContent } from '../../files/content-hash';
import { withDiskProblems } from '../../files/disk-problem';
import { statIfThere } from '../../files/fs-port';
import { checkTarget, makeTemporary, moveIntoPlace } from '../bundle-folder';
import { defineTarget, type Step, type StepContext } from './define-target';
import { readVerified, shortHash, type VerifiedBundle } from './verified-bundle';
import { zipBundle } from './zip-bundle';

/** A copy of the bundle in a folder, or as one zip file: a share, a stick, a folder that something else syncs. */
export const folder = defineTarget({
  name: 'folder',
  title: targetForms.folder.label,
  summary: {
    en: 'Copies the bundle to a folder, or packs it into one zip file.',
    zh: '把导出包复制到文件夹，或打包为一个 zip 文件。',
  },
  params: targetForms.folder.params,
  leaves: false,
  variables: () => [],
  hosts: () => [],
  validate: ({ config: { to } }) =>
    to.trim() === '' ? [problem('deploy-setting-missing', { setting: 'to' }, { param: 'to' })] : [],
  test: (_name, { config: { to } }, { fs }) => withDiskProblems(to, () => tryToWrite(fs, resolve(to))),
  plan: (bundle, { config: { to, format } }) => {
    const path = placeOf(bundle, to, format);
    return [format === 'zip' ? zipStep(bundle, path) : copyStep(bundle, path)];
  },
  place: (bundle, { config: { to, format } }) => {
    const location = placeOf(bundle, to, format);
    return format === 'zip' ? { location } : { location, example: `node ${join(location, 'server.mjs')} --port 8080` };
  },
  trial: (bundle, { config: { to, format } }) => ({
    folder: format === 'zip' ? bundle.folder : placeOf(bundle, to, format),
  }),
});

/** A folder holds one model's bundle; a zip lies in the folder, unless a file is named. */
function placeOf({ name }: VerifiedBundle, to: string, format: 'folder' | 'zip'): string {
  if (format === 'folder') return resolve(to, name);
  return to.endsWith('.zip') ? resolve(to) : resolve(to, `${name}.zip`);
}

/** Makes an empty file in the folder, or in the one that it would be made in, and takes it away again. */
async function tryToWrite(fs: StepContext['fs'], to: string): Promise<void> {
  let place = to.endsWith('.zip') ? dirname(to) : to;
  while (!(await statIfThere(fs, place)) && dirname(place) !== place) place = dirname(place);
  const trial = temporaryName(join(place, 'modelyard'));
  await writeNewFile(fs, trial, new Uint8Array());
  await fs.remove(trial);
}

function copyStep(bundle: VerifiedBundle, to: string): Step {
  return {
    id: `copy ${shortHash(bundle)} ${to}`,
    does: {
      en: `Copy ${bundle.files.length} files of “${bundle.name}” to ${to}`,
      zh: `将“${bundle.name}”的 ${bundle.files.length} 个文件复制到 ${to}`,
    },
    transfer: { bytes: bundle.bytes, to, leaves: false },
    isDone: ({ fs }) => withDiskProblems(to, () => holdsBundle(fs, bundle, to)),
    run: (context) => withDiskProblems(to, () => copyBundle(context, bundle, to)),
  };
}

async function holdsBundle(fs: StepContext['fs'], bundle: VerifiedBundle, to: string): Promise<boolean> {
  for (const { path, bytes, sha256 } of bundle.files) {
    const found = await statIfThere(fs, join(to, path));
    if (found?.size !== bytes || hashContent(await fs.read(join(to, path))) !== `sha256:${sha256}`) return false;
  }
  return true;
}

async function copyBundle({ fs, signal, onProgress }: StepContext, bundle: VerifiedBundle, to: string): Promise<void> {
  await checkTarget(fs, to);
  const temporary = await makeTemporary(fs, to);
  try {
    let done = 0;
    for (const file of bundle.files) {
      signal.throwIfAborted();
      await fs.makeFolder(dirname(join(temporary, file.path)));
      await writeNewFile(fs, join(temporary, file.path), await readVerified(fs, bundle, file));
      done += file.bytes;
      onProgress({ done, total: bundle.bytes, unit: 'bytes', message: file.path });
    }
    signal.throwIfAborted();
    await moveIntoPlace(fs, temporary, to);
  } catch (error) {
    await fs.remove(temporary).catch(() => undefined);
    throw error;
  }
}

function zipStep(bundle: VerifiedBundle, to: string): Step {
  return {
    id: `zip ${shortHash(bundle)} ${to}`,
    does: {
      en: `Pack ${bundle.files.length} files of “${bundle.name}” into ${to}`,
      zh: `将“${bundle.name}”的 ${bundle.files.length} 个文件打包为 ${to}`,
    },
    transfer: { bytes: bundle.bytes, to, leaves: false },
    isDone: ({ fs }) =>
      withDiskProblems(to, async () => {
        if (!(await statIfThere(fs, to))) return false;
        return hashContent(await fs.read(to)) === hashContent(await zipBundle(fs, bundle));
      }),
    run: ({ fs, signal }) =>
      withDiskProblems(to, async () => {
        const bytes = await zipBundle(fs, bundle);
        signal.throwIfAborted();
        await fs.makeFolder(dirname(to));
        await writeFileAtomic(fs, to, bytes);
      }),
  };
}
