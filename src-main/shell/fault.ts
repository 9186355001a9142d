import { app, dialog } from 'electron';

/** The app cannot start: what is known is shown, also where nobody reads a terminal. */
export function endWithFault(error: unknown): void {
  const text = error instanceof Error ? error.stack || error.message : String(error);
  console.error(text);
  dialog.showErrorBox('Modelyard', text);
  app.exit(1);
}
