import { readFile, statfs } from 'node:fs/promises';
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { type Diagnosis, plain } from './diagnosis';

const gigabyte = 1e9;
const leastMemory = 4 * gigabyte;
const leastDisk = 5 * gigabyte;

/** What oneDNN uses where the processor has it, in the order of what it gains. */
const instructions: readonly (readonly [flag: string, name: string])[] = [
  ['avx2', 'AVX2'],
  ['fma', 'FMA'],
  ['avx512f', 'AVX-512'],
  ['avx512_vnni', 'AVX-512 VNNI'],
  ['avx512_bf16', 'AVX-512 BF16'],
  ['amx_tile', 'AMX'],
  ['asimd', 'NEON'],
  ['sve', 'SVE'],
];

export async function diagnoseProcessor(): Promise<Diagnosis> {
  const cores = availableParallelism();
  const model = cpus()[0]?.model.trim() || process.arch;
  const features = cpuFeatures(await readFile('/proc/cpuinfo', 'utf8').catch(() => ''));
  const more = features.length > 0 ? `; ${features.join(', ')}` : '';
  return {
    name: { en: 'Processor', zh: '处理器' },
    state: 'ok',
    detail: {
      en: `${model}, ${cores} ${cores === 1 ? 'core' : 'cores'}${more}`,
      zh: `${model}，${cores} 核${more}`,
    },
  };
}

/** Reads `flags` (x86) or `Features` (ARM) of Linux' description of the processor. */
export function cpuFeatures(cpuinfo: string): string[] {
  const line = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(cpuinfo)?.[1] ?? '';
  const flags = new Set(line.split(' '));
  return instructions.filter(([flag]) => flags.has(flag)).map(([, name]) => name);
}

/** A container's limit counts, where there is one. */
export function diagnoseMemory(): Diagnosis {
  const limit = process.constrainedMemory();
  const total = limit > 0 && limit < totalmem() ? limit : totalmem();
  const [all, free] = [inGigabytes(total), inGigabytes(Math.min(total, freemem()))];
  return {
    name: { en: 'Memory', zh: '内存' },
    state: total < leastMemory ? 'warning' : 'ok',
    detail: { en: `${all}, ${free} free`, zh: `${all}，可用 ${free}` },
  };
}

/** Room for results, checkpoints and exports. */
export async function diagnoseDisk(storeFolder: string): Promise<Diagnosis> {
  const name = { en: 'Disk of the store', zh: '存储所在磁盘' };
  const free = await freeSpace(storeFolder);
  if (free === undefined) return { name, state: 'warning', detail: plain(storeFolder) };
  const space = inGigabytes(free);
  return {
    name,
    state: free < leastDisk ? 'warning' : 'ok',
    detail: { en: `${space} free at ${storeFolder}`, zh: `${storeFolder} 可用 ${space}` },
  };
}

/** Bytes free where the folder is, or where it will be made. */
async function freeSpace(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    const above = dirname(folder);
    return above === folder ? undefined : freeSpace(above);
  }
}

function inGigabytes(bytes: number): string {
  return `${(bytes / gigabyte).toFixed(1)} GB`;
}
