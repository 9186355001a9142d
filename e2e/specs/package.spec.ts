import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { dist } from '../../scripts/dist.mjs';
import { DesktopApp, whyNoDesktop } from '../fixtures/desktop-app';
import { Modelyard, root } from '../fixtures/modelyard';
import { findProcess, processTree } from '../fixtures/process-tree';
import { watchRuns } from '../fixtures/run-watch';

const why = process.platform === 'linux' ? whyNoDesktop : 'The packed app is driven on Linux only.';

describe.skipIf(why)('the packed app', () => {
  const modelyard = new Modelyard();
  let packed: Awaited<ReturnType<typeof dist>>;
  let desktop: DesktopApp;
  beforeAll(async () => {
    packed = await dist({ unpackedOnly: true });
    const file = modelyard.path('penguins.yard');
    const example = JSON.parse(readFileSync(join(root, 'resources/examples/penguins.yard'), 'utf8'));
    for (const node of Object.values<{ params: Record<string, unknown> }>(example.nodes)) {
      if ('epochs' in node.params) node.params.epochs = 2;
      if ('file' in node.params) node.params.file = join(root, 'resources/examples/data/penguins.csv');
    }
    writeFileSync(file, JSON.stringify(example));
    desktop = await DesktopApp.start({
      modelyard,
      program: join(packed.folder, 'modelyard'),
      appArgs: [],
      files: [file],
      // It brings its own.
      env: { MODELYARD_NODE: undefined },
    });
  }, 300_000);
  afterAll(async () => {
    await desktop?.close();
    await modelyard.close();
  });

  test('runs a pipeline to its end in the Node that it brings', async () => {
    await expect(desktop.page.getByRole('heading', { name: 'penguins.yard' })).toBeVisible();
    const runs = await watchRuns(desktop.page);
    await desktop.choose('Run', 'Run');
    await expect.poll(runs.ends, { timeout: 90_000 }).toEqual([{ state: 'done' }]);
    await expect(desktop.page.getByTestId('node-test')).toHaveAttribute('data-state', 'done');
    const pid = desktop.app.process().pid ?? 0;
    const host = findProcess(pid, 'host.mjs') ?? 0;
    const programs = processTree(host).map(({ program }) => program);
    expect(programs.length).toBeGreaterThan(1);
    expect(new Set(programs)).toEqual(new Set([join(packed.folder, 'resources/node/node')]));
  });

  test('keeps what Node runs outside the archive, and the page inside', () => {
    const resources = join(packed.folder, 'resources');
    for (const name of ['cli', 'engine', 'host', 'parity', 'server'])
      expect(existsSync(join(resources, 'app.asar.unpacked/out', `${name}.mjs`))).toBe(true);
    expect(existsSync(join(resources, 'app.asar.unpacked/out/main.cjs'))).toBe(false);
    expect(existsSync(join(resources, 'app.asar.unpacked/node_modules/react-dom'))).toBe(false);
    expect(existsSync(join(resources, 'app.asar.unpacked/node_modules/koffi'))).toBe(true);
    expect(existsSync(join(resources, 'app.asar.unpacked/node_modules/onnxruntime-node/bin/napi-v6/win32'))).toBe(
      false,
    );
    expect(existsSync(join(resources, 'examples/penguins.yard'))).toBe(true);
  });

  test('has its fuses set', ({ skip }) => {
    if (packed.isTestBuild) skip('the Electron of the test build has none');
    const tool = join(root, 'node_modules/@electron/fuses/dist/bin.js');
    const program = join(packed.folder, 'modelyard');
    const read = execFileSync(process.execPath, [tool, 'read', '--app', program], { encoding: 'utf8' });
    for (const off of ['RunAsNode', 'EnableNodeOptionsEnvironmentVariable', 'EnableNodeCliInspectArguments'])
      expect(read).toMatch(new RegExp(`${off} is Disabled`));
    expect(read).toMatch(/OnlyLoadAppFromAsar is Enabled/);
  });
});
