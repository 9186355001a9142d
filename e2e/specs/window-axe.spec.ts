import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright';
import { expect } from 'playwright/test';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { launchBrowser, whyNoBrowser } from '../fixtures/browser';
import { example } from '../fixtures/modelyard';
import { WebApp } from '../fixtures/web-app';
import { WindowPage } from '../pages/window-page';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Findings that keep somebody out, each with where it is. */
async function seriousFindings(page: Page): Promise<string[]> {
  // Motion that is under way changes colours.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined))),
  );
  const { violations } = await page.evaluate(async (source): Promise<AxeResults> => {
    const scope: { axe?: { run: () => Promise<AxeResults> } } = {};
    if (!('axe' in window)) new Function(source).call(window);
    Object.assign(scope, { axe: Reflect.get(window, 'axe') });
    if (!scope.axe) throw new Error('axe did not load.');
    return scope.axe.run();
  }, axe);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

describe.skipIf(whyNoBrowser)('the main window for people who use it without eyes or mouse', () => {
  let browser: Browser;
  let app: WebApp;
  let page: Page;
  beforeAll(async () => {
    browser = await launchBrowser();
    app = await WebApp.start(example('digits-cnn.yard'));
    page = await app.open(browser, { bypassCSP: true });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  test('has no serious finding, in either language and either theme', async () => {
    const window = new WindowPage(page);
    await window.select('train');
    for (const theme of ['light', 'dark']) {
      for (const language of ['en', 'zh-CN']) {
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        expect(await seriousFindings(page), `${language}, ${theme}`).toEqual([]);
        await page.getByRole('button', { name: language === 'en' ? '中文' : 'English' }).click();
      }
      await page.getByRole('button', { name: theme === 'light' ? 'Dark theme' : 'Light theme' }).click();
    }
  });

  test('has none in its dialogs', async () => {
    for (const keys of ['Control+k', 'Control+,', 'F1', 'Shift+?', 'Control+e']) {
      await page.keyboard.press(keys);
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await seriousFindings(page), keys).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
  });
});
