import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

/** The current Electron as far as `electron-differences.ts` reaches into it; tests of the whole app have the old one. */
const electron = vi.hoisted(() => ({
  app: { getPath: (name: string) => `/paths/${name}` },
  crashReporter: { start: vi.fn() },
  safeStorage: {
    isAsyncEncryptionAvailable: vi.fn(async () => true),
    getSelectedStorageBackend: vi.fn(() => 'gnome_libsecret'),
    encryptStringAsync: async (text: string) => Buffer.from([...text].reverse().join('')),
    decryptStringAsync: async (bytes: Buffer) => ({ result: [...String(bytes)].reverse().join('') }),
  },
}));
vi.mock('electron', () => electron);
const { chrome } = process.versions;

beforeEach(() => {
  vi.resetModules();
  Object.defineProperty(process.versions, 'chrome', { value: '150.0.1', configurable: true });
});
afterEach(() => {
  Object.defineProperty(process.versions, 'chrome', { value: chrome, configurable: true });
});

describe('in the current Electron', () => {
  test('popups are denied by the handler', async () => {
    const { denyPopups } = await import('./electron-differences');
    const setWindowOpenHandler = vi.fn();
    // Only this one method is reached.
    denyPopups({ setWindowOpenHandler } as never);
    expect(setWindowOpenHandler.mock.calls[0]?.[0]({ url: 'https://example.com' })).toEqual({ action: 'deny' });
  });

  test.each([
    ['gnome_libsecret', true, true],
    ['kwallet6', true, true],
    ['basic_text', true, false],
    ['unknown', true, false],
    ['gnome_libsecret', false, false],
  ])('a keychain %s, available %s, keeps secrets: %s', async (backend, isAvailable, expected) => {
    const { canEncrypt } = await import('./electron-differences');
    electron.safeStorage.getSelectedStorageBackend.mockReturnValue(backend);
    electron.safeStorage.isAsyncEncryptionAvailable.mockResolvedValue(isAvailable);
    expect(await canEncrypt()).toBe(process.platform === 'linux' ? expected : isAvailable);
  });

  test('what the keychain made comes back as it was', async () => {
    const { decrypt, encrypt } = await import('./electron-differences');
    const { base64 } = await encrypt('秘密 s3cret');
    expect(Buffer.from(base64, 'base64').toString()).not.toContain('s3cret');
    expect(await decrypt(base64)).toEqual({ text: '秘密 s3cret' });
  });

  test('only the main frame of a window is heard', async () => {
    const { mainFrameAddress } = await import('./electron-differences');
    const frame = { url: 'app://bundle/', parent: null };
    // Of an event only the frame counts.
    const from = (senderFrame: unknown) => mainFrameAddress({ senderFrame } as never);
    expect(from(frame)).toBe('app://bundle/');
    expect(from({ url: 'app://bundle/', parent: frame })).toBeUndefined();
    expect(from(null)).toBeUndefined();
  });

  test('a scheme is handled with status and headers', async () => {
    const { handleScheme } = await import('./electron-differences');
    const handle = vi.fn();
    // Only this one method is reached.
    handleScheme({ handle } as never, 'app', async (url) => ({
      status: 404,
      headers: { 'x-asked': url },
      body: new Uint8Array([104, 105]),
    }));
    const response: Response = await handle.mock.calls[0]?.[1]({ url: 'app://bundle/x' });
    expect([response.status, response.headers.get('x-asked')]).toEqual([404, 'app://bundle/x']);
    expect(await response.text()).toBe('hi');
  });

  test('crash dumps are kept here and sent nowhere', async () => {
    const { crashDumpFolder, keepCrashDumps } = await import('./electron-differences');
    keepCrashDumps();
    expect(electron.crashReporter.start).toHaveBeenCalledWith({ uploadToServer: false, compress: false });
    expect(crashDumpFolder()).toBe('/paths/crashDumps');
  });
});
