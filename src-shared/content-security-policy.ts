/** What stands in `index.html` where the host writes the nonce of its answer. */
export const noncePlaceholder = '__CSP_NONCE__';

/**
 * What the page may load: its own files, nothing else. Libraries that insert style elements do it with a nonce that
 * is made anew for every answer.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "worker-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
