import { app } from 'electron';
import { documentsInArguments } from './documents-in-arguments';
import type { Windows } from './windows';

/** Files that the system wants opened before there is a window. */
let early: string[] = [];
let open = (paths: readonly string[]): void => {
  early.push(...paths);
};

/** One app per user: a second start hands its files to the first and ends. True for the first. */
export function setUpSingleInstance(): boolean {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return false;
  }
  app.on('second-instance', (_event, args, folder) => open(documentsInArguments(args, folder)));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open([path]);
  });
  open(documentsInArguments(process.argv, process.cwd()));
  return true;
}

/** From now on files go to the window in front; one is opened where there is none. */
export function setUpOpenFiles(windows: Windows): void {
  open = (paths) => {
    if (windows.count === 0) windows.openWindow();
    else windows.raise();
    if (paths.length > 0) windows.emitToFront('app:open', { paths });
  };
  open(early);
  early = [];
}
