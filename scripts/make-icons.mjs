import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { findBrowser } from './find-browser.mjs';
import { root } from './project.mjs';
import { say } from './say.mjs';

/** Draws `resources/icons/modelyard.svg` at every size that systems want. To be run when the drawing changes. */
const sizes = [16, 24, 32, 48, 64, 128, 256, 512];

async function makeIcons() {
  const found = findBrowser();
  if ('why' in found) return say(found.why);
  const folder = join(root, 'resources/icons');
  const drawing = Buffer.from(readFileSync(join(folder, 'modelyard.svg'))).toString('base64');
  const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] });
  const page = await browser.newPage();
  for (const size of sizes) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<body style="margin:0"><img width="${size}" height="${size}" style="display:block" src="data:image/svg+xml;base64,${drawing}">`,
    );
    await page.screenshot({ path: join(folder, `${size}x${size}.png`), omitBackground: true });
  }
  await browser.close();
}

await makeIcons();
