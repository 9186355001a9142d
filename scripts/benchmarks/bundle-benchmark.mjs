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
