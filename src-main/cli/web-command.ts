import { once } from 'node:events';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json';
import { fail } from '../../src-shared/problem';
import { realFs } from '../files/fs-port';
import { requireFile } from '../files/require-file';
import { createWebNative } from '../web/web-native';
import { startWebServer } from '../web/web-server';
import { createWindowHost, type WindowHost } from '../window-host/create-window-host';
import { defaultDataFolder } from '../window-host/data-folder';
import { type CommonOptions, type ExitCode, exitCodes, inSession, type Session } from './session';
import { asInput } from './wrong-input';

export type WebOptions = CommonOptions & { readonly port?: string };

/** `web [FILE…]`: serves the window to a browser on this machine until Ctrl+C. */
export function webCommand(files: readonly string[], options: WebOptions): Promise<void> {
  return inSession(options, async (session) => {
    const port = await asInput(() => readPort(options.port));
    for (const file of files) await asInput(() => requireFile(realFs, file));
    const host = openHost(session, options);
    try {
      return await serveUntilStopped(session, host, { port, open: files.map((file) => resolve(file)) });
    } finally {
      await host.close();
    }
  });
}

function readPort(port = '0'): number {
  return /^\d{1,5}$/.test(port) && Number(port) <= 65_535 ? Number(port) : fail('port-invalid', { port });
}

function openHost({ store, language }: Session, options: WebOptions): WindowHost {
  // Bundled, the engine and the page lie beside the command line.
  const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const paths = {
    data: defaultDataFolder(process.env),
    store,
    resources: beside('../resources'),
    engineFile: beside('./engine.mjs'),
  };
  const isFixed = Boolean(options.store || process.env.MODELYARD_STORE);
  return createWindowHost({
    native: createWebNative(language),
    paths,
    version: packageJson.version,
    ...(isFixed ? { fixedStore: store } : {}),
  });
}

async function serveUntilStopped(
  { terminal, isJson, writeJson, say }: Session,
  host: WindowHost,
  { port, open }: { readonly port: number; readonly open: readonly string[] },
): Promise<ExitCode> {
  const stopped = untilStopped();
  const folder = fileURLToPath(new URL('./renderer', import.meta.url));
  const server = await startWebServer({ host, folder, port, open });
  if (isJson) writeJson({ type: 'web-started', url: server.url });
  terminal.line(say('webAt', { url: server.url }));
  terminal.line(say('webStop'));
  await stopped;
  await server.close();
  return exitCodes.done;
}

/** Ctrl+C once ends in order; twice at once, as programs do that take no notice of it. */
async function untilStopped(): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  await Promise.race(signals.map((signal) => once(process, signal)));
}
