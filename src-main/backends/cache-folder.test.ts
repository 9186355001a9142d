import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { cacheFolder as scriptsCacheFolder } from '../../scripts/cache-folder.mjs';
import { cacheFolder } from './cache-folder';

afterEach(() => vi.unstubAllEnvs());

it.each([undefined, '/somewhere/cache'])('is the same folder for scripts and product (XDG_CACHE_HOME %s)', (folder) => {
  vi.stubEnv('XDG_CACHE_HOME', folder);
  expect(cacheFolder()).toBe(scriptsCacheFolder());
  if (folder) expect(cacheFolder()).toBe(join(folder, 'modelyard'));
  else expect(cacheFolder().startsWith(homedir())).toBe(true);
});
