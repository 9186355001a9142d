/**
 * What one output of a network is trained for. The target is a column of the data, or another value of the same
 * program, such as an input that is to be given back.
 */
export interface Objective {
  /** The name of the program's output. */
  readonly output: string;
  readonly target: { readonly column: string } | { readonly value: string };
  /** Name of a loss in `compile/losses/catalog.ts`. */
  readonly loss: string;
  /** The loss counts so many times; above 0. */
  readonly weight: number;
  /** Names of metrics in `compile/metrics/catalog.ts`. */
  readonly metrics: readonly string[];
}

/** The columns that enter a model at one of its inputs, in this order; `rest`: all features that no other input takes. */
export interface InputBinding {
  readonly input: string;
  readonly columns: readonly string[] | 'rest';
}

/** What an output layer says of its output; what it leaves open follows from the target and the training's settings. */
export interface Aim {
  /** A column, or another output of the program that holds the target; absent: the data's only target. */
  readonly target?: Objective['target'];
  readonly loss?: string;
  readonly weight: number;
}
