import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text';

const utf16 = (text: string) => Uint8Array.from([0xff, 0xfe, ...Array.from(text).flatMap((c) => [c.charCodeAt(0), 0])]);

describe('decodeText', () => {
  it('reads UTF-8, with whatever letters', () => {
    expect(decodeText(new TextEncoder().encode('{"name": "企鹅 🐧"}'))).toEqual({ text: '{"name": "企鹅 🐧"}' });
  });

  it.each([
    [utf16('{}'), 'file-not-utf8', 1],
    [Uint8Array.from([0x7b, 0x0a, 0x0a, 0x64, 0xfc, 0x67, 0x7d]), 'file-not-utf8', 3],
    [Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'file-binary', undefined],
  ])('refuses %o with %s at line %s', (bytes, code, line) => {
    const read = decodeText(bytes);
    expect('problem' in read && read.problem.code).toBe(code);
    expect('problem' in read && read.problem.values?.line).toBe(line);
  });
});
