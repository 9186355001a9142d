import secureJson from 'secure-json-parse';
import { type Problem, problem } from '../problem';
import { findJsonError, isDeeperThan, lineAndColumn } from './json-position';

/** Caps on what is read: a document is small; anything beyond is damage or an attack. */
export const limits = { characters: 64 * 1024 * 1024, depth: 64, nodes: 20_000 } as const;

export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** Reads untrusted JSON: caps first, no prototype keys, no numbers beyond float64, and where a mistake stands. */
export function readJson(text: string): { readonly data: Plain } | { readonly problem: Problem } {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const refusal = refuse(body);
  if (refusal) return { problem: refusal };
  const data = parse(body);
  if (data === undefined) return { problem: syntaxProblem(body) };
  const unsafe = findUnsafe(data);
  return unsafe ? { problem: unsafe } : { data };
}

function refuse(text: string): Problem | undefined {
  if (text.trim() === '') return problem('file-empty');
  if (text.length > limits.characters) {
    return problem('file-too-large', {
      megabytes: Math.ceil(text.length / 2 ** 20),
      limit: limits.characters / 2 ** 20,
    });
  }
  if (text.includes('\u0000') || text.startsWith('PK\u0003')) return problem('file-binary');
  if (isDeeperThan(text, limits.depth)) return problem('file-too-deep', { limit: limits.depth });
  return undefined;
}

function parse(text: string): Plain | undefined {
  try {
    // JSON.parse returns nothing but plain data.
    return JSON.parse(text) as Plain;
  } catch {
    return undefined;
  }
}

function syntaxProblem(text: string): Problem {
  const offset = findJsonError(text) ?? text.length;
  const place = lineAndColumn(text, offset);
  if (!/^\s*[{[]/.test(text)) return problem('file-not-json', place);
  return offset >= text.trimEnd().length ? problem('file-truncated', place) : problem('file-bad-json', place);
}

function findUnsafe(data: Plain): Problem | undefined {
  try {
    if (typeof data === 'object' && data !== null) secureJson.scan(data as Record<string, Plain>);
  } catch {
    return problem('file-forbidden-key');
  }
  return hasInfinite(data) ? problem('file-number-too-large') : undefined;
}

/** `1e999` is JSON, yet no number: saved back it would become `null`. */
function hasInfinite(data: Plain): boolean {
  if (typeof data === 'number') return !Number.isFinite(data);
  return typeof data === 'object' && data !== null && Object.values(data).some(hasInfinite);
}
