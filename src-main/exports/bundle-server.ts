import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A bundle's own server while it runs. */
export interface RunningServer {
  /** Where rows are predicted: `http://127.0.0.1:…/v1/models/NAME:predict`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a server for a bundle's folder, by itself the one that lies in it, on a free port of this machine. */
export async function startBundleServer(folder: string, file = join(folder, 'server.mjs')): Promise<RunningServer> {
  const child = spawn(process.execPath, [file, '--port', '0', '--host', '127.0.0.1'], {
    cwd: folder,
    // Nothing else of this process's environment: it may hold secrets.
    env: { PATH: process.env.PATH, MODEL_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await servedUrl(child);
  const close = async () => {
    const gone = child.exitCode === null ? once(child, 'exit') : undefined;
    child.kill();
    await gone;
  };
  return { url, close };
}

/** The URL that the server prints once it listens; its complaint where it does not. */
async function servedUrl(child: ChildProcess): Promise<string> {
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk.toString('utf8');
  });
  if (!child.stdout) throw new Error('The server has no output.');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url) return url;
  }
  throw new Error(`The server did not start. ${complaint.trim()}`);
}
