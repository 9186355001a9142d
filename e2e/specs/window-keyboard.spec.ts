import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright';
import { expect } from 'playwright/test';
import { afterAll, afterEach, beforeAll, describe, test } from 'vitest';
import { launchBrowser, whyNoBrowser } from '../fixtures/browser';
import { pictureFailure } from '../fixtures/failure-picture';
import { WebApp } from '../fixtures/web-app';
import { KeyboardPage } from '../pages/keyboard-page';
import { WindowPage } from '../pages/window-page';

interface Step {
  readonly title: string;
  /** Name and port of the nodes that it is wired with. */
  readonly from?: readonly string[];
  readonly set?: Readonly<Record<string, string>>;
}

/** The digits pipeline as somebody who reads Chinese and uses no mouse makes it. */
const steps: readonly Step[] = [
  { title: 'MNIST 手写数字', set: { 训练数字数量: '1200' } },
  { title: '归一化', from: ['mnist table'], set: { 方法: '按常数' } },
  { title: '划分数据', from: ['normalize table'], set: { 方式: '按数据来源' } },
  { title: '输入', from: ['split dataset'] },
  { title: '二维卷积', from: ['input y'] },
  { title: '二维最大池化', from: ['conv2d y'] },
  { title: '二维卷积', from: ['maxPooling2d y'], set: { 滤波器数量: '64' } },
  { title: '二维最大池化', from: ['conv2d_1 y'] },
  { title: '展平', from: ['maxPooling2d_1 y'] },
  { title: '全连接', from: ['flatten y'], set: { 激活函数: 'ReLU' } },
  { title: '全连接', from: ['dense y'], set: { 单元数: '10', 激活函数: 'Softmax' } },
  { title: '训练', from: ['dense_1 y', 'split dataset'], set: { 训练轮数: '2' } },
  { title: '测试', from: ['fit model', 'split dataset'] },
  { title: '导出', from: ['fit model'] },
];

describe.skipIf(whyNoBrowser)('the digits pipeline by keyboard alone, in Chinese', () => {
  let browser: Browser;
  let app: WebApp;
  let page: Page;
  beforeAll(async () => {
    browser = await launchBrowser();
    app = await WebApp.start('--lang', 'zh');
    mkdirSync(app.modelyard.path('mine'));
    page = await app.open(browser, { viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  });
  afterEach((context) => pictureFailure(context, page));
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  test('begins with a new document', async () => {
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
    await page.keyboard.press('Alt+n');
    await expect(page.getByText('空白画布')).toBeVisible();
  });

  test('has its keys in the list of nodes too', async () => {
    await page.locator('.add-list').focus();
    await page.keyboard.press('F1');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.locator('.main-canvas').first().focus();
  });

  test('is added, wired and set node by node', async () => {
    const keys = new KeyboardPage(page);
    for (const { title, from = [], set = {} } of steps) {
      await keys.add(title);
      for (const other of from) await keys.connectFrom(other);
      for (const [label, value] of Object.entries(set)) await keys.set(label, value);
    }
    await expect(page.locator('.node-card')).toHaveCount(steps.length);
    await expect(page.locator('.react-flow__edge')).toHaveCount(steps.flatMap(({ from = [] }) => from).length);
    await expect(page.locator('.node-card[data-tone="error"]')).toHaveCount(0);
  });

  test('is tidied up, runs, and its export is proven', async () => {
    const window = new WindowPage(page);
    await new KeyboardPage(page).to('.main-canvas');
    await page.keyboard.press('Alt+l');
    await page.keyboard.press('Control+Enter');
    await window.expectState('test', 'done');
    await window.expectState('export', 'done');
    await expect(window.node('test')).toContainText(/准确率 0\.\d+/);
  });

  test('is saved', async () => {
    const file = app.modelyard.path('mine', '数字.yard');
    await page.keyboard.press('Control+s');
    await page.getByRole('dialog').locator('input').waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(file);
    await page.keyboard.press('Enter');
    await expect.poll(() => existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain('"train.fit"');
  });
});
