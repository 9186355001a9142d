import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The three secrets of one web host, made anew for every start; 256 bits each. */
export interface SessionKeys {
  /** Stands in the address's fragment, which browsers never send; whoever has it gets the other two. */
  readonly token: string;
  /** Only the browser has it. */
  readonly cookie: string;
  /**
   * Only the page has it. Browsers send cookies to every port of a host, so another server on this machine could
   * collect ours; storage of a page belongs to one port.
   */
  readonly pageKey: string;
}

export function makeSessionKeys(): SessionKeys {
  const secret = () => randomBytes(32).toString('base64url');
  return { token: secret(), cookie: secret(), pageKey: secret() };
}

/** Compares in a time that says nothing of where two texts differ, or of their lengths. */
export function isSame(given: string | undefined, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given ?? ''), digest(secret));
}

/** Ports share cookies: the name keeps two web hosts apart. */
export function cookieName(port: number): string {
  return `modelyard-${port}`;
}

export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}
