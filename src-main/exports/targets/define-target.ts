import type { ParamDeclarations, ParamsOf } from '../../../src-shared/nodes/params';
import type { Problem } from '../../../src-shared/problem';
import type { Text } from '../../../src-shared/text';
import type { FsPort } from '../../files/fs-port';
import type { DeployState } from './deploy-state';
import type { Patience } from './retry';
import type { Secrets } from './secrets';
import type { VerifiedBundle } from './verified-bundle';

/** Looks up a variable of the environment; an empty one counts as absent. */
export type Environment = (name: string) => string | undefined;

/** What a person set, and the environment that settings name variables of. */
export interface Settings<P extends ParamDeclarations = ParamDeclarations> {
  readonly config: ParamsOf<P>;
  readonly env: Environment;
}

/** What a step moves, told before anything is sent. */
export interface Transfer {
  readonly bytes: number;
  /** Host, or path on this machine. */
  readonly to: string;
  /** False where nothing leaves this machine. */
  readonly leaves: boolean;
}

/** What a step can reach. */
export interface StepContext extends Patience {
  readonly onProgress: (progress: {
    readonly done: number;
    readonly total: number;
    readonly unit: 'bytes' | 'replicas';
    readonly message?: string;
  }) => void;
  /** What earlier runs of the same deployment did; saved after every step. Never a secret. */
  readonly state: DeployState;
  readonly secrets: Secrets;
  readonly fetch: typeof fetch;
  readonly fs: FsPort;
}

export interface Step {
  /** Names what the step makes by its content: the same bytes to the same place have the same id. */
  readonly id: string;
  readonly does: Text;
  readonly transfer?: Transfer;
  /** Asks whether it is there already; sends nothing but questions. */
  readonly isDone: (context: StepContext) => Promise<boolean>;
  /** May be cut short at any point and run again. */
  readonly run: (context: StepContext) => Promise<void>;
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

export type ActionName = 'stop' | 'delete';

/** A cloud, or anything else that a verified bundle can be sent to: `docs/deploy.md`. */
export interface Target<P extends ParamDeclarations = ParamDeclarations> {
  readonly name: string;
  readonly title: Text;
  readonly summary: Text;
  /** Settings. Params of type `secret` hold the names of environment variables, never values. */
  readonly params: P;
  /** All that is wrong with the settings and can be seen without asking anyone. */
  readonly validate: (settings: Settings<P>) => readonly Problem[];
  /** The steps, in order. Pure: shown before the first one runs. */
  readonly plan: (bundle: VerifiedBundle, settings: Settings<P>) => readonly Step[];
  /** Where it stands once all steps are done. */
  readonly place: (bundle: VerifiedBundle, settings: Settings<P>, state: DeployState) => Place;
  /** What can be done with a deployment later; `name` is the bundle's. */
  readonly actions?: {
    readonly [A in ActionName]?: (name: string, settings: Settings<P>) => readonly Step[];
  };
}

/** Declares a target; its settings are checked against `params` before any call. */
export function defineTarget<const P extends ParamDeclarations>(target: Target<P>): Target {
  // The catalogue erases the settings' names.
  return target as unknown as Target;
}
