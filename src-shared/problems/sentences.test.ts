import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { problem } from '../problem';
import { explainProblem, problemTexts } from './sentences';

const root = join(import.meta.dirname, '..', '..');

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    // Test support (`test-….ts`) raises codes of its own, which no one ever reads.
    return /\.tsx?$/.test(entry.name) && !/^test-|\.test\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** Every code that the source raises, with a file that does. */
function raisedCodes(): Map<string, string> {
  const folders = readdirSync(root).filter((name) => name.startsWith('src-'));
  const found = new Map<string, string>();
  for (const path of folders.flatMap((folder) => sourceFiles(join(root, folder)))) {
    const text = readFileSync(path, 'utf8');
    for (const match of text.matchAll(/\b(?:problem|fail)\(\s*'([^']+)'/g))
      found.set(match[1] ?? '', path.slice(root.length + 1));
  }
  return found;
}

describe('problems', () => {
  const codes = raisedCodes();

  it('are found in the source', () => {
    expect(codes.has('file-empty')).toBe(true);
    expect(codes.size).toBeGreaterThan(30);
  });

  it.each([...codes])('%s (%s) has a sentence in both languages', (code) => {
    const entry = problemTexts[code];
    expect(entry?.text.en).toMatch(/\S/);
    expect(entry?.text.zh).toMatch(/\p{Script=Han}/u);
  });

  it.each(Object.entries(problemTexts))('%s says the same things in both languages', (_code, { text, fix }) => {
    const blanks = (sentence: string) => [...new Set(sentence.match(/\{\w+\}/g))].sort();
    expect(blanks(text.zh)).toEqual(blanks(text.en));
    if (fix) {
      expect(fix.zh).toMatch(/\p{Script=Han}/u);
      expect(blanks(fix.zh)).toEqual(blanks(fix.en));
    }
  });

  it('fills in values, also in the fix', () => {
    const told = explainProblem(problem('file-newer', { version: 3, supported: 1 }), 'en');
    expect(told.text).toContain('format 3');
    expect(explainProblem(problem('param-too-small', { param: 'units', value: 0, limit: 1 }), 'zh').fix).toContain('1');
  });
});
