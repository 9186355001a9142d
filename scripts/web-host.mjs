import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './project.mjs';
import { SetupError } from './say.mjs';

/**
 * The window's web host with data and results of its own, for pictures and measurements.
 * @param {{ data: string, store: string, files?: readonly string[] }} options
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startWebHost({ data, store, files = [] }) {
  const args = [join(root, 'out/cli.mjs'), 'web', '--json', '--store', store, ...files];
  const child = spawn(process.execPath, args, {
    cwd: data,
    env: { ...process.env, MODELYARD_DATA: data, LANG: 'en_US.UTF-8' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const line = text.split('\n').find((each) => each.includes('"web-started"') && each.endsWith('}'));
      if (line) resolve(JSON.parse(line).url);
    });
    ended.then((code) => reject(new SetupError(`The web host ended with ${code}.`)));
  });
  const stop = async () => {
    child.kill('SIGINT');
    await ended;
  };
  return { url, stop };
}
