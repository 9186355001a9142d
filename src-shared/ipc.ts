import type { Bundle, DeployEvent, DeploymentSummary, DeployTarget, Sample, TrialAnswer } from './deploy';
import type { NodeId, YardDocument } from './document/document';
import type { Examples, ExamplesAsk, Preview, PreviewAsk, RunSummary } from './preview';
import type { Problem } from './problem';
import type { RunEvent } from './runs/run-event';
import type { SecretUse } from './secret-use';
import type { SourceFacts } from './types/source-facts';
import type {
  AppInfo,
  DeployAsk,
  DialogAnswer,
  DialogAsk,
  DoctorLine,
  DocumentId,
  DocumentPatch,
  ExampleDocument,
  FileUse,
  FolderListing,
  NetworkTalk,
  OpenedDocument,
  PlannedStep,
  RecentDocument,
  Recovery,
  RunEnd,
  SavedDocument,
  SecretInfo,
  Settings,
  Ticket,
} from './window-data';

/**
 * The whole contract between a window and its host: what is asked, what is answered, what is told unasked. The desktop
 * app carries it over Electron's IPC, the web host over one WebSocket. Everything is plain JSON; tensors and tables
 * never cross. Every ask is checked against `ipc-schemas.ts` before a handler sees it.
 */

interface DocumentAt {
  readonly id: DocumentId;
  readonly document: YardDocument;
}
type PartOf<T extends { readonly base: string; readonly name: string }> = Omit<T, 'base' | 'name'> & {
  readonly id: DocumentId;
};

type None = Record<string, never>;

/** By name: what a window asks and what it gets. A request that fails answers with a Problem. */
export interface Requests {
  'app:info': { readonly ask: None; readonly answer: AppInfo };
  'app:doctor': { readonly ask: None; readonly answer: { readonly lines: readonly DoctorLine[] } };
  'settings:set': { readonly ask: { readonly change: Partial<Settings> }; readonly answer: Settings };

  'document:create': { readonly ask: None; readonly answer: OpenedDocument };
  'document:open': { readonly ask: { readonly path: string }; readonly answer: OpenedDocument };
  'document:openExample': { readonly ask: { readonly name: string }; readonly answer: OpenedDocument };
  /** A page that was loaded again wants a document back that it had open, with its unsaved edits. */
  'document:reopen': {
    readonly ask: { readonly id: DocumentId; readonly path?: string };
    readonly answer: OpenedDocument;
  };
  /** Says that a window still has a document open that this host does not know: after the host was restarted. */
  'document:attach': {
    readonly ask: DocumentAt & { readonly path?: string; readonly name: string; readonly base: string };
    readonly answer: { readonly id: DocumentId; readonly readOnly?: Problem };
  };
  /** One edit, for the recovery journal. Answered once it is on the disk. */
  'document:edit': {
    readonly ask: { readonly id: DocumentId; readonly label: string; readonly patches: readonly DocumentPatch[] };
    readonly answer: None;
  };
  'document:save': {
    readonly ask: DocumentAt & {
      /** Save as; absent: where it lies. */
      readonly path?: string;
      /** Over a file that changed meanwhile, or that is there already. */
      readonly replace?: boolean;
    };
    readonly answer: SavedDocument;
  };
  'document:takeOver': { readonly ask: { readonly id: DocumentId }; readonly answer: OpenedDocument };
  /** `keepEdits`: unsaved edits stay for recovery. */
  'document:close': { readonly ask: { readonly id: DocumentId; readonly keepEdits: boolean }; readonly answer: None };
  'document:recent': { readonly ask: None; readonly answer: readonly RecentDocument[] };
  'document:forget': { readonly ask: { readonly path: string }; readonly answer: readonly RecentDocument[] };
  'document:examples': { readonly ask: None; readonly answer: readonly ExampleDocument[] };
  'recovery:list': { readonly ask: None; readonly answer: readonly Recovery[] };
  'recovery:open': { readonly ask: { readonly id: string }; readonly answer: OpenedDocument };
  'recovery:discard': { readonly ask: { readonly id: string }; readonly answer: None };

  'dialog:open': { readonly ask: DialogAsk; readonly answer: DialogAnswer };
  'dialog:save': { readonly ask: DialogAsk; readonly answer: DialogAnswer };
  'dialog:folder': { readonly ask: DialogAsk; readonly answer: DialogAnswer };
  'folder:list': { readonly ask: { readonly path?: string }; readonly answer: FolderListing };
  'file:use': { readonly ask: { readonly id: DocumentId; readonly path: string }; readonly answer: FileUse };
  /** A file that a browser holds is put beside the document. */
  'file:import': {
    readonly ask: { readonly id: DocumentId; readonly name: string; readonly base64: string };
    readonly answer: { readonly path: string };
  };
  /** An absolute path as the document should hold it. */
  'file:relative': {
    readonly ask: { readonly id: DocumentId; readonly path: string };
    readonly answer: { readonly path: string };
  };
  'file:reveal': { readonly ask: { readonly path: string }; readonly answer: None };

