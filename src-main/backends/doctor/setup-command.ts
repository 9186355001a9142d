import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** From the bundle in a checkout, from the bundle in the packed app's `app.asar.unpacked/out`, from the source. */
const waysUp = ['..', '../..', '../../..'];

/**
 * The command that runs one of the set-up scripts: by its short name in a checkout, by full paths in the packed app,
 * which brings its own Node. Undefined where the script is not part of this app.
 */
export function setupCommand(script: string, base: string = import.meta.url): string | undefined {
  const paths = waysUp.map((up) => fileURLToPath(new URL(`${up}/scripts/${script}`, base)));
  const found = paths.find((path) => existsSync(path));
  if (found === undefined) return undefined;
  return base.includes('/app.asar.unpacked/') ? `"${process.execPath}" "${found}"` : `node scripts/${script}`;
}
