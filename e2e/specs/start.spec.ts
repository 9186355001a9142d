import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The command line as a person starts it. */
function modelyard(...args: string[]) {
  return spawnSync(process.execPath, ['scripts/start.mjs', ...args], { cwd: root, encoding: 'utf8' });
}

describe('npm start', () => {
  it('says what the command line can do', () => {
    const { status, stdout } = modelyard('--help');
    expect(status).toBe(0);
    for (const command of ['run', 'check', 'plan', 'export', 'nodes', 'doctor']) expect(stdout).toContain(command);
  });

  it('refuses a command that does not exist, without a stack trace', () => {
    const { status, stdout, stderr } = modelyard('fly');
    expect(status).toBe(2);
    expect(stdout + stderr).toContain('fly');
    expect(stdout + stderr).not.toMatch(/^\s+at /m);
  });
});
