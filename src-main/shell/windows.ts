import { app, BrowserWindow, nativeTheme, screen, type WebContents } from 'electron';
import { channels, type EventName, type Events } from '../../src-shared/ipc';
import type { ClientId } from '../../src-shared/shell-link';
import { Closing } from './closing';
import { oldWebPreferences } from './electron-differences';
import { pageAddress } from './page-scheme';
import type { Places } from './places';
import { readWindowPlace, smallestWindow, writeWindowPlace } from './window-place';

/** What others do when windows come and go. */
export interface WindowWatcher {
  readonly opened: (client: ClientId, window: BrowserWindow) => void;
  readonly closed: (client: ClientId) => void;
}

interface OpenWindow {
  readonly client: ClientId;
  readonly window: BrowserWindow;
  readonly closing: Closing;
  /** What is to be told once the page has been loaded. */
  waiting: (() => void)[] | undefined;
}

const patience = 5000;

/** The windows of the app, each with the name by which the host knows it. */
export class Windows {
  private readonly open = new Map<ClientId, OpenWindow>();
  private readonly watchers: WindowWatcher[] = [];
  private nextClient = 1;

  constructor(private readonly places: Places) {}

  watch(watcher: WindowWatcher): void {
    this.watchers.push(watcher);
  }

  get count(): number {
    return this.open.size;
  }

  openWindow(): void {
    const place = readWindowPlace(app.getPath('userData'), displays());
    const window = new BrowserWindow(windowOptions(this.places, this.nextFrom(place)));
    const client = `window-${this.nextClient++}`;
    const entry = this.register(client, window);
    window.once('ready-to-show', () => {
      if (place.isMaximized) window.maximize();
      window.show();
    });
    window.webContents.on('did-finish-load', () => {
      const waiting = entry.waiting || [];
      entry.waiting = undefined;
      for (const tell of waiting) tell();
    });
    for (const { opened } of this.watchers) opened(client, window);
    void window.loadURL(pageAddress);
  }

  clientOf(contents: WebContents): ClientId | undefined {
    return this.find(contents)?.client;
  }

  windowOf(client: ClientId): BrowserWindow | undefined {
    return this.open.get(client)?.window;
  }

  emit(client: ClientId, name: EventName, payload: unknown): void {
    const window = this.windowOf(client);
    if (window && !window.isDestroyed() && !window.webContents.isCrashed())
      window.webContents.send(channels.event, name, payload);
  }

  emitToAll<N extends EventName>(name: N, payload: Events[N]): void {
    for (const client of this.open.keys()) this.emit(client, name, payload);
  }

  /** To the window that is or was in front, shown and loaded; false where there is none. */
  emitToFront<N extends EventName>(name: N, payload: Events[N]): boolean {
    const focused = BrowserWindow.getFocusedWindow();
    const entry = (focused && this.find(focused.webContents)) || [...this.open.values()].pop();
    if (!entry) return false;
    const tell = () => this.emit(entry.client, name, payload);
    if (entry.waiting) entry.waiting.push(tell);
    else tell();
    return true;
  }

  /** Brings the window in front before everything else. */
  raise(): void {
    const entry = [...this.open.values()].pop();
    if (!entry) return;
    if (entry.window.isMinimized()) entry.window.restore();
    entry.window.show();
    entry.window.focus();
  }

  closingHeard(contents: WebContents): void {
    this.find(contents)?.closing.heard();
  }

  /** The page has asked and kept everything. */
  allowClose(client: ClientId): void {
    this.open.get(client)?.closing.allow();
  }

  private find(contents: WebContents): OpenWindow | undefined {
    return [...this.open.values()].find(({ window }) => !window.isDestroyed() && window.webContents === contents);
  }

  private register(client: ClientId, window: BrowserWindow): OpenWindow {
    const closing = new Closing({
      ask: () => this.emit(client, 'window:closing', {}),
      close: () => window.close(),
      patience,
    });
    const entry: OpenWindow = { client, window, closing, waiting: [] };
    this.open.set(client, entry);
    window.on('close', (event) => {
      writeWindowPlace(app.getPath('userData'), { ...window.getNormalBounds(), isMaximized: window.isMaximized() });
      if (closing.mayClose || window.webContents.isCrashed()) return;
      event.preventDefault();
      closing.request();
    });
    window.on('closed', () => {
      closing.stopWaiting();
      this.open.delete(client);
      for (const { closed } of this.watchers) closed(client);
    });
    return entry;
  }

  /** A second window stands a little beside the first. */
  private nextFrom<P extends { x?: number; y?: number }>(place: P): P {
    const offset = 32 * this.open.size;
    return place.x === undefined || place.y === undefined
      ? place
      : { ...place, x: place.x + offset, y: place.y + offset };
  }
}

function displays() {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return [main, ...others].map(({ workArea }) => workArea);
}

function windowOptions(
  places: Places,
  { x, y, width, height }: { x?: number; y?: number; width: number; height: number },
): Electron.BrowserWindowConstructorOptions {
  return {
    ...(x === undefined || y === undefined ? {} : { x, y }),
    ...smallestWindow,
    width,
    height,
    show: false,
    title: 'Modelyard',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1d23' : '#fafbfc',
    ...(process.platform === 'linux' ? { icon: places.icon } : {}),
    webPreferences: {
      ...oldWebPreferences,
      preload: places.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  };
}
