import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { isProcessAlive } from './process-alive';

/** Which process something belongs to, told so that a later one with the same number is not mistaken for it. */
export const ownerSchema = z.object({ pid: z.int(), started: z.string(), host: z.string() });
export type ProcessOwner = z.infer<typeof ownerSchema>;

export function thisProcess(): ProcessOwner {
  return { pid: process.pid, started: processStart(process.pid), host: hostname() };
}

/** `elsewhere`: on a machine that cannot be asked. */
export function ownerState({ pid, started, host }: ProcessOwner): 'alive' | 'dead' | 'elsewhere' {
  if (host !== hostname()) return 'elsewhere';
  return isProcessAlive(pid) && processStart(pid) === started ? 'alive' : 'dead';
}

/** When a process started, in ticks since the machine did; empty where the system does not tell (all but Linux). */
function processStart(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name, which may hold anything; the start is the 22nd.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
