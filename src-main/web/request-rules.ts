import type { IncomingHttpHeaders } from 'node:http';
import { cookieName, isSame, readCookie, type SessionKeys } from './session-keys';

/**
 * Who may ask the web host anything. Other pages in the same browser, other programs' pages on this machine and names
 * that were made to lead to 127.0.0.1 must not.
 */
interface RuleContext {
  readonly port: number;
  /** It changes something, or opens the socket: only our own page may. */
  readonly hasEffect: boolean;
}

/** Why a request is refused, whoever sends it; undefined where it may go on. */
export function refusal(headers: IncomingHttpHeaders, { port, hasEffect }: RuleContext): string | undefined {
  const { host, origin } = headers;
  // A name that an attacker made to lead here (DNS rebinding) still stands in Host.
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return 'Host is not this server.';
  if (headers['sec-fetch-site'] === 'cross-site') return 'Another site asks.';
  if (origin === undefined && !hasEffect) return undefined;
  // `null` is the origin of sandboxed frames and local files: anybody.
  return origin === `http://${host}` ? undefined : 'Origin is not this page.';
}

/** Whether the browser and the page both are ones that were given our token. */
export function isKnown(
  headers: IncomingHttpHeaders,
  pageKey: string | undefined,
  { port, keys }: { readonly port: number; readonly keys: SessionKeys },
): boolean {
  const cookie = readCookie(headers.cookie, cookieName(port));
  return [isSame(cookie, keys.cookie), isSame(pageKey, keys.pageKey)].every(Boolean);
}
