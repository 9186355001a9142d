import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Why a mutation cannot be made any more; undefined where it can.
 * @param {string} root
 * @param {import('./list.mjs').Mutation} mutation
 * @returns {string | undefined}
 */
export function misfit(root, { file, find, replace, tests }) {
  const missing = [file, ...tests].find((path) => !existsSync(join(root, path)));
  if (missing !== undefined) return `There is no ${missing}.`;
  const count = readFileSync(join(root, file), 'utf8').split(find).length - 1;
  if (count !== 1) return `${file} has ${count} times, not once: ${find.trim()}`;
  return find === replace ? `It changes nothing in ${file}.` : undefined;
}
