import { join } from 'node:path';
import { z } from 'zod';
import type { SecretInfo } from '../../src-shared/window-data';
import { writeFileAtomic } from '../files/atomic-write';
import { withDiskProblems } from '../files/disk-problem';
import { type FsPort, statIfThere } from '../files/fs-port';
import type { Vault } from '../ipc/native';

export interface KeychainOptions {
  readonly fs: FsPort;
  readonly folder: string;
  /** By the system's keychain; base64. */
  readonly encrypt: (text: string) => Promise<string>;
  readonly decrypt: (base64: string) => Promise<string>;
}

const fileSchema = z.record(z.string(), z.string());

/** Secrets in a file that only the system's keychain can read again. Plain values are in memory while they are used. */
export function createKeychainVault({ fs, folder, encrypt, decrypt }: KeychainOptions): Vault {
  const path = join(folder, 'secrets.json');
  const info = (name: string): SecretInfo => ({ name, from: 'keychain' });
  const read = () => readSecrets(fs, path);
  let last: Promise<unknown> = Promise.resolve();
  /** One change after the other: each begins with what the one before has written. */
  const change = (edit: (all: Map<string, string>) => void) => {
    const done = last.then(async () => {
      const all = await read();
      edit(all);
      await withDiskProblems(path, () => writeSecrets(fs, { folder, path, all }));
    });
    last = done.catch(() => undefined);
    return done;
  };
  return {
    isLasting: true,
    list: async () => [...(await read()).keys()].map(info),
    get: async (name) => {
      const kept = (await read()).get(name);
      return kept === undefined ? undefined : decrypt(kept);
    },
    set: async (name, value) => {
      const kept = await encrypt(value);
      await change((all) => all.set(name, kept));
      return info(name);
    },
    remove: (name) => change((all) => all.delete(name)),
  };
}

async function readSecrets(fs: FsPort, path: string): Promise<Map<string, string>> {
  if (!(await statIfThere(fs, path))) return new Map();
  const text = new TextDecoder().decode(await withDiskProblems(path, () => fs.read(path)));
  const kept = fileSchema.safeParse(parse(text));
  // A file that is none of ours holds no secret of ours; the next one that is set replaces it.
  return new Map(kept.success ? Object.entries(kept.data) : []);
}

async function writeSecrets(
  fs: FsPort,
  { folder, path, all }: { readonly folder: string; readonly path: string; readonly all: Map<string, string> },
): Promise<void> {
  await fs.makeFolder(folder);
  const text = JSON.stringify(Object.fromEntries([...all].sort()), undefined, 1);
  await writeFileAtomic(fs, path, new TextEncoder().encode(text));
  await fs.setMode(path, 0o600);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
