import { z } from 'zod';
import type { NodeId, YardDocument } from '../../src-shared/document/document';
import { documentOutline } from '../../src-shared/document/schema';
import type { Hash } from '../../src-shared/hash';
import type { Examples, ExamplesAsk, Preview, PreviewAsk } from '../../src-shared/preview';
import type { Problem } from '../../src-shared/problem';
import type { Estimate, PlanState, Reason, RunEvent } from '../../src-shared/runs/run-event';
import type { SecretUse } from '../../src-shared/secret-use';
import type { WireType } from '../../src-shared/types/ports';
import type { SourceFacts } from '../../src-shared/types/source-facts';
import { devices, type NetworkTalk } from '../../src-shared/window-data';

/**
 * The whole contract between a host and its engine processes. Tensors and tables never cross it. Hosts check what
 * an engine says and engines what a host says: a damaged message is dropped, never acted on.
 */
export type EngineRole = 'look' | 'run';

/** What an engine process is started with: one JSON argument. */
export const engineSettingsSchema = z.strictObject({
  role: z.enum(['look', 'run']),
  store: z.string(),
  /** Bytes the store may grow to. */
  storeLimit: z.number().positive(),
  device: z.enum(devices).optional(),
});
export type EngineSettings = z.infer<typeof engineSettingsSchema>;

/** A document with where it lies; file paths in it are relative to `base`. Loaded and upgraded by the host. */
export interface DocumentRequest {
  readonly document: YardDocument;
  readonly base: string;
  /** For people and for finding earlier runs of the same document. */
  readonly name: string;
  /** Run, or plan, only what this node needs. By name. */
  readonly to?: string;
  /** Nothing is taken from the store. */
  readonly noCache?: boolean;
  /** Runs what can run where other parts have problems; else any problem on the way refuses the run. */
  readonly partial?: boolean;
}

/** Runs a document. */
export interface RunRequest extends DocumentRequest {
  /** Values of secrets that its nodes name, by name: in memory alone, never in a file, an event or an argument. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** What a person has agreed to use secrets for; nothing else is done with them. */
  readonly allowed?: readonly SecretUse[];
}

/** Asks what would run, and why. */
export interface PlanRequest extends DocumentRequest {
  /** Fingerprint of the runner that would run it: results are named after it. */
  readonly runner: string;
}

/** Asks the sources of a document for their facts, so that types can be inferred elsewhere. */
export interface ProbeRequest extends DocumentRequest {
  /** Answers at once: what is not remembered is the result of a first look, or left out. */
  readonly quick?: boolean;
}

/** A step of a plan; `node` is the node's name. */
export interface PlannedStep {
  readonly node: string;
  readonly state: PlanState;
  readonly reason: Reason;
  readonly estimate?: Estimate;
}

export type RunState = 'done' | 'failed' | 'cancelled';

/** How a run ended, or why it did not begin: the document has problems where it was to run. */
export type RunOutcome =
  | { readonly state: RunState; readonly run: string }
  | { readonly state: 'refused'; readonly problems: readonly Problem[] };

/** What is asked, and what is answered, by name. */
export interface Requests {
  check: {
    readonly ask: DocumentRequest;
    readonly answer: {
      readonly problems: readonly Problem[];
      /** By node id and output port. */
      readonly types: Readonly<Record<string, Readonly<Record<string, WireType>>>>;
    };
  };
  plan: {
    readonly ask: PlanRequest;
    readonly answer: { readonly problems: readonly Problem[]; readonly steps: readonly PlannedStep[] };
  };
  /** Answered beside a run, and the same as long as the process lives. */
  runner: {
    readonly ask: Readonly<Record<string, never>>;
    readonly answer: { readonly fingerprint: string };
  };
  run: { readonly ask: RunRequest; readonly answer: RunOutcome };
  probe: {
    readonly ask: ProbeRequest;
    readonly answer: {
      /** By source node; one that says nothing yet is still being read, or has a problem. */
      readonly facts: Readonly<Record<NodeId, SourceFacts>>;
      /** Hashes of files, by path as nodes name them; quickly those that are known. */
      readonly contents: Readonly<Record<string, Hash>>;
      readonly problems: readonly Problem[];
    };
  };
  preview: { readonly ask: PreviewAsk; readonly answer: Preview };
  examples: { readonly ask: ExamplesAsk; readonly answer: Examples };
}
export type RequestName = keyof Requests;

export type ToEngine =
  | { [N in RequestName]: { readonly type: N; readonly id: number; readonly ask: Requests[N]['ask'] } }[RequestName]
  | { readonly type: 'cancel'; readonly id: number };

