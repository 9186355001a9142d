import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { firstLine } from '../../src-shared/first-line';
import { fail } from '../../src-shared/problem';
import type { Device, DoctorLine } from '../../src-shared/window-data';

const text = z.object({ en: z.string(), zh: z.string() });
const finding = z.object({
  name: text,
  state: z.enum(['ok', 'missing', 'warning']),
  detail: text,
  fix: z.string().optional(),
});

const longestMs = 60_000;

/**
 * Asks a process of its own what this machine offers: looking loads TensorFlow's library, which must not be able to
 * end the host. The command line lies beside the engine.
 * @throws ProblemError `doctor-failed`
 */
export async function examineMachine(engineFile: string, device: Device): Promise<DoctorLine[]> {
  const env = device === 'auto' ? process.env : { ...process.env, MODELYARD_DEVICE: device };
  const args = [join(dirname(engineFile), 'cli.mjs'), 'doctor', '--json'];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      timeout: longestMs,
      windowsHide: true,
      env,
    });
    return stdout.split('\n').filter(Boolean).map(doctorLine);
  } catch (error) {
    return fail('doctor-failed', { reason: firstLine(error instanceof Error ? error.message : String(error)) });
  }
}

function doctorLine(line: string): DoctorLine {
  const { name, state, detail, fix } = finding.parse(JSON.parse(line));
  return {
    state: state === 'warning' ? 'note' : state,
    title: name,
    detail,
    ...(fix === undefined ? {} : { fix: { en: fix, zh: fix } }),
  };
}
