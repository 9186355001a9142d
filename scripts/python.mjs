import { run } from './processes.mjs';

/**
 * A Python 3 with pip, by the name under which it is on the path.
 * @returns {Promise<string | undefined>}
 */
export async function findPython() {
  for (const name of ['python3', 'python', 'py']) {
    const { code, output } = await run(name, ['-m', 'pip', '--version']);
    if (code === 0 && /\(python 3\./.test(output)) return name;
  }
  return undefined;
}
