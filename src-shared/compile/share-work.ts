import { evaluateDim } from '../ops/dims';
import type { Program, Step } from '../ops/program';
import { type OpLookup, ProgramBuilder } from '../ops/program-builder';
import { stepFlops } from './cost';
import { isComputedInParts } from './passes/split-batch';

/** The processor's threads, and of how many examples a batch usually is. */
export interface Workload {
  readonly threads: number;
  readonly batchSize: number;
}

export interface Sharing {
  /** In how many parts a batch is computed. */
  readonly parts: number;
  /** Threads that one op takes at most; absent: all. */
  readonly opThreads?: number;
}

/** Multiplications and additions of a forward pass that a thread must have of its own to be worth waking. */
const enoughForAThread = 15e6;
const fewestExamples = 4;
const mostParts = 16;
const mostOfTheWork = 0.9;

/**
 * How the threads of a processor share a step of training. Three ways, by what measured fastest
 * (`docs/decisions/2026-11-26-a-batch-is-computed-in-parts.md`):
 * - a small step is computed by one thread: to share an op takes longer than the op;
 * - where nearly all is computed for each example by itself, each thread has its part of the batch;
 * - else the threads share every op.
 *
 * @param program lowered to the train phase
 */
export function shareWork(program: Program, { threads, batchSize }: Workload, lookup: OpLookup): Sharing {
  const whole: Sharing = { parts: 1 };
  if (threads === 1) return whole;
  const b = ProgramBuilder.from(program, lookup);
  const flopsOf = (steps: readonly Step[]) =>
    steps.reduce((sum, step) => sum + evaluateDim(stepFlops(b, step), { batch: batchSize }), 0);
  const flops = flopsOf(program.steps);
  if (flops < 2 * enoughForAThread) return { parts: 1, opThreads: 1 };
  const most = Math.min(threads, mostParts, flops / enoughForAThread, batchSize / fewestExamples);
  const parts = largestPowerOfTwo(most);
  // With fewer parts than half the threads, threads that share every op are faster.
  if (parts < 2 || 2 * parts < threads) return whole;
  const inParts = program.steps.filter((step) => isComputedInParts(b, step));
  return flopsOf(inParts) < mostOfTheWork * flops ? whole : { parts, opThreads: 1 };
}

function largestPowerOfTwo(most: number): number {
  return most < 1 ? 1 : 2 ** Math.floor(Math.log2(most));
}
