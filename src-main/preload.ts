import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { type Bridge, channels, type EventName, eventNames, requestNames } from '../src-shared/ipc';

/** The page's one way out: `window.modelyard`, with the names of the contract and nothing else of Electron. */
type Listener = (payload: never) => void;

/** What came before anybody listened waits for its first listener. */
const early = new Map<string, unknown[]>();
const listeners = new Map<string, Set<Listener>>();
const longestWait = 100;

const bridge: Bridge = {
  ask(name, ask) {
    if (!isNamed(requestNames, name)) return Promise.reject(new Error('There is no such request.'));
    return ipcRenderer.invoke(channels.ask, name, ask);
  },
  on(name, listener) {
    if (!isNamed(eventNames, name) || typeof listener !== 'function') throw new Error('There is no such event.');
    const known = listeners.get(name) || new Set();
    listeners.set(name, known.add(listener));
    deliverEarly(name);
    return () => {
      known.delete(listener);
    };
  },
  pathOf(file) {
    // Electron before 29 has no such module; the page then hands the file over itself.
    return webUtils?.getPathForFile(file as never) || undefined;
  },
};

function isNamed(names: Readonly<Record<string, 1>>, name: unknown): boolean {
  return typeof name === 'string' && Object.keys(names).includes(name);
}

function deliverEarly(name: EventName): void {
  const waiting = early.get(name) || [];
  early.delete(name);
  for (const payload of waiting) deliver(name, payload);
}

function deliver(name: string, payload: unknown): void {
  const known = listeners.get(name);
  if (!known || known.size === 0) {
    early.set(name, [...(early.get(name) || []), payload].slice(-longestWait));
    return;
  }
  // The shell sends a name only with its own payload.
  for (const listener of known) listener(payload as never);
  if (name === 'window:closing') ipcRenderer.send(channels.closingHeard);
}

ipcRenderer.on(channels.event, (_event, name: string, payload: unknown) => deliver(name, payload));

contextBridge.exposeInMainWorld('modelyard', bridge);
