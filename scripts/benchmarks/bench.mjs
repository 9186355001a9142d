// `npm run bench -- NAME [options]`: one benchmark a file, each prints one table.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../project.mjs';

const [name = '', ...rest] = process.argv.slice(2);
const file = join(root, 'scripts/benchmarks', `bench-${name}.mjs`);
if (!/^[a-z-]+$/.test(name) || !existsSync(file)) {
  process.stderr.write('Which benchmark? npm run bench -- train\n');
  process.exitCode = 2;
} else {
  const { bench } = await import(pathToFileURL(file).href);
  process.exitCode = await bench(rest);
}