  /** `quick`: at once, from memory or from the start of files; else exact. */
  'document:probe': {
    readonly ask: DocumentAt & { readonly quick: boolean };
    readonly answer: { readonly facts: Readonly<Record<NodeId, SourceFacts>>; readonly problems: readonly Problem[] };
  };
  'document:plan': {
    readonly ask: DocumentAt & { readonly to?: string; readonly noCache?: boolean };
    readonly answer: { readonly steps: readonly PlannedStep[]; readonly problems: readonly Problem[] };
  };
  'document:preview': { readonly ask: PartOf<PreviewAsk>; readonly answer: Preview };
  'report:examples': { readonly ask: PartOf<ExamplesAsk>; readonly answer: Examples };

  'run:start': {
    readonly ask: DocumentAt & { readonly to?: string; readonly noCache?: boolean; readonly partial?: boolean };
    readonly answer: { readonly ticket: Ticket };
  };
  'run:cancel': { readonly ask: { readonly ticket: Ticket }; readonly answer: None };
  /** The run of a document that is under way; `run` names its journal once it has begun. */
  'run:current': {
    readonly ask: { readonly id: DocumentId };
    readonly answer: {
      readonly current?: { readonly ticket: Ticket; readonly document: YardDocument; readonly run?: string };
    };
  };
  'run:history': { readonly ask: { readonly id: DocumentId }; readonly answer: readonly RunSummary[] };
  'run:read': { readonly ask: { readonly run: string }; readonly answer: { readonly events: readonly RunEvent[] } };
  'run:document': { readonly ask: { readonly run: string }; readonly answer: YardDocument };

  'deploy:targets': { readonly ask: None; readonly answer: readonly DeployTarget[] };
  /** What can be sent: verified bundles of the document's runs, or the one in a folder. */
  'deploy:bundles': {
    readonly ask: { readonly id: DocumentId; readonly path?: string };
    readonly answer: readonly Bundle[];
  };
  /** Asks the target one harmless question; nothing of the bundle is sent. Problems where it refuses. */
  'deploy:test': { readonly ask: DeployAsk; readonly answer: { readonly problems: readonly Problem[] } };
  'deploy:plan': {
    readonly ask: DeployAsk;
    readonly answer: { readonly plan?: DeployEvent; readonly problems: readonly Problem[] };
  };
  'deploy:start': { readonly ask: DeployAsk; readonly answer: { readonly ticket: Ticket } };
  'deploy:act': {
    readonly ask: DeployAsk & { readonly action: 'stop' | 'delete' };
    readonly answer: { readonly ticket: Ticket };
  };
  'deploy:cancel': { readonly ask: { readonly ticket: Ticket }; readonly answer: None };
  /** Deployments that this machine made and has not deleted. */
  'deploy:list': { readonly ask: None; readonly answer: readonly DeploymentSummary[] };
  /** Sends a row to the endpoint of a deployment. */
  'deploy:try': { readonly ask: DeployAsk & { readonly row: unknown }; readonly answer: TrialAnswer };
  /** Held-out rows that came with the bundle, with the app's predictions. */
  'deploy:samples': { readonly ask: { readonly bundle: string }; readonly answer: readonly Sample[] };

  'secret:list': { readonly ask: { readonly names: readonly string[] }; readonly answer: readonly SecretInfo[] };
  /** The value goes to the keychain, or stays in the host's memory; it never comes back. */
  'secret:set': {
    readonly ask: {
      readonly name: string;
      readonly value: string;
      /** What it is given for: it may go to this target's hosts, and a person is asked before it goes elsewhere. */
      readonly purpose?: Pick<DeployAsk, 'target' | 'config'>;
    };
    readonly answer: SecretInfo;
  };
  /** A person has agreed, for the names that a `secret-use-new` told. */
  'secret:allow': { readonly ask: { readonly uses: readonly SecretUse[] }; readonly answer: None };
  'secret:remove': { readonly ask: { readonly name: string }; readonly answer: None };

  /** For the window's own title bar: what is open, and whether it has unsaved edits. */
  'window:title': { readonly ask: { readonly title: string; readonly isEdited: boolean }; readonly answer: None };
  'window:new': { readonly ask: None; readonly answer: None };
  /** The answer to `window:closing`: everything was asked and kept. */
  'window:close': { readonly ask: None; readonly answer: None };
  'window:openLink': { readonly ask: { readonly url: string }; readonly answer: None };
}

