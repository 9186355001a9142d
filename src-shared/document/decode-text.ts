import { type Problem, problem } from '../problem';

/**
 * The text of a saved document. A pipeline is UTF-8; in other bytes a replacement character would stand for what
 * was there, and saving would make the loss final, so such a file is refused.
 */
export function decodeText(bytes: Uint8Array): { readonly text: string } | { readonly problem: Problem } {
  if (isUtf16(bytes)) return { problem: problem('file-not-utf8', { line: 1 }) };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { problem: bytes.some(isControl) ? problem('file-binary') : problem('file-not-utf8', placeOf(bytes)) };
  }
}

function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** No text holds control characters other than tabs, line ends and form feeds. */
function isControl(byte: number): boolean {
  return byte < 9 || (byte > 13 && byte < 32);
}

/** The line of the first bytes that are not UTF-8. */
function placeOf(bytes: Uint8Array): { readonly line: number } {
  const [text = ''] = new TextDecoder().decode(bytes).split('\uFFFD');
  return { line: text.split('\n').length };
}
