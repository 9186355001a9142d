import { spawn } from 'node:child_process';

/**
 * @typedef {{ code: number, output: string }} Finished
 * @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, onOutput?: (text: string) => void }} RunOptions
 */

/**
 * Runs a program to its end with its output captured. Never rejects: a program that is not there ends with code 127.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Finished>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: needsShell(command),
    });
    let output = '';
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output += chunk;
      options.onOutput?.(String(chunk));
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Runs a program in the foreground: it has the terminal, and Ctrl+C reaches it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>} its exit code
 */
export function runInForeground(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: 'inherit',
      shell: needsShell(command),
    });
    const stop = forwardSignals(child);
    child.on('error', () => resolve(127));
    child.on('close', (code, signal) => {
      stop();
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

/**
 * The terminal sends Ctrl+C to the child as well; we only must not leave before it has ended. A signal that was sent
 * to us alone is handed on.
 * @param {import('node:child_process').ChildProcess} child
 */
function forwardSignals(child) {
  const stay = () => {};
  const handOn = () => child.kill('SIGTERM');
  process.on('SIGINT', stay);
  process.on('SIGTERM', handOn);
  return () => {
    process.off('SIGINT', stay);
    process.off('SIGTERM', handOn);
  };
}

/** npm and npx are batch files on Windows, which Node starts only through a shell. @param {string} command */
function needsShell(command) {
  return process.platform === 'win32' && (command === 'npm' || command === 'npx');
}
