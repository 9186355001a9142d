import { readFileSync } from 'node:fs';
import { arch, cpus } from 'node:os';

/** Instruction sets that TensorFlow's kernels choose by; other ones give other last bits. */
const relevant = ['sse4_2', 'avx', 'avx2', 'fma', 'avx512f', 'avx512_vnni', 'avx512_bf16', 'amx_bf16', 'asimd', 'sve'];

/** The processor's features as far as results depend on them: `x64 avx avx2 fma`. */
export function cpuFeatures(): string {
  const flags = linuxFlags();
  if (!flags) return `${arch()} ${cpus()[0]?.model ?? ''}`.trim();
  return [arch(), ...relevant.filter((name) => flags.has(name))].join(' ');
}

/** Whether the processor has instructions for products of bfloat16. Only Linux tells; elsewhere the answer is no. */
export function hasBfloat16(flags: ReadonlySet<string> = linuxFlags() ?? new Set()): boolean {
  return ['avx512_bf16', 'amx_bf16', 'bf16'].some((name) => flags.has(name));
}

function linuxFlags(): Set<string> | undefined {
  try {
    const line = /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'));
    return line ? new Set((line[1] ?? '').trim().split(/\s+/)) : undefined;
  } catch {
    // Only Linux has this file.
    return undefined;
  }
}
