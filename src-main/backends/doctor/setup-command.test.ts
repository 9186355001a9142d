import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { setupCommand } from './setup-command';

const folder = mkdtempSync(join(tmpdir(), 'modelyard-setup-'));
afterAll(() => rmSync(folder, { recursive: true }));

function bundleAt(path: string, scripts: string): string {
  mkdirSync(join(folder, scripts), { recursive: true });
  writeFileSync(join(folder, scripts, 'install-it.mjs'), '');
  return pathToFileURL(join(folder, path)).href;
}

test('a checkout names the script by its short name', () => {
  const base = bundleAt('checkout/out/cli.mjs', 'checkout/scripts');
  expect(setupCommand('install-it.mjs', base)).toBe('node scripts/install-it.mjs');
});

test('the packed app runs it with the Node that it brings', () => {
  const base = bundleAt('app/resources/app.asar.unpacked/out/cli.mjs', 'app/resources/scripts');
  const script = join(folder, 'app/resources/scripts/install-it.mjs');
  expect(setupCommand('install-it.mjs', base)).toBe(`"${process.execPath}" "${script}"`);
  expect(setupCommand('install-other.mjs', base)).toBeUndefined();
});
