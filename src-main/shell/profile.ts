import { join } from 'node:path';
import { app } from 'electron';
import { defaultDataFolder } from '../window-host/data-folder';
import { keepCrashDumps } from './electron-differences';

/** What Chromium keeps lies in a folder of its own inside the app's data. Before anything asks for a path. */
export function setUpProfile(): void {
  app.setPath('userData', join(defaultDataFolder(process.env), 'window'));
}

/** Dumps stay on this machine, for those who look for a fault. */
export function setUpCrashDumps(): void {
  keepCrashDumps();
}

/**
 * Every page in Chromium's sandbox, also those that nobody asked for. Whoever starts with `--no-sandbox` (root in a
 * container has no other way) still gets pages without Node, by each window's own settings.
 */
export function setUpSandbox(): void {
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
}
