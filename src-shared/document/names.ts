import type { YardDocument } from './document';

/** Names stand in weights (`conv2d_1/kernel`), in `--set name.param` and in file names: letters, digits, `_`, `-`. */
const namePattern = /^[\p{L}_][\p{L}\p{M}\p{N}_-]{0,99}$/u;

export function isValidName(name: string): boolean {
  return namePattern.test(name);
}

/** A name that no node has yet: `conv2d`, then `conv2d_1`, `conv2d_2` … */
export function uniqueName(document: Pick<YardDocument, 'nodes'>, wanted: string): string {
  const taken = new Set(Object.values(document.nodes).map((node) => node.name));
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/_\d+$/, '');
  let number = 1;
  while (taken.has(`${stem}_${number}`)) number++;
  return `${stem}_${number}`;
}

/** The names closest to a mistyped one, best first: at most two changes, or a third of its length. */
export function nearNames(typed: string, known: readonly string[], count = 3): string[] {
  const limit = Math.max(2, Math.floor(typed.length / 3));
  return known
    .map((name) => ({ name, distance: editDistance(typed.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= limit || name.toLowerCase().startsWith(typed.toLowerCase()))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ name }) => name);
}

/** Levenshtein's distance: insertions, deletions and replacements of characters. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