/** An event as its line in the journal; as it is where JSON, which has null for NaN, may not say all of it. */
export type ToldEvent = string | RunEvent;

export function toTell(event: RunEvent, line: string): ToldEvent {
  return line.includes('null') ? event : line;
}

/** The events that an engine told. */
export function heard(events: readonly ToldEvent[]): RunEvent[] {
  // The journal wrote the line, from a typed event.
  return events.map((event) => (typeof event === 'string' ? (JSON.parse(event) as RunEvent) : event));
}

export type FromEngine =
  | { readonly type: 'ready'; readonly pid: number }
  | { readonly type: 'heartbeat' }
  /** Whom it talks to beyond this machine now; empty when that is over. */
  | { readonly type: 'talks'; readonly talks: readonly NetworkTalk[] }
  /** At most ten a second for each run. */
  | { readonly type: 'events'; readonly id: number; readonly events: readonly ToldEvent[] }
  | { readonly type: 'answer'; readonly id: number; readonly answer: Requests[RequestName]['answer'] }
  /** The request could not be met; not the failure of a run, which is an answer. */
  | { readonly type: 'refused'; readonly id: number; readonly problem: Problem };

const record = z.record(z.string(), z.unknown());
const askSchema = z.strictObject({
  document: documentOutline,
  base: z.string(),
  name: z.string(),
  to: z.string().optional(),
  noCache: z.boolean().optional(),
  partial: z.boolean().optional(),
});

const useSchema = z.strictObject({ secret: z.string(), target: z.string(), host: z.string() });
const runSchema = askSchema.extend({
  secrets: z.record(z.string(), z.string()).optional(),
  allowed: z.array(useSchema).optional(),
});
const planSchema = askSchema.extend({ runner: z.string() });
const probeSchema = askSchema.extend({ quick: z.boolean().optional() });
const previewSchema = askSchema.extend({
  node: z.string(),
  port: z.string(),
  offset: z.int().min(0),
  limit: z.int().min(0),
  sort: z.strictObject({ column: z.string(), descending: z.boolean() }).optional(),
  split: z.enum(['train', 'validation', 'test']).optional(),
  statistics: z.boolean().optional(),
});
const examplesSchema = askSchema.extend({
  output: z.string().optional(),
  node: z.string(),
  truth: z.string().optional(),
  predicted: z.string().optional(),
  offset: z.int().min(0),
  limit: z.int().min(0),
});

const toEngineSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('check'), id: z.int(), ask: askSchema }),
  z.strictObject({ type: z.literal('plan'), id: z.int(), ask: planSchema }),
  z.strictObject({ type: z.literal('runner'), id: z.int(), ask: z.strictObject({}) }),
  z.strictObject({ type: z.literal('run'), id: z.int(), ask: runSchema }),
  z.strictObject({ type: z.literal('probe'), id: z.int(), ask: probeSchema }),
  z.strictObject({ type: z.literal('preview'), id: z.int(), ask: previewSchema }),
  z.strictObject({ type: z.literal('examples'), id: z.int(), ask: examplesSchema }),
  z.strictObject({ type: z.literal('cancel'), id: z.int() }),
]);

const fromEngineSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready'), pid: z.int() }),
  z.strictObject({ type: z.literal('heartbeat') }),
  z.strictObject({
    type: z.literal('talks'),
    talks: z.array(z.strictObject({ to: z.string(), what: z.strictObject({ en: z.string(), zh: z.string() }) })),
  }),
  z.strictObject({
    type: z.literal('events'),
    id: z.int(),
    events: z.array(
      z.union([z.string(), z.looseObject({ type: z.string(), run: z.string(), seq: z.int(), at: z.string() })]),
    ),
  }),
  z.strictObject({ type: z.literal('answer'), id: z.int(), answer: record }),
  z.strictObject({
    type: z.literal('refused'),
    id: z.int(),
    problem: z.looseObject({ code: z.string(), severity: z.enum(['error', 'warning', 'info']) }),
  }),
]);

/** A message of a host, or undefined where it is none. */
export function parseToEngine(message: unknown): ToEngine | undefined {
  // The schema checks the envelope and the document's outline; the host loaded the document through `loadDocument`.
  return toEngineSchema.safeParse(message).data as ToEngine | undefined;
}

/** A message of an engine, or undefined where it is none. */
export function parseFromEngine(message: unknown): FromEngine | undefined {
  // The schema checks the envelope; answers and events come from typed code of the same version on the other side.
  return fromEngineSchema.safeParse(message).data as FromEngine | undefined;
}
