import { join } from 'node:path';
import { ownEntry } from '../../src-shared/document/own-entry';
import { takeSystemDigest } from '../../src-shared/hash';
import { lookupNode } from '../../src-shared/nodes/catalog';
import { fail } from '../../src-shared/problem';
import type { Device } from '../../src-shared/window-data';
import { createExports } from '../exports/create-exports';
import { environmentOf } from '../exports/targets/check-config';
import type { Environment } from '../exports/targets/define-target';
import { createDeploy } from '../exports/targets/deploy-artifact';
import type { Reach } from '../exports/targets/deploy-context';
import { deployFolder } from '../exports/targets/deploy-state';
import { digestHex } from '../files/content-hash';
import { type FsPort, listIfThere, realFs } from '../files/fs-port';
import { isProcessAlive } from '../files/process-alive';
import type { EngineParts, ExportingStep } from './engine-parts';
import { heldOutRows } from './held-out-rows';
import { createImages } from './images';
import type { EngineSettings } from './messages';
import { ViewCache } from './preview/view-cache';
import { FileHashes } from './probe/file-hashes';
import { FolderHashes } from './probe/folder-hashes';
import { SharedWork } from './probe/shared-work';
import { openStore } from './store/store';
import { createTables } from './tables/tables';

/** The real parts of an engine process. The runtime is loaded when it is first needed, and never to look. */
export async function openEngineParts(
  { role, store: root, storeLimit, device = 'auto' }: EngineSettings,
  onTalk: NonNullable<Reach['onTalk']> = () => () => undefined,
): Promise<EngineParts> {
  takeSystemDigest(digestHex);
  const fs = realFs;
  const store = await openStore(fs, root);
  const temp = join(root, 'temp');
  await sweepProcessFolders(fs, temp);
  const tables = createTables({
    store: store.blobs,
    blobPath: (hash) => store.blobs.localPath(hash),
    tempFolder: join(temp, String(process.pid)),
  });
  let runner: ReturnType<EngineParts['openRunner']> | undefined;
  return {
    fs,
    store,
    storeLimit,
    hashes: new FileHashes(fs, store.folders.facts),
    folders: new FolderHashes(fs, store.folders.facts),
    images: createImages(fs),
    lookup: lookupNode,
    tables,
    reading: new SharedWork(),
    views: new ViewCache(),
    openRunner: () => {
      if (role === 'look') fail('engine-only-looks');
      runner ??= openRunner(device);
      return runner;
    },
    exports: (step) =>
      createExports({
        ...step,
        fs,
        heldOut: (predictor, limit) => heldOutRows(predictor, { ...step, limit }),
        deploy: createDeploy({ ...deployingStep(step), fs, stateFolder: join(root, deployFolder), onTalk }),
      }),
  };
}

function deployingStep(step: ExportingStep) {
  const { node, signal, emit, allowed } = step;
  return { node, signal, emit, allowed, env: runEnvironment(step) };
}

/** Secrets that the host handed over for the run, then the process's own variables. */
function runEnvironment({ secrets }: ExportingStep): Environment {
  const own = environmentOf(process.env);
  return (name) => ownEntry(secrets, name) ?? own(name);
}

/** Scratch folders are named after their process; those of processes that are gone are of no use. */
async function sweepProcessFolders(fs: FsPort, folder: string): Promise<void> {
  for (const name of await listIfThere(fs, folder)) {
    if (!isProcessAlive(Number(name))) await fs.remove(join(folder, name)).catch(() => undefined);
  }
}

async function openRunner(device: Device): ReturnType<EngineParts['openRunner']> {
  const { chooseRunner } = await import('../backends/choose-runner');
  const { runner, passedOver } = await chooseRunner({ device });
  return { runner, passedOver: passedOver.map(({ problem }) => problem) };
}
