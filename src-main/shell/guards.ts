import { app, session } from 'electron';
import { denyPopups } from './electron-differences';
import { isOwnPage } from './page-scheme';

/** What pages may never do: leave, open windows, embed others. For every page that is ever made. */
export function setUpGuards(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event, url) => {
      if (!isOwnPage(url)) event.preventDefault();
    });
    contents.on('will-redirect', (event, url) => {
      if (!isOwnPage(url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    denyPopups(contents);
  });
}

/** Camera, place, notifications, clipboard reading …: the page needs none of them, so it gets none. */
export function setUpPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, decide) => decide(mayUse(permission)));
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => mayUse(permission));
}

/** Writing to the clipboard is what Copy does; pages may do it on a key press anyway. */
function mayUse(permission: string): boolean {
  return permission === 'clipboard-sanitized-write';
}
