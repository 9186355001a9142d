import { randomBytes } from 'node:crypto';

const pattern = /^r-\d{8}-\d{6}-[0-9a-f]{4}$/;

/** `r-20261123-211530-7f3a`: the moment it began (UTC) and four digits against twins. Sorts by time. */
export function newRunId(now: Date): string {
  const digits = now.toISOString().replace(/\D/g, '');
  return `r-${digits.slice(0, 8)}-${digits.slice(8, 14)}-${randomBytes(2).toString('hex')}`;
}

export function isRunId(text: string): boolean {
  return pattern.test(text);
}
