import { spawn } from 'node:child_process';
import { basename, extname, join } from 'node:path';
import { problem } from '../../src-shared/problem';
import { withDiskProblems } from '../files/disk-problem';
import { realFs, statIfThere } from '../files/fs-port';
import { exportRequest } from './export-command';
import { requireFreePort } from './free-port';
import { openDocument } from './open-document';
import { type RunOptions, runToEnd } from './run-command';
import { type ExitCode, exitCodes, inSession, type Session } from './session';
import { asInput, WrongInput } from './wrong-input';

export type ServeOptions = RunOptions & { readonly port?: string; readonly node?: string };

const serverFile = 'server.mjs';

/** `serve BUNDLE_DIR|FILE`: starts the server that lies in the bundle; a pipeline is exported first. */
export function serveCommand(path: string, options: ServeOptions): Promise<void> {
  return inSession(options, async (session) => {
    const { kind } = await asInput(() => withDiskProblems(path, () => realFs.stat(path)));
    await requireFreePort(options.port, process.env);
    if (kind === 'folder') return serveBundle(session, path, options);
    const folder = join(session.store, 'served', basename(path, extname(path)));
    const ask = await openDocument(path, options);
    const code = await runToEnd(session, await exportRequest(ask, folder, options.node));
    await session.runs.close();
    return code === exitCodes.done ? serveBundle(session, folder, options) : code;
  });
}

async function serveBundle(session: Session, folder: string, { port }: ServeOptions): Promise<ExitCode> {
  const server = join(folder, serverFile);
  if (!(await statIfThere(realFs, server))) throw new WrongInput([problem('bundle-missing', { path: folder })]);
  session.terminal.line(session.say('serving', { path: folder }));
  const child = spawn(process.execPath, [server, ...(port === undefined ? [] : ['--port', port])], {
    stdio: 'inherit',
  });
  const pass = (signal: NodeJS.Signals) => void child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code === 0 || code === null ? exitCodes.done : exitCodes.failed));
  });
}