/** By name: what a host tells a window unasked. */
export interface Events {
  /** At most ten batches a second. */
  'run:events': { readonly ticket: Ticket; readonly id: DocumentId; readonly events: readonly RunEvent[] };
  'run:queued': { readonly ticket: Ticket; readonly id: DocumentId };
  'run:ended': {
    readonly ticket: Ticket;
    readonly id: DocumentId;
    /** Absent where the run could not even begin, for `problem`. */
    readonly end?: RunEnd;
    readonly problem?: Problem;
  };
  'deploy:event': { readonly ticket: Ticket; readonly event: DeployEvent };
  'deploy:ended': {
    readonly ticket: Ticket;
    readonly state: 'done' | 'failed' | 'cancelled';
    readonly problem?: Problem;
  };
  /** Empty: nothing leaves this machine. */
  'network:changed': { readonly talks: readonly NetworkTalk[] };
  'settings:changed': Settings;
  /** Another window, or another program, has the file now. */
  'document:taken': { readonly id: DocumentId; readonly readOnly: Problem };
  /** The file on disk is no longer the one that was read. */
  'document:changedOutside': { readonly id: DocumentId; readonly isMissing: boolean };
  /** Files that the system wants opened: a double click, a second start. */
  'app:open': { readonly paths: readonly string[] };
  /** A menu entry was chosen; the id of a command. */
  'app:command': { readonly command: string };
  /** Somebody wants to close the window: ask, then `window:close`. */
  'window:closing': None;
  /** The host was restarted: attach what is open, start what is to run again. */
  'host:restarted': None;
}

export type RequestName = keyof Requests;
export type EventName = keyof Events;
export type AskOf<N extends RequestName> = Requests[N]['ask'];
export type AnswerOf<N extends RequestName> = Requests[N]['answer'];

/** What travels back: errors are data. */
export type Answer<N extends RequestName> =
  | { readonly ok: true; readonly value: AnswerOf<N> }
  | { readonly ok: false; readonly problem: Problem };

/** What a window can do, whichever host carries it. */
export interface Bridge {
  ask<N extends RequestName>(name: N, ask: AskOf<N>): Promise<Answer<N>>;
  /** Returns the function that stops listening. */
  on<N extends EventName>(name: N, listener: (payload: Events[N]) => void): () => void;
  /** Where a file that was dropped on the window lies; only the desktop can tell. */
  pathOf?(file: unknown): string | undefined;
}

/** Every request, for hosts and for the preload script: a name that is missing here does not compile. */
export const requestNames = {
  'app:info': 1,
  'app:doctor': 1,
  'settings:set': 1,
  'document:create': 1,
  'document:open': 1,
  'document:openExample': 1,
  'document:reopen': 1,
  'document:attach': 1,
  'document:edit': 1,
  'document:save': 1,
  'document:takeOver': 1,
  'document:close': 1,
  'document:recent': 1,
  'document:forget': 1,
  'document:examples': 1,
  'recovery:list': 1,
  'recovery:open': 1,
  'recovery:discard': 1,
  'dialog:open': 1,
  'dialog:save': 1,
  'dialog:folder': 1,
  'folder:list': 1,
  'file:use': 1,
  'file:import': 1,
  'file:relative': 1,
  'file:reveal': 1,
  'document:probe': 1,
  'document:plan': 1,
  'document:preview': 1,
  'report:examples': 1,
  'run:start': 1,
  'run:cancel': 1,
  'run:current': 1,
  'run:history': 1,
  'run:read': 1,
  'run:document': 1,
  'deploy:targets': 1,
  'deploy:bundles': 1,
  'deploy:test': 1,
  'deploy:plan': 1,
  'deploy:start': 1,
  'deploy:act': 1,
  'deploy:cancel': 1,
  'deploy:list': 1,
  'deploy:try': 1,
  'deploy:samples': 1,
  'secret:list': 1,
  'secret:set': 1,
  'secret:allow': 1,
  'secret:remove': 1,
  'window:title': 1,
  'window:new': 1,
  'window:close': 1,
  'window:openLink': 1,
} satisfies Record<RequestName, 1>;

export const eventNames = {
  'run:events': 1,
  'run:queued': 1,
  'run:ended': 1,
  'deploy:event': 1,
  'deploy:ended': 1,
  'network:changed': 1,
  'settings:changed': 1,
  'document:taken': 1,
  'document:changedOutside': 1,
  'app:open': 1,
  'app:command': 1,
  'window:closing': 1,
  'host:restarted': 1,
} satisfies Record<EventName, 1>;

/** What Electron's messages between the preload script and the shell are called. */
export const channels = {
  ask: 'modelyard:ask',
  event: 'modelyard:event',
  /** The page has heard `window:closing` and decides. */
  closingHeard: 'modelyard:closing-heard',
} as const;
