/**
 * The first key that stands twice in the outermost object of valid JSON text, or undefined. `JSON.parse` keeps the
 * last of two equal keys in silence, which would let one file mean two things.
 */
export function duplicateKey(text: string): string | undefined {
  const seen = new Set<string>();
  let depth = 0;
  let keyNext = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"') {
      const end = endOfString(text, i);
      if (depth === 1 && keyNext) {
        const key = String(JSON.parse(text.slice(i, end)));
        if (seen.has(key)) return key;
        seen.add(key);
        keyNext = false;
      }
      i = end - 1;
    } else if (c === '{' || c === '[') {
      depth++;
      keyNext = c === '{' && depth === 1;
    } else if (c === '}' || c === ']') depth--;
    else if (c === ',' && depth === 1) keyNext = true;
  }
  return undefined;
}

/** The index after the closing quote of the string that starts at `start`. */
function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
  return i + 1;
}
