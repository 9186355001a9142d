import { promises as fs } from 'node:fs';
import { extname } from 'node:path';
import { protocol, session } from 'electron';
import { isInside, pathInside, servePageFile } from '../web/page-file';
import { handleScheme, type SchemeAnswer } from './electron-differences';

const scheme = 'app';
const server = 'bundle';
export const pageAddress = `${scheme}://${server}/`;

/** Makes `app://` a scheme like https. Before the app is ready. */
export function setUpScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme, privileges }]);
}

/** Serves the built page at `app://bundle/`, and nothing outside its folder. */
export function setUpPage(folder: string): void {
  handleScheme(session.defaultSession.protocol, scheme, (url) => answer(folder, url));
}

/** Whether an address is the page itself. */
export function isOwnPage(address: string): boolean {
  try {
    const { protocol: kind, hostname } = new URL(address);
    return kind === `${scheme}:` && hostname === server;
  } catch {
    return false;
  }
}

const notFound: SchemeAnswer = { status: 404, headers: { 'content-type': 'text/plain' }, body: new Uint8Array() };

async function answer(folder: string, url: string): Promise<SchemeAnswer> {
  const path = isOwnPage(url) ? pathInside(folder, new URL(url).pathname) : undefined;
  if (path === undefined) return notFound;
  try {
    const [root, real] = [await fs.realpath(folder), await fs.realpath(path)];
    if (!isInside(root, real)) return notFound;
    const { body, headers } = servePageFile(await fs.readFile(real), extname(real));
    return { status: 200, body, headers: { ...headers, 'x-content-type-options': 'nosniff' } };
  } catch {
    return notFound;
  }
}
