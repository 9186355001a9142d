import type { Answer } from './answer';
import type { ParityReport } from './runs/values';
import type { Text } from './text';
import type { ParamDeclarations } from './types/params';

/** What windows and terminals see of deployments. */

/** What a step moves, told before anything is sent. */
export interface Transfer {
  readonly bytes: number;
  /** Host, or path on this machine. */
  readonly to: string;
  /** False where nothing leaves this machine. */
  readonly leaves: boolean;
}

/** Where a deployment stands and how it is asked. */
export interface Place {
  /** URL, `s3://…` or path. */
  readonly location: string;
  /** URL of the model's server, where the target runs one. */
  readonly endpoint?: string;
  /** A request that a person can try; names of variables in the place of secrets. */
  readonly example?: string;
}

/** What a deployment tells while it goes; texts hold no secret. */
export type DeployEvent =
  | {
      readonly type: 'deploy-planned';
      readonly target: string;
      readonly steps: readonly { readonly id: string; readonly does: Text; readonly transfer?: Transfer }[];
    }
  | {
      readonly type: 'deploy-step';
      readonly step: string;
      /** `there`: nothing had to be sent. */
      readonly state: 'started' | 'there' | 'done';
      readonly index: number;
      readonly does: Text;
    }
  | {
      readonly type: 'deploy-progress';
      readonly step: string;
      readonly done: number;
      readonly total: number;
      readonly unit: string;
      readonly message?: string;
    }
  | ({ readonly type: 'deploy-finished'; readonly target: string; readonly sent: number } & Partial<Place>);

/** A target as a form: its schema is its params. */
export interface DeployTarget {
  readonly name: string;
  readonly title: Text;
  readonly summary: Text;
  readonly params: ParamDeclarations;
  readonly actions: readonly ('stop' | 'delete')[];
  /** False where nothing leaves this machine. */
  readonly leaves: boolean;
}

/** A verified bundle in a folder. */
export interface Bundle {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  /** ISO 8601, when it was written. */
  readonly madeAt: string;
  readonly parity: ParityReport;
}

/** `unfinished`: it stopped on the way and goes on when it is started again. */
export type DeploymentState = 'deployed' | 'unfinished' | 'stopped';

/** A deployment that this machine made. */
export interface DeploymentSummary extends Partial<Place> {
  readonly target: string;
  /** Folder of the bundle. */
  readonly bundle: string;
  /** The model's. */
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly state: DeploymentState;
  /** ISO 8601. */
  readonly updatedAt: string;
}

/** A held-out row with what the app predicts for it. */
export interface Sample {
  readonly row: Readonly<Record<string, unknown>>;
  /** As the bundle's server writes it. */
  readonly predicted: Answer;
}

export interface TrialAnswer {
  readonly status: number;
  readonly milliseconds: number;
  /** JSON, or the first part of what came instead. */
  readonly body: unknown;
}
