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
  // npm runs this in the root of the checkout; the paths that a person types are relative to where they stand.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  return runInForeground(process.execPath, ['--enable-source-maps', join(root, 'out/cli.mjs'), ...args], { cwd });
}

/** What only reads or shows something starts without a download. @param {string | undefined} command */
function needsTensorFlow(command) {
  return command === undefined || ['run', 'export', 'deploy'].includes(command);
}

/** What a person can mend is said in a sentence; a fault of these scripts keeps its trace. @param {unknown} error */
function explain(error) {
  if (error instanceof SetupError || (error instanceof Error && 'errors' in error)) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  process.exitCode = await start();
} catch (error) {
  clearProgress();
  say(explain(error));
  process.exitCode = 1;
}
