/// <reference lib="dom" />
/**
 * @typedef {{ page: import('playwright').Page, look: import('../screens.mjs').Look, take: (name: string) => Promise<void> }} Stage
 */

/** Goes through the window as a person would and takes a picture of every screen. @param {Stage} stage */
export async function scenes(stage) {
  await start(stage);
  await digits(stage);
  await running(stage);
  await results(stage);
  await looking(stage);
  await adding(stage);
  await wrong(stage);
  await dialogs(stage);
}

/** @param {Stage} stage */
async function start({ page, take }) {
  await page.waitForSelector('.example-card');
  await take('start');
}

/** @param {Stage} stage */
async function digits({ page, take }) {
  await page.locator('.example-card').first().click();
  await page.waitForSelector('.node-card');
  await page.waitForFunction(() =>
    document.querySelector('[data-testid="node-conv2d"]')?.textContent?.includes('26×26'),
  );
  await settle(page);
  await take('digits');
}

/** A training anew, so that there is something to see, and stopped again. @param {Stage} stage */
async function running({ page, take }) {
  await select(page, 'train');
  await page.keyboard.press('Control+Shift+Enter');
  await page.waitForSelector('[data-testid="node-train"] svg path', { timeout: 120_000 });
  await page.waitForFunction(
    () => (document.querySelector('[data-testid="node-train"]')?.textContent ?? '').match(/\d+ \w*\/s/),
    undefined,
    { timeout: 120_000 },
  );
  await page.waitForTimeout(6_000);
  await take('running');
  await page.keyboard.press('Control+Alt+Enter');
  await page.waitForSelector('[data-testid="node-train"][data-state="cancelled"]', { timeout: 60_000 });
}

/** @param {Stage} stage */
async function results({ page, take }) {
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('[data-testid="node-export"][data-state="done"]', { timeout: 600_000 });
  await settle(page);
  await select(page, 'test');
  await panel(page, 'metrics');
  await page.waitForTimeout(500);
  await take('metrics');
  await panel(page, 'runs');
  await take('runs');
  await select(page, 'export');
  await panel(page, 'preview');
  await take('export');
  await panel(page, 'log');
  await take('log');
}

/** @param {Stage} stage */
async function looking({ page, take }) {
  await select(page, 'digits');
  await panel(page, 'preview');
  await page.waitForSelector('.bottom-panel img', { timeout: 30_000 });
  await settle(page);
  await take('preview');
  await page.locator('.library').getByRole('tab').nth(1).click();
  await take('outline');
  await page.locator('.library').getByRole('tab').first().click();
}

/** @param {Stage} stage */
async function adding({ page, take }) {
  await page.locator('.react-flow__pane').click({ position: { x: 4, y: 300 } });
  await page.keyboard.press('Shift+A');
  await page.keyboard.type('conv');
  await settle(page);
  await take('add-node');
  await page.keyboard.press('Escape');
  await select(page, 'split');
  await page.keyboard.press('c');
  await settle(page);
  await take('connect');
  await page.keyboard.press('Escape');
}

/** @param {Stage} stage */
async function wrong({ page, take }) {
  await select(page, 'conv2d');
  const kernel = page.locator('.inspector input').filter({ visible: true });
  await kernel.nth(2).fill('40');
  await kernel.nth(2).press('Enter');
  await panel(page, 'problems');
  await settle(page);
  await take('problems');
  await page.keyboard.press('Escape');
  await page.locator('.react-flow__pane').click({ position: { x: 4, y: 300 } });
  await page.keyboard.press('Control+z');
}

/** @param {Stage} stage */
async function dialogs({ page, take }) {
  for (const [name, keys] of [
    ['palette', 'Control+k'],
    ['settings', 'Control+,'],
    ['help', 'F1'],
    ['shortcuts', 'Shift+?'],
    ['deploy', 'Control+e'],
  ]) {
    await page.keyboard.press(keys ?? '');
    await page.waitForSelector('[role="dialog"]');
    await page.waitForTimeout(800);
    await take(name ?? '');
    await page.keyboard.press('Escape');
    await page.waitForSelector('[role="dialog"]', { state: 'detached' });
  }
  await page.keyboard.press('Alt+n');
  await page.waitForFunction(() => document.querySelectorAll('.node-card').length === 0);
  await settle(page);
  await take('empty');
}

/** @param {import('playwright').Page} page @param {string} name */
async function select(page, name) {
  await page.locator(`[data-testid="node-${name}"] .node-head`).click();
}

/** @param {import('playwright').Page} page @param {'preview' | 'metrics' | 'runs' | 'problems' | 'log'} name */
async function panel(page, name) {
  const order = ['preview', 'metrics', 'runs', 'problems', 'log'];
  await page.locator('.bottom-panel').getByRole('tab').nth(order.indexOf(name)).click();
  await settle(page);
}

/** Until nothing is loaded and the last motion has ended. @param {import('playwright').Page} page */
async function settle(page) {
  await page.waitForTimeout(600);
}
