import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'playwright/test';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { DesktopApp, whyNoDesktop } from '../fixtures/desktop-app';
import { Modelyard } from '../fixtures/modelyard';
import { digitsYard } from '../fixtures/pipelines';
import { watchRuns } from '../fixtures/run-watch';

const manyEpochs = { loss: 'sparseCategoricalCrossentropy', epochs: 2000, batchSize: 16 };

describe.skipIf(whyNoDesktop)('a pipeline in the desktop app', () => {
  const modelyard = new Modelyard();
  const file = modelyard.path('digits.yard');
  let desktop: DesktopApp;
  beforeAll(async () => {
    writeFileSync(file, digitsYard({ nodes: { train: ['train.fit', manyEpochs] } }));
    desktop = await DesktopApp.start({ modelyard, files: [file] });
  });
  afterAll(async () => {
    await desktop?.close();
    await modelyard.close();
  });

  test('is opened by naming it at the start', async () => {
    await expect(desktop.page.getByRole('heading', { name: 'digits.yard' })).toBeVisible();
    await expect.poll(() => desktop.app.evaluate(windowTitle)).toContain('digits.yard');
  });

  test('trains, and stops when it is told to', async () => {
    const { page } = desktop;
    const train = page.getByTestId('node-train');
    const bar = page.getByRole('toolbar').filter({ has: page.getByRole('button', { name: 'Run', exact: true }) });
    const runs = await watchRuns(page);
    await bar.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(train).toHaveAttribute('data-state', 'running', { timeout: 30_000 });
    await expect.poll(() => runs.hasHeard('training-progress'), { timeout: 60_000 }).toBe(true);
    await bar.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect.poll(runs.ends, { timeout: 15_000 }).toEqual([{ state: 'cancelled' }]);
    await expect(train).toHaveAttribute('data-state', 'cancelled');
  });

  test('is saved where it lies', async () => {
    await desktop.page.getByLabel('Seed').fill('77');
    await desktop.page.getByLabel('Seed').press('Enter');
    await expect.poll(() => desktop.app.evaluate(windowTitle)).toContain('•');
    await desktop.choose('File', 'Save');
    await expect.poll(() => JSON.parse(readFileSync(file, 'utf8')).settings.seed).toBe(77);
    await expect.poll(() => desktop.app.evaluate(windowTitle)).not.toContain('•');
  });

  test('closes without a question and opens as it was saved', async () => {
    await desktop.close();
    desktop = await DesktopApp.start({ modelyard, files: [file] });
    await expect(desktop.page.getByLabel('Seed')).toHaveValue('77');
    await expect.poll(() => desktop.app.evaluate(windowTitle)).toContain('digits.yard');
  });
});

function windowTitle({ BrowserWindow }: typeof Electron.CrossProcessExports): string {
  return BrowserWindow.getAllWindows()[0]?.getTitle() ?? '';
}
