import { app } from 'electron';
import type { HostLink } from './host-link';
import type { Windows } from './windows';

/** When the app ends: with its last window (not on macOS), after the host has put everything away. */
export function setUpLifetime(host: HostLink, windows: Windows): void {
  const isMac = process.platform === 'darwin';
  let isQuitting = false;
  let isPutAway = false;
  app.on('before-quit', () => {
    isQuitting = true;
  });
  app.on('window-all-closed', () => {
    if (!isMac || isQuitting) app.quit();
  });
  app.on('activate', () => {
    isQuitting = false;
    if (windows.count === 0) windows.openWindow();
  });
  app.on('will-quit', (event) => {
    if (isPutAway) return;
    event.preventDefault();
    void host.close().then(() => {
      isPutAway = true;
      app.quit();
    });
  });
}
