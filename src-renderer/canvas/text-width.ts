/**
 * How wide a text is drawn, without asking the page: nodes have their size before they are on it, and the same one on
 * every machine. A little generous, so that nothing is cut off where another face stands in for Inter.
 */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const character of text) ems += emsOf(character);
  return ems * size;
}

/** In a monospaced face; Chinese characters take as much as they are high. */
export function monoWidth(text: string, size: number): number {
  let ems = 0;
  for (const character of text) ems += isWide(character) ? 1 : 0.605;
  return ems * size;
}

function emsOf(character: string): number {
  if (isWide(character)) return 1;
  if ("iljI.,:;'|!()[] ".includes(character)) return 0.31;
  if ('ftr-/'.includes(character)) return 0.41;
  if ('mwMW'.includes(character)) return 0.92;
  return /[A-Z0-9]/.test(character) ? 0.69 : 0.61;
}

/** Chinese, Japanese and Korean, with their punctuation. */
function isWide(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (code >= 0x2e80 && code <= 0xa4cf) || (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xffef);
}
