/// <reference lib="dom" />
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { build } from '../build.mjs';
import { findBrowser } from '../find-browser.mjs';
import { root } from '../project.mjs';
import { SetupError } from '../say.mjs';
import { startWebHost } from '../web-host.mjs';

const seconds = 10;
const batches = 10;

/**
 * What a window does while a run tells it a lot: events come ten times a second, unmerged, as if every one reached it.
 * The longest task of the page and the share of time it was busy.
 */
export async function bench() {
  await build();
  const found = findBrowser();
  if ('why' in found) throw new SetupError(found.why);
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: found.path, args });
  try {
    console.log('| events a second | longest task ms | tasks over 50 ms | page busy |');
    console.log('|---:|---:|---:|---:|');
    for (const rate of [0, 500, 5_000]) console.log(row(rate, await measureAlone(browser, rate)));
  } finally {
    await browser.close();
  }
  return 0;
}

/** @param {number} rate @param {{ longest: number, long: number, busy: number }} found */
function row(rate, { longest, long, busy }) {
  return `| ${rate} | ${longest.toFixed(0)} | ${long} | ${(busy * 100).toFixed(0)} % |`;
}

/** @param {import('playwright').Browser} browser @param {number} rate */
async function measureAlone(browser, rate) {
  const folder = mkdtempSync(join(tmpdir(), 'modelyard-bench-'));
  const files = [join(root, 'resources/examples/digits-cnn.yard')];
  const host = await startWebHost({ data: folder, store: join(folder, 'store'), files });
  try {
    return await measure(browser, host.url, rate);
  } finally {
    await host.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {import('playwright').Browser} browser
 * @param {string} url
 * @param {number} rate
 */
async function measure(browser, url, rate) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  /** @type {Link} */
  const link = { id: undefined, send: undefined };
  await page.routeWebSocket(/socket/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => server.send(message));
    server.onMessage((message) => {
      link.id ??= /"id":"([^"]+)","path"/.exec(String(message))?.[1];
      socket.send(message);
    });
    link.send = (text) => socket.send(text);
  });
  await page.goto(url);
  await page.waitForSelector('.node-card');
  await page.waitForTimeout(3_000);
  await page.evaluate(() => {
    const seen = { longest: 0, long: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        seen.longest = Math.max(seen.longest, duration);
        seen.long += 1;
      }
    }).observe({ type: 'longtask' });
  });
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  const before = await taskSeconds(session);
  await tell(link, rate);
  const busy = ((await taskSeconds(session)) - before) / seconds;
  const seen = await page.evaluate(
    () => /** @type {{ longest: number, long: number }} */ (Reflect.get(window, 'seen')),
  );
  await context.close();
  return { ...seen, busy };
}

/** @param {import('playwright').CDPSession} session */
async function taskSeconds(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}

/** @typedef {{ id: string | undefined, send: ((text: string) => void) | undefined }} Link */

/** @param {Link} link @param {number} rate */
async function tell({ id, send }, rate) {
  if (!send || id === undefined) throw new Error('No document was opened.');
  let seq = 0;
  /** @param {Record<string, unknown>} body */
  const event = (body) => ({ run: 'r-bench', seq: seq++, at: new Date().toISOString(), ...body });
  /** @param {readonly object[]} events */
  const emit = (events) => send(JSON.stringify({ event: 'run:events', payload: { ticket: 't', id, events } }));
  emit([
    event({ type: 'run-started', document: 'sha256:0', seed: 1, backend: '', name: '' }),
    event({ type: 'step-started', node: 'train' }),
  ]);
  for (let batch = 0; batch < seconds * batches; batch += 1) {
    const started = performance.now();
    emit(Array.from({ length: rate / batches }, (_, i) => event(i % 50 === 49 ? log(i) : progress(seq, batch))));
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, 1000 / batches - (performance.now() - started))));
  }
}

/** @param {number} i */
function log(i) {
  return { type: 'log', node: 'train', level: 'info', message: `line ${i}` };
}

/** @param {number} step @param {number} batch */
function progress(step, batch) {
  const loss = [2 / (1 + step / 500) + Math.sin(step) / 20];
  const share = Math.floor((batch / (seconds * batches)) * 1875);
  return {
    type: 'training-progress',
    node: 'train',
    epoch: 1,
    epochs: 5,
    step: share,
    steps: 1875,
    loss,
    metrics: { accuracy: 0.9 },
    rate: 6000,
    unit: 'images/s',
    remaining: 40,
  };
}
