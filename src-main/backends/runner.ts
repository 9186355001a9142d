import type { OpLookup } from '../../src-shared/ops/program-builder';
import type { Programs } from '../../src-shared/runs/run-context';
import type { Device } from '../../src-shared/window-data';
import type { SessionOptions } from './tensorflow/config-proto';

/** Opens step programs as sessions, in one of three ways; nodes see it as `ctx.programs`. */
export type Runner = Programs;

export interface RunnerOptions extends SessionOptions {
  readonly lookup: OpLookup;
  /** Computes in float64 what the program says in float32: for numeric tests only. */
  readonly double?: boolean;
  /** The processor where it is left out. */
  readonly device?: Device;
}
