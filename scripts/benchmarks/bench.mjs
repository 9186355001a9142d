// `npm run bench -- NAME [options]`: one benchmark a file, each prints one table.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../project.mjs';

const [name = '', ...rest] = process.argv.slice(2);
const folder = join(root, 'scripts/benchmarks');
const file = join(folder, `bench-${name}.mjs`);
if (!/^[a-z-]+$/.test(name) || !existsSync(file)) {
  const names = readdirSync(folder).flatMap((entry) => /^bench-(.+)\.mjs$/.exec(entry)?.[1] ?? []);
  process.stderr.write(`Which benchmark? npm run bench -- ${names.join('|')}\n`);
  process.exitCode = 2;
} else {
  const { bench } = await import(pathToFileURL(file).href);
  process.exitCode = await bench(rest);
}
