import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { expect } from 'playwright/test';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { DesktopApp, desktopEnvironment, electronArguments, program, whyNoDesktop } from '../fixtures/desktop-app';
import { isRunning } from '../fixtures/machine';
import { Modelyard } from '../fixtures/modelyard';
import { findProcess, listeningPorts } from '../fixtures/process-tree';
import type {} from '../fixtures/run-watch';

let desktop: DesktopApp;
beforeAll(async () => {
  if (!whyNoDesktop) desktop = await DesktopApp.start();
});
afterAll(() => desktop?.close());

function ask(name: string, value: unknown): Promise<unknown> {
  // Names that the contract lacks are asked for too.
  return desktop.page.evaluate(([n, v]) => window.modelyard?.ask(n as 'app:info', v as never), [name, value] as const);
}

describe.skipIf(whyNoDesktop)('the page of the desktop app', () => {
  test('shows the app at its own address', async () => {
    expect(desktop.page.url()).toBe('app://bundle/');
    await expect(desktop.page).toHaveTitle(/Modelyard/);
    expect(await ask('app:info', {})).toMatchObject({ ok: true, value: { host: 'desktop' } });
  });

  test('gives the page three functions and nothing of Node or Electron', async () => {
    const seen = await desktop.page.evaluate(() => ({
      bridge: Object.keys(window.modelyard ?? {}).sort(),
      others: ['require', 'process', 'module', 'Buffer', 'electron', 'global'].filter((name) => name in window),
    }));
    expect(seen).toEqual({ bridge: ['ask', 'on', 'pathOf'], others: [] });
  });

  test('isolates the page by settings', async () => {
    const settings = await desktop.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      // The method has been there all along, without a type.
      return (contents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences();
    });
    expect(settings).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });
});

describe.skipIf(whyNoDesktop)('what the page may load', () => {
  test('refuses scripts, styles and pictures that the policy does not name', async () => {
    await desktop.page.evaluate(() => {
      window.heard = [];
      document.addEventListener('securitypolicyviolation', (event) => window.heard?.push(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'window.heard = ["it ran"]';
      const style = document.createElement('style');
      style.textContent = 'body { outline: 1px solid }';
      const picture = new Image();
      picture.src = 'https://example.com/x.png';
      document.body.append(script, style, picture);
      void fetch('https://example.com/').catch(() => undefined);
    });
    const refused = async () => {
      const heard = await desktop.page.evaluate(() => window.heard);
      return [...new Set((heard ?? []).map((name) => String(name).replace('-elem', '')))].sort();
    };
    await expect.poll(refused).toEqual(['connect-src', 'img-src', 'script-src', 'style-src']);
  });

  test('has its nonce written into the page, a new one for every load', async () => {
    const nonces = await desktop.page.evaluate(async () => {
      const pages = await Promise.all([fetch('app://bundle/'), fetch('app://bundle/index.html')]);
      const policies = pages.map((page) => page.headers.get('content-security-policy') ?? '');
      return { texts: await Promise.all(pages.map((page) => page.text())), policies };
    });
    const made = nonces.policies.map((policy) => policy.match(/'nonce-([^']+)'/)?.[1] ?? 'none');
    expect(new Set(made).size).toBe(2);
    for (const [index, text] of nonces.texts.entries()) expect(text).toContain(`nonce="${made[index]}"`);
  });

  test('serves nothing outside the page', async () => {
    const answers = await desktop.page.evaluate(() =>
      Promise.all(
        ['..%2fmain.cjs', '..%2f..%2fpackage.json', '%5c..%5cmain.cjs', 'nothing.js', '%00'].map((path) =>
          fetch(`app://bundle/${path}`).then(
            ({ status }) => status,
            () => 404,
          ),
        ),
      ),
    );
    expect(answers).toEqual([404, 404, 404, 404, 404]);
  });
});

describe.skipIf(whyNoDesktop)('what the page may do', () => {
  test('does not leave its page', async () => {
    await desktop.page.evaluate(() => {
      window.location.href = 'https://example.com/';
    });
    expect(await ask('app:info', {})).toMatchObject({ ok: true });
    expect(desktop.page.url()).toBe('app://bundle/');
  });

  test('opens no window for a page and embeds none', async () => {
    const prevented = await desktop.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const names = ['will-attach-webview', 'setWindowOpenHandler' in (contents ?? {}) ? '' : 'new-window'];
      return names.filter(Boolean).map((name) => {
        let isPrevented = false;
        const event = {
          preventDefault: () => {
            isPrevented = true;
          },
        };
        contents?.emit(name, event, 'https://example.com/', '');
        return isPrevented;
      });
    });
    expect(prevented).not.toContain(false);
    expect(prevented.length).toBeGreaterThan(0);
  });

  test('denies every permission', async () => {
    const answers = await desktop.page.evaluate(async () => ({
      notifications: await Notification.requestPermission(),
      place: await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('given'),
          ({ code }) => resolve(code),
        ),
      ),
    }));
    expect(answers).toEqual({ notifications: 'denied', place: 1 });
  });

  test.each(['app:quit', 'constructor', '__proto__', 'toString'])('knows no request %s', async (name) => {
    await expect(ask(name, {})).rejects.toThrow('There is no such request');
  });

  test('has a bad request answered with a problem', async () => {
    expect(await ask('window:openLink', { url: 7 })).toMatchObject({ ok: false, problem: { code: 'request-invalid' } });
  });
});

