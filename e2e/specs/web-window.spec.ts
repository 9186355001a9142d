import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { expect } from 'playwright/test';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { launchBrowser, whyNoBrowser } from '../fixtures/browser';
import { digitsYard } from '../fixtures/pipelines';
import { WebApp } from '../fixtures/web-app';

describe.skipIf(whyNoBrowser)('the window in a browser', () => {
  let browser: Browser;
  let app: WebApp;
  let page: Page;
  const faults: string[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
    app = await WebApp.start();
    page = await app.open(browser);
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
  });
  afterAll(async () => {
    await app?.close();
    await browser?.close();
  });

  test('takes the token out of the address and needs it no more', async () => {
    await expect(page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    await page.reload();
    await expect(page.getByRole('button').first()).toBeVisible();
  });

  test('shows nothing to a page that has no token', async () => {
    const stranger = await browser.newContext();
    const other = await stranger.newPage();
    await other.goto(app.address.replace(/#.*$/, ''));
    await expect(other.getByLabel('Seed')).toHaveCount(0);
    await stranger.close();
  });

  test('keeps to the content security policy', () => {
    expect(faults).toEqual([]);
  });
});

describe.skipIf(whyNoBrowser)('a pipeline named at the start of the web host', () => {
  test('is shown, edited and saved where it lies', async () => {
    const browser = await launchBrowser();
    const folder = mkdtempSync(join(tmpdir(), 'modelyard-e2e-'));
    const file = join(folder, 'digits.yard');
    writeFileSync(file, digitsYard());
    const app = await WebApp.start(file);
    const page = await app.open(browser);
    await expect(page.getByRole('heading', { name: 'digits.yard' })).toBeVisible();
    await page.getByLabel('Seed').fill('77');
    await page.getByLabel('Seed').press('Enter');
    await page.keyboard.press('Control+s');
    await expect.poll(() => JSON.parse(readFileSync(file, 'utf8')).settings.seed).toBe(77);
    await app.close();
    await browser.close();
    rmSync(folder, { recursive: true });
  });
});
