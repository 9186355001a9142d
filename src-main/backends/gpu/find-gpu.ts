import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** What the machine says of NVIDIA's cards, by its files alone: nothing is loaded and no card is woken. */
export interface GpuFacts {
  /** Models as the driver names them; `NVIDIA` for a card without a driver, and where the driver names none. */
  readonly cards: readonly string[];
  /** The version of the kernel's driver: `550.54.15`. */
  readonly driver?: string;
  /** Whether programs can open a card: `/dev/nvidia0`, or `/dev/dxg` in Windows' Linux. */
  readonly hasDevice: boolean;
  /** The driver's library for programs, `libcuda.so.1`. */
  readonly libcuda?: string;
  /** Docker, Podman or the like: there the driver comes from outside. */
  readonly isContainer: boolean;
  /** `ubuntu`, `debian`, `fedora` …; empty where it is not known. */
  readonly system: string;
}

export interface GpuPlace {
  /** The folder that stands for `/`. */
  readonly root?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** NVIDIA's number among makers of PCI devices, and the class of what shows or computes pictures. */
const vendor = '0x10de';
const displayClass = '0x03';

const usualFolders = [
  'usr/lib/x86_64-linux-gnu',
  'usr/lib64',
  'usr/lib',
  'lib/x86_64-linux-gnu',
  'usr/lib/wsl/lib',
  'usr/local/nvidia/lib64',
  'usr/local/nvidia/lib',
  'usr/local/cuda/compat',
];

/** Linux only; elsewhere nothing is found. */
export function findGpu({ root = '/', env = process.env }: GpuPlace = {}): GpuFacts {
  const at = (path: string) => join(root, path);
  const version = readText(at('proc/driver/nvidia/version'));
  const driver = /\b(\d{3,}\.\d+(?:\.\d+)?)\b/.exec(version)?.[1];
  const libcuda = findLibrary('libcuda.so.1', { root, env });
  const isWindows = existsSync(at('dev/dxg')) && libcuda !== undefined;
  const devices = list(at('dev')).filter((name) => /^nvidia\d+$/.test(name)).length;
  return {
    cards: cardsIn(root) ?? new Array<string>(Math.max(pciCards(root), devices, isWindows ? 1 : 0)).fill('NVIDIA'),
    ...(driver === undefined ? {} : { driver }),
    hasDevice: devices > 0 || isWindows,
    ...(libcuda === undefined ? {} : { libcuda }),
    isContainer: existsSync(at('.dockerenv')) || existsSync(at('run/.containerenv')),
    system: /^ID="?([\w-]+)"?$/m.exec(readText(at('etc/os-release')))?.[1] ?? '',
  };
}

/** The first place of a shared library where the system would look for it, and in `folders` before that. */
export function findLibrary(
  name: string,
  { root = '/', env = process.env, folders = [] }: GpuPlace & { readonly folders?: readonly string[] },
): string | undefined {
  const named = (env.LD_LIBRARY_PATH ?? '').split(delimiter).filter(isAbsolute);
  const inRoot = [...named, ...configuredFolders(root), ...usualFolders].map((folder) => join(root, folder));
  return [...folders, ...inRoot].map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** What `/etc/ld.so.conf.d` adds: NVIDIA's containers put their folders there. */
function configuredFolders(root: string): string[] {
  const folder = join(root, 'etc/ld.so.conf.d');
  return list(folder).flatMap((name) =>
    readText(join(folder, name))
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.startsWith('/')),
  );
}

function cardsIn(root: string): string[] | undefined {
  const folder = join(root, 'proc/driver/nvidia/gpus');
  const models = list(folder).flatMap((name) => {
    const model = /^Model:\s*(.+)$/m.exec(readText(join(folder, name, 'information')))?.[1];
    return model ? [model.trim()] : [];
  });
  return models.length > 0 ? models : undefined;
}

function pciCards(root: string): number {
  const folder = join(root, 'sys/bus/pci/devices');
  return list(folder).filter(
    (name) =>
      readText(join(folder, name, 'vendor')).trim() === vendor &&
      readText(join(folder, name, 'class')).startsWith(displayClass),
  ).length;
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    // Not there on this system.
    return [];
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Not there on this system.
    return '';
  }
}
