import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './project.mjs';

/**
 * Builds the page of the window with Vite. `chrome` = the oldest Chromium it must run in.
 * @param {{ folder: string, chrome: number }} options folder relative to the root
 * @returns {Promise<string[]>} the source files that it was made of, relative to the root
 */
export async function buildPage({ folder, chrome }) {
  const { build } = await import('vite');
  const { default: react } = await import('@vitejs/plugin-react');
  /** @type {Set<string>} */
  const sources = new Set();
  await build({
    configFile: false,
    root: join(root, 'src-renderer'),
    base: './',
    logLevel: 'warn',
    plugins: [react(), noteSources(sources), ...(chrome < 100 ? [fillGaps()] : [])],
    build: {
      outDir: join(root, folder),
      emptyOutDir: true,
      target: `chrome${chrome}`,
      cssTarget: `chrome${chrome}`,
      // The polyfill is a script inside the page, which the content security policy forbids.
      modulePreload: { polyfill: false },
      // A file inside a data: address is none of ours to the policy: fonts stay files.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4000,
    },
  });
  return [...[...sources].map((path) => relative(root, path)), ...styleFiles()];
}

/** Old Chromium, which only tests meet, lacks much of today's JavaScript. @returns {import('vite').Plugin} */
function fillGaps() {
  const filling = join(root, 'e2e/fixtures/old-chromium.mjs');
  return {
    name: 'fill-gaps',
    enforce: 'pre',
    transform: (code, id) =>
      id.endsWith('src-renderer/app/main.tsx') ? `import ${JSON.stringify(filling)};\n${code}` : null,
  };
}

/** What a style sheet imports is no module. */
function styleFiles() {
  const names = readdirSync(join(root, 'src-renderer'), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /\.(css|html)$/.test(name)).map((name) => join('src-renderer', name));
}

/**
 * @param {Set<string>} sources
 * @returns {import('vite').Plugin}
 */
function noteSources(sources) {
  return {
    name: 'note-sources',
    generateBundle() {
      for (const id of this.getModuleIds()) {
        const path = id.split('?', 1)[0] ?? id;
        if (path.startsWith(root) && !path.includes('node_modules')) sources.add(path);
      }
    },
  };
}
