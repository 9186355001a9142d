import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from './build.mjs';
import { findDisplay, findElectron, sandboxArguments } from './electron.mjs';
import { installLibtensorflow } from './install-libtensorflow.mjs';
import { installPackages } from './install-packages.mjs';
import { runInForeground } from './processes.mjs';
import { root } from './project.mjs';
import { clearProgress, SetupError, say } from './say.mjs';

const cli = join(root, 'out/cli.mjs');
/** npm runs this in the root of the checkout; the paths that a person types are relative to where they stand. */
const cwd = process.env.INIT_CWD ?? process.cwd();

async function start() {
  await installPackages();
  const args = process.argv.slice(2);
  const wantsWindow = args.length === 0 || isDocument(args[0]);
  if (wantsWindow || needsTensorFlow(args[0])) await installLibtensorflow();
  await build();
  if (!existsSync(cli)) throw new SetupError('The command line is not part of this checkout.');
  return wantsWindow ? openWindow(args) : runCommandLine(args);
}

/** A pipeline to open in the window, no command. @param {string | undefined} argument */
function isDocument(argument) {
  return argument !== undefined && /\.yard$/i.test(argument);
}

/** The desktop app where it can run; else the same window in a browser. @param {readonly string[]} files */
async function openWindow(files) {
  const desktop = await findDesktop();
  if ('why' in desktop) {
    say(desktop.why);
    return runCommandLine(['web', ...files]);
  }
  const paths = files.map((file) => resolve(cwd, file));
  // Host and engines run in the Node that runs this.
  const env = { MODELYARD_NODE: process.execPath };
  return runInForeground(desktop.electron, [...desktop.args, root, ...paths], { cwd, env });
}

/** @returns {Promise<{ electron: string, args: readonly string[] } | { why: string }>} */
async function findDesktop() {
  const display = findDisplay();
  if ('why' in display) return inBrowser(display.why);
  const electron = await findElectron();
  if ('why' in electron) return inBrowser(electron.why);
  const sandbox = sandboxArguments(electron.path);
  return 'why' in sandbox ? inBrowser(sandbox.why) : { electron: electron.path, args: sandbox.args };
}

/** @param {string} why */
function inBrowser(why) {
  return { why: `${why} So the window opens in a browser.` };
}

/** @param {readonly string[]} args */
function runCommandLine(args) {
  return runInForeground(process.execPath, ['--enable-source-maps', cli, ...args], { cwd });
}

/** What only reads or shows something starts without a download. @param {string | undefined} command */
function needsTensorFlow(command) {
  return command !== undefined && ['run', 'export', 'deploy', 'web'].includes(command);
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
