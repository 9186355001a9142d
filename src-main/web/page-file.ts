import { randomBytes } from 'node:crypto';
import { isAbsolute, join, relative, sep } from 'node:path';
import { contentSecurityPolicy, noncePlaceholder } from '../../src-shared/content-security-policy';

/**
 * Files of the built page and their headers, for the web host and for the desktop's `app://`. Plain enough for the old
 * Node inside the Electron that tests drive.
 */
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

/** The path that an address names, or undefined where that is outside the folder. Links are not followed. */
export function pathInside(folder: string, address: string): string | undefined {
  const wanted = decode(address);
  if (wanted === undefined || /[\0\\]/.test(wanted)) return undefined;
  const path = join(folder, wanted === '/' ? 'index.html' : wanted);
  return isInside(folder, path) ? path : undefined;
}

function decode(address: string): string | undefined {
  try {
    return decodeURIComponent(address);
  } catch {
    return undefined;
  }
}

export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** A file as it is answered, by its ending; pages get a nonce of their own. */
export function servePageFile(body: Uint8Array, ending: string): Served {
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
  const html = new TextDecoder().decode(body).split(noncePlaceholder).join(nonce);
  return new TextEncoder().encode(html);
}
