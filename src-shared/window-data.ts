import type { YardDocument } from './document/document';
import type { Problem } from './problem';
import type { Estimate, PlanState, Reason } from './runs/run-event';
import type { Language, Text } from './text';

/** What travels between a window and its host (`ipc.ts`), as plain JSON. */

/** A document that a window has open; given by the host. */
export type DocumentId = string;
/** A run or a deployment that a window started; given by the host. */
export type Ticket = string;

/** Where runs compute: on a graphics card where that goes, on the processor, or on a card with a word where it does not. */
export const devices = ['auto', 'cpu', 'gpu'] as const;
export type Device = (typeof devices)[number];

export interface Settings {
  readonly language: 'system' | Language;
  readonly theme: 'system' | 'light' | 'dark';
  /** Folder of results; empty: the usual place. */
  readonly storeFolder: string;
  /** Bytes that the store may grow to. */
  readonly storeLimit: number;
  readonly device: Device;
  /** Keys that a person gave to commands, by command id; an empty text takes a key away. */
  readonly keys: Readonly<Record<string, string>>;
}

export interface AppInfo {
  readonly version: string;
  readonly host: 'desktop' | 'web';
  readonly platform: string;
  readonly settings: Settings;
  /** Language of the system, for `settings.language: 'system'`. */
  readonly systemLanguage: Language;
  /** Where results are kept, and how many bytes they take. */
  readonly store: { readonly folder: string; readonly bytes: number };
  /** Secrets can be kept between sessions. */
  readonly keychain: boolean;
}

export interface OpenedDocument {
  readonly id: DocumentId;
  /** Absent until it is saved for the first time. */
  readonly path?: string;
  /** File name, or a title for what was never saved. */
  readonly name: string;
  /** Folder that file paths in the document are relative to. */
  readonly base: string;
  readonly document: YardDocument;
  /** What was found while reading it. */
  readonly problems: readonly Problem[];
  /** It can be looked at and saved elsewhere, not edited in place: why. */
  readonly readOnly?: Problem;
  /** It has edits that its file lacks. */
  readonly edited?: boolean;
}

export interface SavedDocument {
  readonly path: string;
  readonly name: string;
  readonly base: string;
  /** Present where the document had to change: relative paths to files that did not move with it. */
  readonly document?: YardDocument;
}

/** immer's patch. */
export interface DocumentPatch {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path: readonly (string | number)[];
  readonly value?: unknown;
}

export interface RecentDocument {
  readonly path: string;
  readonly name: string;
  /** ISO 8601. */
  readonly openedAt: string;
  readonly isMissing: boolean;
}

export interface ExampleDocument {
  /** File name without its ending. */
  readonly name: string;
  readonly title: Text;
  readonly summary: Text;
}

/** Edits that a crash or a power cut left behind. */
export interface Recovery {
  readonly id: string;
  readonly name: string;
  readonly path?: string;
  /** ISO 8601, of the newest edit. */
  readonly editedAt: string;
  readonly edits: number;
}

export interface FolderListing {
  readonly path: string;
  /** Absent at the top of what may be seen. */
  readonly parent?: string;
  readonly entries: readonly { readonly name: string; readonly kind: 'file' | 'folder'; readonly bytes: number }[];
}

/** What a file that was dropped on the canvas is good for. */
export type FileUse =
  | { readonly kind: 'pipeline' }
  /** A node that reads it: the file's path goes into the param. */
  | { readonly kind: 'data'; readonly node: string; readonly param: string; readonly path: string }
  | { readonly kind: 'unknown'; readonly problem: Problem };

export interface DialogAsk {
  readonly title: string;
  /** Where to begin. */
  readonly folder?: string;
  /** File name to suggest, for `dialog:save`. */
  readonly name?: string;
  /** Without dots; empty: any file. */
  readonly extensions?: readonly string[];
}
/** `unsupported`: this host has no dialogs, the window shows its own picker over `folder:list`. */
export type DialogAnswer = { readonly path: string } | { readonly cancelled: true } | { readonly unsupported: true };

/** A step of a plan; `node` is the node's name. */
export interface PlannedStep {
  readonly node: string;
  readonly state: PlanState;
  readonly reason: Reason;
  readonly estimate?: Estimate;
}

/** How a run that a window started ended. */
export type RunEnd =
  | { readonly state: 'done' | 'failed' | 'cancelled'; readonly run: string }
  /** It did not begin: the document has problems where it was to run. */
  | { readonly state: 'refused'; readonly problems: readonly Problem[] };

export interface DoctorLine {
  readonly state: 'ok' | 'missing' | 'note';
  readonly title: Text;
  readonly detail: Text;
  readonly fix?: Text;
}

export interface SecretInfo {
  /** Name of the variable, as settings of targets give it. */
  readonly name: string;
  readonly from: 'keychain' | 'session' | 'environment';
}

/** A deployment, or one to be made. */
export interface DeployAsk {
  readonly target: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Folder of a verified bundle. */
  readonly bundle: string;
}

export interface NetworkTalk {
  readonly to: string;
  readonly what: Text;
}
