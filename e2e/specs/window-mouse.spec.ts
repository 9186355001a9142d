import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright';
import { expect } from 'playwright/test';
import { afterAll, afterEach, beforeAll, describe, test } from 'vitest';
import { launchBrowser, whyNoBrowser } from '../fixtures/browser';
import { pictureFailure } from '../fixtures/failure-picture';
import { WebApp } from '../fixtures/web-app';
import { WindowPage } from '../pages/window-page';

/** Rows of the canvas, in the order of the wires: title in the list, and where it is put. */
const rows: readonly (readonly string[])[] = [
  ['MNIST digits', 'Normalize', 'Split'],
  ['Input', 'Conv2D', 'MaxPooling2D', 'Conv2D', 'MaxPooling2D', 'Flatten'],
  ['Dense', 'Dense', 'Train', 'Test', 'Export'],
];

const wires: readonly (readonly [string, string, string, string])[] = [
  ['mnist', 'table', 'normalize', 'table'],
  ['normalize', 'table', 'split', 'table'],
  ['split', 'dataset', 'input', 'like'],
  ['input', 'y', 'conv2d', 'x'],
  ['conv2d', 'y', 'maxPooling2d', 'x'],
  ['maxPooling2d', 'y', 'conv2d_1', 'x'],
  ['conv2d_1', 'y', 'maxPooling2d_1', 'x'],
  ['maxPooling2d_1', 'y', 'flatten', 'x'],
  ['flatten', 'y', 'dense', 'x'],
  ['dense', 'y', 'dense_1', 'x'],
  ['dense_1', 'y', 'fit', 'output'],
  ['split', 'dataset', 'fit', 'dataset'],
  ['fit', 'model', 'test', 'model'],
  ['split', 'dataset', 'test', 'dataset'],
  ['fit', 'model', 'export', 'model'],
];

interface Place {
  readonly page: Page;
  readonly window: WindowPage;
  readonly file: string;
}

describe.skipIf(whyNoBrowser)('the digits pipeline, wired by mouse from an empty canvas', () => {
  let browser: Browser;
  let app: WebApp;
  let place: Place;

  beforeAll(async () => {
    browser = await launchBrowser();
    app = await WebApp.start();
    mkdirSync(app.modelyard.path('mine'));
    const page = await app.open(browser, { viewport: { width: 1920, height: 1080 } });
    place = { page, window: new WindowPage(page), file: app.modelyard.path('mine', 'digits.yard') };
  });
  afterEach((context) => pictureFailure(context, place?.page));
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  test('begins with an empty canvas that says how', () => beginEmpty(place));
  test('takes nodes from the list', () => addNodes(place));
  test('refuses a wire that does not fit, with the reason', () => refuseWire(place));
  test('is wired from ring to ring', () => drawWires(place));
  test('is set in the inspector, each value beside its limits, and says shapes before any run', () => setParams(place));
  test('is undone and redone step by step', () => undoAndRedo(place));
  test('runs: the chart moves, the matrix stands on Test, the export is proven', () => runToProof(place));
  test('shows what stands behind a cell of the matrix', () => lookBehindCell(place));
  test('is saved, and opens again as it was', () => saveAndReopen(place));
});

async function beginEmpty({ page }: Place): Promise<void> {
  await page.getByRole('button', { name: 'New document' }).first().click();
  await expect(page.getByText('An empty canvas')).toBeVisible();
}

async function addNodes({ page, window }: Place): Promise<void> {
  for (const [row, titles] of rows.entries()) {
    for (const [column, title] of titles.entries()) {
      await window.dragIn(title, { x: 80 + column * 228, y: 80 + row * 150 });
    }
  }
  await expect(page.locator('.node-card')).toHaveCount(rows.flat().length);
}

async function refuseWire({ page, window }: Place): Promise<void> {
  await window.wire(window.output('mnist', 'table'), window.input('fit', 'output'));
  await expect(page.getByRole('dialog', { name: 'This wire does not fit' })).toContainText('mnist');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.locator('.react-flow__edge')).toHaveCount(0);
}

