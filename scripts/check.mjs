import { pathToFileURL } from 'node:url';
import { installPackages } from './install-packages.mjs';
import { run } from './processes.mjs';
import { root } from './project.mjs';
import { SetupError, say } from './say.mjs';

const tools = 'node_modules';
const buildInfo = 'node_modules/.cache/modelyard';

/** @param {string} project a folder with a tsconfig, or the file itself */
function types(project) {
  const name = project.replaceAll('/', '-');
  const args = ['-p', project, '--incremental', '--tsBuildInfoFile', `${buildInfo}/${name}.tsbuildinfo`];
  return { name: `types of ${project}`, file: `${tools}/typescript/bin/tsc`, args: [...args, '--pretty', 'false'] };
}

/** Each is a Node program and its arguments. */
const steps = [
  types('src-main'),
  types('src-renderer'),
  types('src-renderer/tsconfig.tests.json'),
  types('e2e'),
  types('src-shared'),
  types('scripts'),
  {
    name: 'format and lint',
    file: `${tools}/@biomejs/biome/bin/biome`,
    args: ['ci', '--error-on-warnings', '--max-diagnostics=60', '--colors=off', '.'],
  },
  {
    name: 'dependency rules',
    file: `${tools}/dependency-cruiser/bin/dependency-cruise.mjs`,
    args: [
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err-long',
      'src-shared',
      'src-main',
      'src-renderer',
      'e2e',
      'scripts',
    ],
  },
  { name: 'unused code', file: `${tools}/knip/bin/knip.js`, args: ['--no-progress', '--no-config-hints'] },
  { name: 'lock file', file: 'scripts/check/lock-file.mjs', args: [] },
  { name: 'links in pages', file: 'scripts/check/links.mjs', args: [] },
];

/**
 * Format, lint, types, dependency rules, unused code and the lock file, two at a time.
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function check() {
  const waiting = [...steps];
  let failed = 0;
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      if (!(await pass(step))) failed += 1;
    }
  };
  await Promise.all([worker(), worker()]);
  return { passed: steps.length - failed, failed };
}

/** @param {{ name: string, file: string, args: readonly string[] }} step */
async function pass(step) {
  const started = Date.now();
  const { code, output } = await run(process.execPath, [step.file, ...step.args], {
    cwd: root,
    env: { FORCE_COLOR: '0' },
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  say(`${code === 0 ? 'ok    ' : 'FAILED'} ${step.name} (${seconds} s)`);
  if (code !== 0) say(output.trim().replace(/^/gm, '       '));
  return code === 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await installPackages();
    const { failed } = await check();
    process.exitCode = failed > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
