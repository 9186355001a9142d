import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import sharp from 'sharp';
import { build } from './build.mjs';
import { findBrowser } from './find-browser.mjs';
import { installPackages } from './install-packages.mjs';
import { root } from './project.mjs';
import { SetupError, say } from './say.mjs';
import { scenes } from './screens/scenes.mjs';
import { startWebHost } from './web-host.mjs';

/**
 * `npm run screens [-- WORD …]`: pictures of every screen in both languages, both themes and two sizes, into
 * docs/screens. Words choose among file names: `npm run screens -- digits zh dark`.
 */
const folder = join(root, 'docs/screens');
const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

/** @typedef {{ language: 'en' | 'zh', theme: 'light' | 'dark', size: { width: number, height: number } }} Look */

async function main() {
  await installPackages();
  await build();
  const found = findBrowser();
  if ('why' in found) throw new SetupError(found.why);
  const store = mkdtempSync(join(tmpdir(), 'modelyard-screens-'));
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({
    executablePath: found.path,
    args: ['--disable-background-networking', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  try {
    for (const look of looks()) await takeAll(browser, look, store);
  } finally {
    await browser.close();
    rmSync(store, { recursive: true, force: true });
  }
}

/** @returns {Look[]} */
function looks() {
  const wanted = process.argv.slice(2);
  const all = /** @type {const} */ (['en', 'zh']).flatMap((language) =>
    /** @type {const} */ (['light', 'dark']).flatMap((theme) => sizes.map((size) => ({ language, theme, size }))),
  );
  const words = all.flatMap(wordsOf);
  const asked = wanted.filter((word) => words.includes(word));
  return all.filter((look) => asked.every((word) => wordsOf(look).includes(word)));
}

/** @param {Look} look */
function wordsOf({ language, theme, size }) {
  return [language, theme, `${size.width}x${size.height}`];
}

/**
 * @param {import('playwright').Browser} browser
 * @param {Look} look
 * @param {string} store results are kept from look to look, so that the model is trained once
 */
async function takeAll(browser, look, store) {
  const data = mkdtempSync(join(tmpdir(), 'modelyard-look-'));
  writeFileSync(join(data, 'settings.json'), JSON.stringify({ language: look.language, theme: look.theme }));
  const host = await startWebHost({ data, store });
  const context = await browser.newContext({ viewport: look.size, locale: look.language === 'zh' ? 'zh-CN' : 'en-US' });
  try {
    const page = await context.newPage();
    await page.goto(host.url);
    await page.waitForSelector('.app');
    await scenes({ page, look, take: (name) => take(page, name, look) });
  } finally {
    await context.close();
    await host.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

/**
 * @param {import('playwright').Page} page
 * @param {string} name
 * @param {Look} look
 */
async function take(page, name, look) {
  const wanted = process.argv
    .slice(2)
    .filter((word) => !['en', 'zh', 'light', 'dark'].includes(word) && !/^\d+x/.test(word));
  if (wanted.length > 0 && !wanted.includes(name)) return;
  const file = `${[name, ...wordsOf(look)].join('-')}.png`;
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  // Surfaces of few colours: a palette makes a third of it.
  await sharp(picture).png({ palette: true, quality: 95, compressionLevel: 9 }).toFile(join(folder, file));
  say(file);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
