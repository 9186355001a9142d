import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { build, everyTarget } from './build.mjs';
import { check } from './check.mjs';
import { installLibtensorflow } from './install-libtensorflow.mjs';
import { installOracles } from './install-oracles.mjs';
import { installPackages } from './install-packages.mjs';
import { installTfjsNode } from './install-tfjs-node.mjs';
import { runInForeground } from './processes.mjs';
import { root } from './project.mjs';
import { provideWindows } from './provide-windows.mjs';
import { say } from './say.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** Everything: the checks, then every test. Arguments are handed to vitest, to run some of the tests. */
async function test() {
  await installPackages();
  await installLibtensorflow();
  await installTfjsNode();
  await installOracles();
  const windows = await provideWindows();
  await build(everyTarget);
  const checked = await check();
  const tested = await runTests(process.argv.slice(2), windows.env).finally(windows.stop);
  return { ...tested, passed: checked.passed + tested.passed, failed: checked.failed + tested.failed };
}

/**
 * @param {readonly string[]} filters
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Counts>}
 */
async function runTests(filters, env) {
  const folder = mkdtempSync(join(tmpdir(), 'modelyard-test-'));
  const file = join(folder, 'results.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const code = await runInForeground(process.execPath, [vitest, 'run', ...reporters, ...filters], { cwd: root, env });
  const counts = readCounts(file);
  rmSync(folder, { recursive: true, force: true });
  // An error outside any test (an unhandled rejection, a file that does not load) must not look like success.
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/**
 * @param {string} file
 * @returns {Counts}
 */
function readCounts(file) {
  try {
    const results = JSON.parse(readFileSync(file, 'utf8'));
    sayWhatWasSkipped(results.testResults);
    const brokenFiles = results.testResults.filter(isBroken).length;
    return {
      passed: results.numPassedTests,
      failed: results.numFailedTests + brokenFiles,
      skipped: results.numPendingTests + results.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** @param {{ name: string, assertionResults: { status: string }[] }[]} files */
function sayWhatWasSkipped(files) {
  for (const { name, assertionResults } of files) {
    const skipped = assertionResults.filter(({ status }) => status === 'skipped' || status === 'pending').length;
    if (skipped > 0) say(`skipped ${skipped} of ${assertionResults.length} in ${relative(root, name)}`);
  }
}

/** @param {{ status: string, assertionResults: { status: string }[] }} file */
function isBroken(file) {
  return file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed');
}

/** @returns {Promise<Counts>} */
async function testOrExplain() {
  try {
    return await test();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const { passed, failed, skipped } = await testOrExplain();
process.exitCode = failed > 0 ? 1 : 0;
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
