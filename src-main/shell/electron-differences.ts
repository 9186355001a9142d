import {
  app,
  type CrashReporterStartOptions,
  crashReporter,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
  type Protocol,
  type RenderProcessGoneDetails,
  safeStorage,
  type WebContents,
} from 'electron';

/**
 * People get the current Electron; tests must do with 9.4 (Chromium 83, Node 12) where no other can be had. Whatever
 * the old one lacks is branched here and nowhere else. Types are the current ones.
 */
export interface SchemeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Answers every request of a scheme of our own. */
export function handleScheme(protocol: Protocol, scheme: string, answer: (url: string) => Promise<SchemeAnswer>): void {
  if (typeof protocol.handle === 'function') {
    protocol.handle(scheme, async ({ url }) => {
      const { status, headers, body } = await answer(url);
      return new Response(new Uint8Array(body), { status, headers });
    });
    return;
  }
  protocol.registerBufferProtocol(scheme, async (request, callback) => {
    const { status, headers, body } = await answer(request.url);
    const [mimeType = '', charset = ''] = (headers['content-type'] || '').split('; charset=');
    callback({ statusCode: status, headers, mimeType, charset, data: Buffer.from(body) });
  });
}

/** No page opens another window, by whatever means. */
export function denyPopups(contents: WebContents): void {
  if (typeof contents.setWindowOpenHandler === 'function') {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    return;
  }
  // The event is gone from the current types.
  const old = contents as unknown as { on(name: 'new-window', listener: (event: Event) => void): void };
  old.on('new-window', (event) => event.preventDefault());
}

/** The page that sent a message, where it is the main frame; else undefined. */
export function mainFrameAddress(event: IpcMainEvent | IpcMainInvokeEvent): string | undefined {
  if (event.senderFrame === undefined) return event.sender.getURL();
  return event.senderFrame === null || event.senderFrame.parent !== null ? undefined : event.senderFrame.url;
}

/** Calls back when a page's process ended on its own; `reason` as Electron names it. */
export function onPageGone(contents: WebContents, gone: (reason: string) => void): void {
  let isTold = false;
  const tell = (reason: string) => {
    if (isTold || reason === 'clean-exit') return;
    isTold = true;
    // Loading the page again while Electron is still telling ends the old one.
    setImmediate(() => {
      isTold = false;
      gone(reason);
    });
  };
  contents.on('render-process-gone', (_event, details: RenderProcessGoneDetails) => tell(details.reason));
  // The older event; the current Electron has it no more.
  const old = contents as unknown as { on(name: 'crashed', listener: () => void): void };
  old.on('crashed', () => tell('crashed'));
}

/** Whether the system's keychain really encrypts. `basic_text` is a password that everybody knows. */
export async function canEncrypt(): Promise<boolean> {
  if (!safeStorage || typeof safeStorage.isAsyncEncryptionAvailable !== 'function') return false;
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return false;
  return process.platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());
}

/** To be called only where `canEncrypt`. */
export async function encrypt(text: string): Promise<{ base64: string }> {
  return { base64: (await safeStorage.encryptStringAsync(text)).toString('base64') };
}

/** To be called only where `canEncrypt`. */
export async function decrypt(base64: string): Promise<{ text: string }> {
  return { text: (await safeStorage.decryptStringAsync(Buffer.from(base64, 'base64'))).result };
}

/** Keeps crash dumps on this machine. The old Electron wants an address even where nothing is sent. */
export function keepCrashDumps(): void {
  const options: CrashReporterStartOptions = { uploadToServer: false, compress: false };
  crashReporter.start(isOld() ? { ...options, companyName: 'Modelyard', submitURL: 'https://localhost' } : options);
}

export function crashDumpFolder(): string {
  if (!isOld()) return app.getPath('crashDumps');
  // The method is gone from the current types.
  return (crashReporter as unknown as { getCrashesDirectory(): string }).getCrashesDirectory();
}

/** The old Electron hands out its `remote` unless told not to; the current one has none. */
export const oldWebPreferences: object = isOld() ? { enableRemoteModule: false, worldSafeExecuteJavaScript: true } : {};

/** The page is built twice where tests need it: the old Chromium cannot read the newer one. */
export function pageFolderName(): string {
  return isOld() ? 'renderer-old' : 'renderer';
}

function isOld(): boolean {
  return Number.parseInt(process.versions.chrome || '', 10) < 110;
}
