import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../project.mjs';

/**
 * Bundles the part of a benchmark that uses the app's own code.
 * @param {string} name of `scripts/benchmarks/NAME.ts`
 * @returns {Promise<string>} the file to run
 */
export async function bundleBenchmark(name) {
  const outfile = join(root, 'out', `bench-${name}.mjs`);
  const esbuild = await import('esbuild');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: [`scripts/benchmarks/${name}.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });
  return outfile;
}

/**
 * The app's side of a comparison: a process with the settings of an engine.
 * @param {string} file that `bundleBenchmark` made
 * @param {readonly string[]} args
 * @returns {import('./compare.mjs').Contender}
 */
export function ourContender(file, args, name = 'modelyard') {
  const settings = JSON.parse(readFileSync(join(root, 'src-main/runs/engine-settings.json'), 'utf8'));
  const flags = [...settings.flags, ...('transfer' in ArrayBuffer.prototype ? [] : settings.flagsForTransfer)];
  return { name, command: process.execPath, args: [...flags, file, ...args], env: settings.environment };
}
