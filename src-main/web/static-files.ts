import { randomBytes } from 'node:crypto';
import { extname, isAbsolute, join, relative, sep } from 'node:path';
import { contentSecurityPolicy, noncePlaceholder } from '../../src-shared/content-security-policy';
import { type FsPort, statIfThere } from '../files/fs-port';

export interface Served {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.txt': 'text/plain; charset=utf-8',
};

/** A file of the built page by its address, or undefined where there is none inside `folder`. */
export async function readStatic(fs: FsPort, folder: string, address: string): Promise<Served | undefined> {
  const path = await insidePath(fs, folder, address);
  if (path === undefined) return undefined;
  return serve(await fs.read(path), extname(path));
}

/** The file's real path, links followed; undefined where that leads out of the folder. */
async function insidePath(fs: FsPort, folder: string, address: string): Promise<string | undefined> {
  const wanted = decode(address);
  if (wanted === undefined || /[\0\\]/.test(wanted)) return undefined;
  const path = join(folder, wanted === '/' ? 'index.html' : wanted);
  if (!isInside(folder, path) || (await statIfThere(fs, path))?.kind !== 'file') return undefined;
  const [root, real] = [await fs.realPath(folder), await fs.realPath(path)];
  return isInside(root, real) ? real : undefined;
}

function decode(address: string): string | undefined {
  try {
    return decodeURIComponent(address);
  } catch {
    return undefined;
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function serve(body: Uint8Array, ending: string): Served {
  const nonce = randomBytes(16).toString('base64');
  const isPage = ending === '.html';
  return {
    body: isPage ? withNonce(body, nonce) : body,
    headers: {
      'content-type': contentTypes[ending] ?? 'application/octet-stream',
      // Workers go by the policy of their own file, so every file carries it.
      'content-security-policy': contentSecurityPolicy(nonce),
      // Built files carry a hash of what they hold in their names; the page does not, and its nonce is for once.
      'cache-control': isPage ? 'no-store' : 'private, max-age=31536000, immutable',
    },
  };
}

function withNonce(body: Uint8Array, nonce: string): Uint8Array {
  const html = new TextDecoder().decode(body).replaceAll(noncePlaceholder, nonce);
  return new TextEncoder().encode(html);
}
