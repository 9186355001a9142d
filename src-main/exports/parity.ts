import { type ChildProcess, fork } from 'node:child_process';
import { ProblemError, problem } from '../../src-shared/problem';
import type { ParityAnswer, ParityJob } from './parity-job';

export interface ParityOptions {
  /** The built `parity.mjs`. */
  readonly script: string;
  readonly signal: AbortSignal;
}

/**
 * Has a bundle's formats run in a clean process. Throws a ProblemError where one differs, does not run, or takes
 * the process with it; the signal ends the process.
 */
export async function proveBundle(
  job: ParityJob,
  { script, signal }: ParityOptions,
): Promise<Exclude<ParityAnswer, { problem: unknown }>> {
  signal.throwIfAborted();
  const child = fork(script, [], {
    serialization: 'advanced',
    env: cleanEnvironment(process.env),
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const stop = () => child.kill('SIGKILL');
  signal.addEventListener('abort', stop);
  try {
    const result = await askChild(child, job);
    signal.throwIfAborted();
    if ('problem' in result) throw new ProblemError(result.problem);
    return result;
  } finally {
    signal.removeEventListener('abort', stop);
    child.kill();
  }
}

function askChild(child: ChildProcess, job: ParityJob): Promise<ParityAnswer> {
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString('utf8')).slice(-2000);
  });
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as ParityAnswer));
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      const message = `${signal ?? `exit ${code}`} ${complaint.trim()}`.trim();
      resolve({ problem: problem('parity-failed', { message }) });
    });
    child.send(job);
  });
}

/** Only what finding libraries and folders needs: no tokens, no settings of the app. */
function cleanEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const names = [
    'PATH',
    'HOME',
    'USERPROFILE',
    'SYSTEMROOT',
    'TEMP',
    'TMP',
    'TMPDIR',
    'XDG_CACHE_HOME',
    'LOCALAPPDATA',
  ];
  const kept = names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return { ...Object.fromEntries(kept), TF_CPP_MIN_LOG_LEVEL: '2' };
}