async function drawWires({ page, window }: Place): Promise<void> {
  for (const [drawn, [from, output, to, input]] of wires.entries()) {
    await window.wire(window.output(from, output), window.input(to, input));
    // What a wire brings may make a node taller: the next one is drawn once it is there.
    await expect(page.locator('.react-flow__edge')).toHaveCount(drawn + 1);
  }
}

async function setParams({ page, window }: Place): Promise<void> {
  await window.select('mnist');
  await window.set('Training digits', '-5');
  await expect(window.inspector.getByRole('alert')).toBeVisible();
  await window.set('Training digits', '1800');
  await window.select('normalize');
  await window.set('Method', 'By a constant');
  await window.select('split');
  await window.set('By', 'As the source says');
  await window.select('conv2d_1');
  await window.set('Filters', '64');
  await window.select('dense');
  await window.set('Units', '64');
  await window.set('Activation', 'ReLU');
  await window.select('dense_1');
  await window.set('Units', '10');
  await window.set('Activation', 'Softmax');
  await window.select('fit');
  await window.set('Epochs', '3');
  await window.select('export');
  await expect(page.locator('.node-card[data-tone="error"]')).toHaveCount(0);
  await expect(window.node('conv2d')).toContainText('26×26×32');
}

async function undoAndRedo({ page, window }: Place): Promise<void> {
  await window.canvas.click({ position: { x: 8, y: 500 } });
  for (let step = 0; step < 3; step++) await page.keyboard.press('Control+z');
  await window.select('fit');
  await expect(window.field('Epochs')).not.toHaveValue('3');
  await window.canvas.click({ position: { x: 8, y: 500 } });
  for (let step = 0; step < 3; step++) await page.keyboard.press('Control+Shift+z');
  await window.select('fit');
  await expect(window.field('Epochs')).toHaveValue('3');
}

async function runToProof({ page, window }: Place): Promise<void> {
  await page.getByRole('button', { name: 'Run', exact: true }).first().click();
  await expect(window.node('fit').locator('svg path').first()).toBeVisible({ timeout: 120_000 });
  await window.expectState('fit', 'done');
  await window.expectState('test', 'done');
  await window.expectState('export', 'done');
  await expect(window.node('test')).toContainText(/Accuracy 0\.\d+/);
  await page.getByRole('tab', { name: 'Metrics' }).click();
  await expect(page.getByText('Confusion matrix').first()).toBeVisible();
  await window.select('export');
  await page.getByRole('tab', { name: 'Preview' }).click();
  for (const format of ['savedModel', 'onnx', 'tfjs']) {
    await expect(page.locator('.bottom-panel').getByText(new RegExp(format, 'i')).first()).toBeVisible();
  }
}

async function lookBehindCell({ page, window }: Place): Promise<void> {
  await window.select('test');
  await page.getByRole('tab', { name: 'Metrics' }).click();
  await page.getByRole('grid', { name: 'Confusion matrix' }).getByRole('gridcell').first().click();
  await expect(page.locator('.bottom-panel img').first()).toBeVisible();
}

async function saveAndReopen({ page, window, file }: Place): Promise<void> {
  await window.canvas.click({ position: { x: 8, y: 500 } });
  await page.keyboard.press('Control+s');
  await window.nameFile(file);
  await expect.poll(() => existsSync(file)).toBe(true);
  const saved = readFileSync(file, 'utf8');
  await expect(page.getByRole('tab', { name: 'digits', exact: true })).toBeVisible();
  await page.keyboard.press('Alt+w');
  await expect(page.locator('.node-card')).toHaveCount(0);
  await page
    .getByRole('button', { name: /digits\.yard/ })
    .first()
    .click();
  await expect(page.locator('.node-card')).toHaveCount(rows.flat().length);
  await expect(page.locator('.react-flow__edge')).toHaveCount(wires.length);
  await window.canvas.click({ position: { x: 8, y: 500 } });
  await page.keyboard.press('Control+s');
  await expect.poll(() => readFileSync(file, 'utf8')).toBe(saved);
}