describe.skipIf(whyNoDesktop)('the desktop window', () => {
  const pid = () => desktop.app.process().pid ?? 0;

  test('lives on when its host is killed', async () => {
    await desktop.page.evaluate(() => {
      window.heard = [];
      window.modelyard?.on('host:restarted', () => window.heard?.push('restarted'));
    });
    const before = findProcess(pid(), 'host.mjs') ?? 0;
    process.kill(before, 'SIGKILL');
    await expect.poll(() => desktop.page.evaluate(() => window.heard)).toEqual(['restarted']);
    expect(await ask('app:info', {})).toMatchObject({ ok: true });
    expect(findProcess(pid(), 'host.mjs')).not.toBe(before);
    expect(isRunning(before)).toBe(false);
  });

  test('is handed the file of a second start, which ends', async () => {
    const file = desktop.modelyard.path('second one.yard');
    writeFileSync(file, '{}');
    await desktop.page.evaluate(() => {
      window.heard = [];
      window.modelyard?.on('app:open', ({ paths }) => window.heard?.push(...paths));
    });
    const second = spawn(program(), [...electronArguments(), 'second one.yard'], {
      env: desktopEnvironment(desktop.modelyard),
      cwd: desktop.modelyard.folder,
      stdio: 'ignore',
    });
    const [code] = await once(second, 'exit');
    expect(code).toBe(0);
    await expect.poll(() => desktop.page.evaluate(() => window.heard)).toEqual([file]);
  });
});

describe.skipIf(whyNoDesktop)('the desktop app', () => {
  test('listens on no port, and takes host and engines with it when it is killed', async () => {
    const modelyard = new Modelyard();
    const env = desktopEnvironment(modelyard);
    const app = spawn(program(), electronArguments(), { env, cwd: modelyard.folder, stdio: 'ignore' });
    const pid = app.pid ?? 0;
    await expect.poll(() => findProcess(pid, '--type=renderer')).toBeDefined();
    const host = findProcess(pid, 'host.mjs') ?? 0;
    expect(isRunning(host)).toBe(true);
    expect(listeningPorts(pid)).toEqual([]);
    app.kill('SIGKILL');
    await expect.poll(() => isRunning(host), { timeout: 15_000 }).toBe(false);
    await modelyard.close();
  });

  // Without Playwright, which holds on to the page that is gone.
  test('loads its page again when that is killed', async () => {
    const modelyard = new Modelyard();
    const env = desktopEnvironment(modelyard);
    const app = spawn(program(), electronArguments(), { env, cwd: modelyard.folder, stdio: 'ignore' });
    const pid = app.pid ?? 0;
    const renderer = () => findProcess(pid, '--type=renderer');
    await expect.poll(renderer).toBeDefined();
    const before = renderer() ?? 0;
    process.kill(before, 'SIGKILL');
    await expect.poll(() => isRunning(before)).toBe(false);
    await expect.poll(() => renderer() ?? before, { timeout: 15_000 }).not.toBe(before);
    expect(app.exitCode ?? app.signalCode).toBeNull();
    const gone = once(app, 'exit');
    app.kill('SIGKILL');
    await gone;
    await modelyard.close();
  });
});
