import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { misfit } from './mutations/fits-source.mjs';
import { mutations } from './mutations/list.mjs';
import { run } from './processes.mjs';
import { root } from './project.mjs';

/** @typedef {import('./mutations/list.mjs').Mutation} Mutation */

/**
 * Breaks one promise at a time in a copy of the sources and asks the tests that hold it. `npm run mutate -- WORD`
 * takes the mutations whose file or promise has the word in it.
 */
async function mutate() {
  const word = process.argv[2]?.toLowerCase() ?? '';
  const chosen = mutations.filter(({ file, breaks }) => `${file} ${breaks}`.toLowerCase().includes(word));
  const outdated = chosen.flatMap((mutation) => misfit(root, mutation) ?? []);
  if (chosen.length === 0 || outdated.length > 0) {
    for (const reason of outdated) console.log(`out of date  ${reason}`);
    return { passed: 0, failed: Math.max(1, outdated.length) };
  }
  const copy = await copySources();
  try {
    return await judgeAll(copy, chosen);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** @returns {Promise<string>} a folder with everything that is under version control or would be */
async function copySources() {
  const folder = mkdtempSync(join(tmpdir(), 'modelyard-mutate-'));
  const { output } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  for (const name of output.split('\0')) {
    if (name !== '' && existsSync(join(root, name))) cpSync(join(root, name), join(folder, name));
  }
  // Bundles are built anew: a mutated one must not get into the ones of this checkout.
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}

/**
 * @param {string} copy
 * @param {readonly Mutation[]} chosen
 */
async function judgeAll(copy, chosen) {
  const tests = [...new Set(chosen.flatMap((mutation) => mutation.tests))];
  if ((await runTests(copy, tests)) !== 'green') {
    console.log('The tests fail without any mutation:');
    for (const name of failedTests(copy)) console.log(`  ${name}`);
    return { passed: 0, failed: 1 };
  }
  let failed = 0;
  for (const mutation of chosen) {
    const verdict = await judge(copy, mutation);
    if (verdict !== 'killed') failed += 1;
    console.log(`${verdict.padEnd(9)} ${mutation.file.padEnd(46)} ${mutation.breaks}`);
  }
  return { passed: chosen.length - failed, failed };
}

/**
 * @param {string} copy
 * @param {Mutation} mutation
 */
async function judge(copy, { file, find, replace, tests }) {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    text.replace(find, () => replace),
  );
  const outcome = await runTests(copy, tests);
  writeFileSync(path, text);
  return outcome === 'red' ? 'killed' : outcome === 'green' ? 'SURVIVED' : 'BROKEN';
}

/** @param {string} folder */
function reportIn(folder) {
  return join(folder, 'mutate-report.json');
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function failedTests(folder) {
  if (!existsSync(reportIn(folder))) return ['vitest gave no report'];
  /** @type {{ testResults: { name: string, status: string, message: string, assertionResults: { status: string, fullName: string }[] }[] }} */
  const { testResults } = JSON.parse(readFileSync(reportIn(folder), 'utf8'));
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed').map(({ fullName }) => fullName);
    return status === 'failed' ? [`${name} ${failed.length > 0 ? failed.join(', ') : message}`] : [];
  });
}

/** A mutation may make a test wait for ever. */
const longestMs = 5 * 60_000;

/**
 * @param {string} folder
 * @param {readonly string[]} tests
 * @returns {Promise<'green' | 'red' | 'broken'>} broken: the tests could not be run, which proves nothing
 */
async function runTests(folder, tests) {
  const report = reportIn(folder);
  rmSync(report, { force: true });
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json', `--outputFile.json=${report}`];
  const code = await new Promise((resolve) => {
    const child = spawn(process.execPath, [...args, ...tests], {
      cwd: folder,
      stdio: 'ignore',
      timeout: longestMs,
      killSignal: 'SIGKILL',
    });
    child.on('error', () => resolve(127));
    child.on('close', (ended, signal) => resolve(signal === null ? ended : 'red'));
  });
  if (code === 'red') return 'red';
  if (!existsSync(report)) return 'broken';
  const { numFailedTests, numPassedTests } = JSON.parse(readFileSync(report, 'utf8'));
  if (numFailedTests > 0) return 'red';
  return code === 0 && numPassedTests > 0 ? 'green' : 'broken';
}

const { passed, failed } = await mutate();
process.exitCode = failed > 0 ? 1 : 0;
console.log(`\n${passed} passed, ${failed} failed`);
