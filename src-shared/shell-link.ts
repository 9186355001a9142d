import type { EventName, RequestName } from './ipc';
import type { Problem } from './problem';
import type { Language } from './text';
import type { DialogAnswer, DialogAsk } from './window-data';

/**
 * What the desktop's shell (Electron) and its host process (real Node, `out/host.mjs`) say to each other over the
 * IPC channel of `fork`. Plain JSON only: the older Electron has no structured clone there. A message that is none
 * of these is dropped by either side.
 *
 * The shell forks the host with one argument, `HostArgument` as JSON, and waits for `ready`. A window is told to the
 * host by `client-opened`, its requests go as `ask`, and what the host tells it unasked comes as `event`. The host
 * leaves on `disconnect` and ends its engines first; to end it the shell disconnects, or sends `close` and waits for
 * the exit.
 */
export interface HostArgument {
  readonly paths: HostPaths;
  /** Version of the app, for `app:info`. */
  readonly version: string;
  readonly systemLanguage: Language;
  /** The shell's `safeStorage` really encrypts: secrets can be kept between sessions. */
  readonly isVaultLasting: boolean;
}

/** Where things lie. Absolute. */
export interface HostPaths {
  /** Settings, recent files, recovery journals, the host's log: the app's user data folder. */
  readonly data: string;
  /** Folder of results where the settings name none. */
  readonly store: string;
  /** Holds `examples/`. */
  readonly resources: string;
  /** The bundled engine, `out/engine.mjs`. */
  readonly engineFile: string;
}

/** A window, as the shell names it; never given twice while a host lives. */
export type ClientId = string;

/** From the shell to the host. */
export type ToHost =
  | { readonly kind: 'client-opened'; readonly client: ClientId }
  /** The window is gone for good: its documents are closed, its locks given back. A reload is no close. */
  | { readonly kind: 'client-closed'; readonly client: ClientId }
  /** `ask` is not checked by the shell; the host does that. */
  | {
      readonly kind: 'ask';
      readonly id: number;
      readonly client: ClientId;
      readonly name: RequestName;
      readonly ask: unknown;
    }
  | { readonly kind: 'native-answer'; readonly id: number; readonly value: unknown }
  /** The call failed; `error` is a sentence for the log. */
  | { readonly kind: 'native-answer'; readonly id: number; readonly error: string }
  /** End engines, flush journals, leave with code 0. */
  | { readonly kind: 'close' };

/** From the host to the shell. */
export type FromHost =
  /** It listens; sent once, before anything else. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: HostAnswer }
  | { readonly kind: 'event'; readonly client: ClientId; readonly name: EventName; readonly payload: unknown }
  | NativeMessage;

/** An `Answer` of the contract; which one is known by the id that asked. */
export type HostAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: Problem };

/** What the host asks of the shell: `Native` and `Vault` of `src-main/ipc/native.ts`, each call by name. */
export interface NativeCalls {
  readonly dialog: {
    readonly args: {
      readonly kind: 'open' | 'save' | 'folder';
      readonly ask: DialogAsk;
      readonly client: ClientId;
    };
    readonly value: DialogAnswer;
  };
  readonly reveal: { readonly args: { readonly path: string }; readonly value: null };
  /** The host has let only https addresses through; the shell checks its own list of servers. */
  readonly openLink: { readonly args: { readonly url: string }; readonly value: null };
  readonly openWindow: { readonly args: Record<string, never>; readonly value: null };
  readonly closeWindow: { readonly args: { readonly client: ClientId }; readonly value: null };
  readonly setTitle: {
    readonly args: { readonly client: ClientId; readonly title: string; readonly isEdited: boolean };
    readonly value: null;
  };
  /**
   * Encrypts with the system's keychain (`safeStorage`), base64 in and out. Asked only where `isVaultLasting`. The
   * host keeps what comes back in a file of the data folder; plain secrets stay in its memory.
   */
  readonly encrypt: { readonly args: { readonly text: string }; readonly value: { readonly base64: string } };
  readonly decrypt: { readonly args: { readonly base64: string }; readonly value: { readonly text: string } };
}
export type NativeCallName = keyof NativeCalls;

/** A call of the host, answered by a `native-answer` with the same id. */
export type NativeMessage = {
  readonly [N in NativeCallName]: {
    readonly kind: 'native';
    readonly id: number;
    readonly call: N;
    readonly args: NativeCalls[N]['args'];
  };
}[NativeCallName];
