import { spawn } from 'node:child_process';
import { findDisplay } from './electron.mjs';
import { onPath } from './find-browser.mjs';

/** @typedef {{ display: string | undefined, stop: () => void }} Display `undefined`: the system needs no number */

/**
 * A screen for tests: the one that is there, or one of our own in memory, under a number that nobody has.
 * @returns {Promise<Display | { why: string }>}
 */
export async function provideDisplay() {
  const found = findDisplay();
  if ('ok' in found) return { display: process.env.DISPLAY, stop: () => {} };
  const xvfb = onPath('Xvfb');
  return xvfb ? startXvfb(xvfb) : { why: `${found.why} Xvfb, which would make one, is not installed.` };
}

/**
 * @param {string} xvfb
 * @returns {Promise<Display | { why: string }>}
 */
function startXvfb(xvfb) {
  const args = ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp'];
  const child = spawn(xvfb, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  // It lives as long as we do, and holds nobody up.
  const stop = () => void child.kill();
  process.once('exit', stop);
  child.unref();
  return new Promise((resolve) => {
    const number = /** @type {import('node:net').Socket} */ (child.stdio[3]);
    number.once('data', (text) => {
      number.unref();
      resolve({ display: `:${String(text).trim()}`, stop });
    });
    child.once('error', (error) => resolve({ why: `Xvfb does not start: ${error.message}.` }));
    child.once('exit', () => resolve({ why: 'Xvfb ended at once.' }));
  });
}
