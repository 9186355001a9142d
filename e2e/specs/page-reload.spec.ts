import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { expect } from 'playwright/test';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { launchBrowser, whyNoBrowser } from '../fixtures/browser';
import { digitsYard } from '../fixtures/pipelines';
import { WebApp } from '../fixtures/web-app';

const classify = { loss: 'sparseCategoricalCrossentropy', epochs: 100_000, batchSize: 16 };

describe.skipIf(whyNoBrowser)('a page that comes back', () => {
  let browser: Browser;
  let app: WebApp;
  let folder: string;
  let page: Page;
  beforeAll(async () => {
    browser = await launchBrowser();
    folder = mkdtempSync(join(tmpdir(), 'modelyard-e2e-'));
    const file = join(folder, 'long.yard');
    writeFileSync(file, digitsYard({ nodes: { train: ['train.fit', classify] } }));
    app = await WebApp.start(file);
    page = await app.open(browser);
    page.on('dialog', (dialog) => void dialog.accept());
  });
  afterAll(async () => {
    await app?.close();
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  const tabs = (of: Page) => of.getByRole('tab', { name: /^(long|Untitled)/ });

  test('shows its documents in their order, with edits that no file has', async () => {
    await expect(tabs(page)).toHaveCount(1);
    await page.getByRole('button', { name: 'New document' }).first().click();
    await expect(tabs(page)).toHaveCount(2);
    await page.getByLabel('Seed').fill('91');
    await page.getByLabel('Seed').press('Enter');
    await tabs(page).first().click();
    await page.reload();
    await expect(tabs(page)).toHaveCount(2);
    await expect(tabs(page).first()).toHaveAttribute('aria-selected', 'true');
    await tabs(page).nth(1).click();
    await expect(page.getByLabel('Seed')).toHaveValue('91');
    await page.reload();
    await expect(page.getByLabel('Seed')).toHaveValue('91');
  });

  test('takes nothing from another page at the same address', async () => {
    const other = await page.context().newPage();
    await other.goto(page.url());
    await expect(other.getByRole('button', { name: 'New document' }).first()).toBeVisible();
    await expect(tabs(other)).toHaveCount(0);
    await other.close();
    await expect(tabs(page)).toHaveCount(2);
  });

  test('shows the run that went on meanwhile, and can stop it', async () => {
    await tabs(page).first().click();
    await page.getByRole('button', { name: 'Run', exact: true }).first().click();
    const stop = page.getByRole('button', { name: 'Stop', exact: true }).first();
    await expect(stop).toBeVisible();
    await page.reload();
    await expect(stop).toBeVisible();
    await expect(page.getByText(/epoch/i).first()).toBeVisible({ timeout: 60_000 });
    await stop.click();
    await expect(page.getByRole('button', { name: 'Run', exact: true }).first()).toBeVisible({ timeout: 30_000 });
  });
});
