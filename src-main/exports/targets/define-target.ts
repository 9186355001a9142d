import type { Place, Transfer } from '../../../src-shared/deploy';
import type { Problem } from '../../../src-shared/problem';
import type { Text } from '../../../src-shared/text';
import type { ParamDeclarations, ParamsOf } from '../../../src-shared/types/params';
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
  /** Counts as a conversation while it is under way. */
  readonly fetch: typeof fetch;
  /** For what does not go through `fetch`: tells that a host is talked to, until the answer is called. */
  readonly talk: (host: string) => () => void;
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

export type ActionName = 'stop' | 'delete';

/** A live endpoint, or a folder whose server is started for the question. */
export type Trial =
  | { readonly url: string; readonly headers: Readonly<Record<string, string>> }
  | { readonly folder: string };

/** A cloud, or anything else that a verified bundle can be sent to: `docs/deploy.md`. */
export interface Target<P extends ParamDeclarations = ParamDeclarations> {
  readonly name: string;
  readonly title: Text;
  readonly summary: Text;
  /** Settings. Params of type `secret` hold the names of environment variables, never values. */
  readonly params: P;
  /** False where nothing leaves this machine. */
  readonly leaves: boolean;
  /** Names of the variables that it reads with these settings, secrets and others. */
  readonly variables: (config: ParamsOf<P>) => readonly string[];
  /** Hosts that its secrets, or what is signed with them, go to with these settings. */
  readonly hosts: (settings: Settings<P>) => readonly string[];
  /** All that is wrong with the settings and can be seen without asking anyone. */
  readonly validate: (settings: Settings<P>) => readonly Problem[];
  /**
   * Asks the target one harmless question, so that a person sees whether the settings work; sends nothing of the
   * bundle, whose name it gets. Throws a ProblemError where the target refuses.
   */
  readonly test: (name: string, settings: Settings<P>, context: StepContext) => Promise<void>;
  /** The steps, in order. Pure: shown before the first one runs. */
  readonly plan: (bundle: VerifiedBundle, settings: Settings<P>) => readonly Step[];
  /** Where it stands once all steps are done. */
  readonly place: (bundle: VerifiedBundle, settings: Settings<P>, state: DeployState) => Place;
  /** Who answers when a person tries a deployment; without it the bundle's own server does, started for the try. */
  readonly trial?: (bundle: VerifiedBundle, settings: Settings<P>, context: StepContext) => Trial;
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
