import type { Language } from '../../src-shared/text';
import type { DialogAnswer, DialogAsk, SecretInfo } from '../../src-shared/window-data';
import type { Client } from './handlers';

/** What only the system around the host can do: Electron's shell on a desktop, little for a browser. */
export interface Native {
  readonly host: 'desktop' | 'web';
  readonly systemLanguage: Language;
  dialog(kind: 'open' | 'save' | 'folder', ask: DialogAsk, client: Client): Promise<DialogAnswer>;
  /** Shows a file in the system's file manager. */
  reveal(path: string): Promise<void>;
  openLink(url: string): Promise<void>;
  openWindow(): Promise<void>;
  closeWindow(client: Client): Promise<void>;
  setTitle(client: Client, title: string, isEdited: boolean): void;
  readonly vault: Vault;
}

/** Secrets by name. Kept by the system's keychain where there is one that really encrypts, else until the host ends. */
export interface Vault {
  readonly isLasting: boolean;
  list(): Promise<readonly SecretInfo[]>;
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<SecretInfo>;
  remove(name: string): Promise<void>;
}
