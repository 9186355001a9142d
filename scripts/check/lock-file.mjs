import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../project.mjs';

/** Every package is pinned: an exact version in package.json, an integrity hash in the lock file. */
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));

const groups = ['dependencies', 'devDependencies', 'optionalDependencies'];
const wanted = groups.flatMap((group) => Object.entries(manifest[group] ?? {}));
const faults = [
  ...wanted
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)))
    .map(
      ([name, version]) => `${name}: "${version}" in package.json is not an exact version; npm install --save-exact`,
    ),
  ...wanted
    .filter(([name, version]) => lock.packages[`node_modules/${name}`]?.version !== version)
    .map(([name]) => `${name}: package-lock.json holds another version; run npm install`),
  ...Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && !entry.link && !entry.inBundle && !entry.integrity)
    .map(([path]) => `${path}: no integrity in package-lock.json; run npm install with a registry that states it`),
];

for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
