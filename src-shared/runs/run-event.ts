import type { Hash } from '../hash';
import type { Problem } from '../problem';
import type { WireType } from '../types/ports';
import type { ParityReport, Report } from './values';

/** Why a step runs, or does not: a code and values, so that the sentence comes in the reader's language. */
export interface Reason {
  readonly code:
    | 'first-run'
    | 'param-changed'
    | 'input-changes'
    | 'file-changed'
    | 'code-changed'
    | 'runner-changed'
    | 'seed-changed'
    | 'same-inputs'
    | 'not-kept'
    | 'not-finished'
    | 'not-needed'
    | 'no-cache'
    | 'blocked-by'
    | 'problem'
    | 'muted'
    | 'bypassed'
    | 'traced'
    | 'not-asked';
  readonly values?: Readonly<Record<string, string | number>>;
}

export type PlanState = 'run' | 'cached' | 'traced' | 'blocked' | 'off';
export interface Estimate {
  readonly seconds?: number;
  readonly bytes?: number;
  readonly disk?: number;
}

/** What a node or the engine reports; `node` is the node's name. The journal adds `run`, `seq` and `at`. */
export type RunEventBody =
  | {
      readonly type: 'run-started';
      readonly document: Hash;
      readonly seed: number;
      readonly backend: string;
      readonly name: string;
      /** The engine process that runs it. */
      readonly pid?: number;
    }
  | {
      readonly type: 'step-planned';
      readonly node: string;
      readonly state: PlanState;
      readonly reason: Reason;
      readonly estimate?: Estimate;
    }
  /** `device`: the graphics card that it computes on; absent for the processor. */
  | { readonly type: 'step-started'; readonly node: string; readonly device?: string }
  | {
      readonly type: 'training-progress';
      readonly node: string;
      readonly epoch: number;
      readonly epochs: number;
      /** Steps done in this epoch, and steps an epoch has. */
      readonly step: number;
      readonly steps: number;
      /** One loss per optimizer step since the last event. */
      readonly loss: readonly number[];
      /** Running means over this epoch. */
      readonly metrics: Readonly<Record<string, number>>;
      readonly rate: number;
      readonly unit: string;
      readonly remaining: number;
      readonly fold?: number;
      readonly folds?: number;
    }
  | {
      readonly type: 'epoch-finished';
      readonly node: string;
      readonly epoch: number;
      readonly metrics: Readonly<Record<string, number>>;
      readonly seconds: number;
      readonly fold?: number;
      readonly folds?: number;
    }
  | {
      readonly type: 'progress';
      readonly node: string;
      readonly done: number;
      readonly total: number;
      readonly unit: string;
      /** Done in a second. */
      readonly rate?: number;
      /** Seconds until all are done, at that rate. */
      readonly remaining?: number;
      readonly message?: string;
    }
  /** Training goes on after `epoch`, the last one that an earlier run has finished. */
  | { readonly type: 'training-resumed'; readonly node: string; readonly epoch: number }
  | {
      readonly type: 'checkpoint-saved';
      readonly node: string;
      readonly epoch: number;
      readonly step: number;
      readonly hash: Hash;
    }
  | { readonly type: 'report'; readonly node: string; readonly report: Report }
  | {
      readonly type: 'parity';
      readonly node: string;
      readonly parity: ParityReport;
      readonly latencies: Readonly<Record<string, number>>;
    }
  | { readonly type: 'log'; readonly node: string; readonly level: 'info' | 'warning'; readonly message: string }
  | { readonly type: 'problem'; readonly node?: string; readonly problem: Problem }
  | {
      readonly type: 'step-finished';
      readonly node: string;
      readonly state: 'done' | 'failed' | 'cancelled' | 'skipped' | 'cached';
      readonly seconds: number;
      readonly outputs?: Readonly<
        Record<
          string,
          { readonly type: WireType['type']; readonly hash: Hash; readonly path?: string; readonly detail?: unknown }
        >
      >;
    }
  | { readonly type: 'run-finished'; readonly state: 'done' | 'failed' | 'cancelled'; readonly seconds: number };

/** One line of `events.ndjson`. */
export type RunEvent = RunEventBody & { readonly run: string; readonly seq: number; readonly at: string };
