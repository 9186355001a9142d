import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { installLibtensorflow } from './install-libtensorflow.mjs';
import { installPackages } from './install-packages.mjs';
import { runInForeground } from './processes.mjs';
import { root } from './project.mjs';
import { clearProgress, SetupError, say } from './say.mjs';

const example = 'resources/examples/digits-cnn.yard';

async function start() {
  await installPackages();
  const args = process.argv.slice(2);
  if (needsTensorFlow(args[0])) await installLibtensorflow();
  await build();
  if (!existsSync(join(root, 'out/cli.mjs'))) throw new SetupError('The command line is not part of this checkout.');
  if (args.length === 0) {
    say(`Modelyard has no window yet, so this runs ${example} here in the terminal.`);
    args.push('run', join(root, example));
  }
  return runInForeground(process.execPath, ['--enable-source-maps', join(root, 'out/cli.mjs'), ...args]);
}

/** What only reads or shows something starts without a download. @param {string | undefined} command */
function needsTensorFlow(command) {
  return command === undefined || ['run', 'export', 'deploy'].includes(command);
}

try {
  process.exitCode = await start();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  clearProgress();
  say(error.message);
  process.exitCode = 1;
}
