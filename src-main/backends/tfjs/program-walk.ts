import * as tf from '@tensorflow/tfjs-core';
import type { In, TfjsState } from '../../../src-shared/ops/define-op';
import {
  inputRefs,
  isRefList,
  type Program,
  refKey,
  type Step,
  type StepId,
  type ValueRef,
} from '../../../src-shared/ops/program';
import { type OpLookup, ProgramBuilder } from '../../../src-shared/ops/program-builder';
import type { TensorType } from '../../../src-shared/ops/tensor';
import { fail, ProblemError, problem } from '../../../src-shared/problem';
import { indexProblem } from '../../../src-shared/problems/index-problem';

export interface WalkContext {
  readonly state: TfjsState;
  readonly feed: (name: string) => tf.Tensor;
}

/** Computes a program step by step with tfjs. */
export class ProgramWalk {
  private readonly lookup: OpLookup;
  private readonly types: ProgramBuilder;
  private readonly steps: readonly Step[];

  constructor(program: Pick<Program, 'steps' | 'state' | 'functions'>, lookup: OpLookup) {
    this.lookup = lookup;
    this.types = ProgramBuilder.from(program, lookup);
    this.steps = program.steps;
  }

  typeOf(ref: ValueRef): TensorType {
    return this.types.typeOf(ref);
  }

  /** The steps that these depend on, in the order of the program; those with effects come last. */
  needed(roots: readonly StepId[]): Step[] {
    const ids = new Set(roots);
    const backwards = this.steps.toReversed().filter((step) => {
      if (ids.has(step.id)) for (const ref of inputRefs(step)) ids.add(ref.step);
      return ids.has(step.id);
    });
    const steps = backwards.toReversed();
    const isEffect = (step: Step) => this.lookup(step.op).effect === true;
    return [...steps.filter((step) => !isEffect(step)), ...steps.filter(isEffect)];
  }

  /**
   * Runs the steps and returns what reads their outputs. Call it inside `tf.tidy`.
   * Throws a ProblemError with the canvas node of the step that failed.
   */
  run(steps: readonly Step[], context: WalkContext): (ref: ValueRef) => tf.Tensor {
    const tensors = new Map<string, tf.Tensor>();
    const read = (ref: ValueRef) => {
      const tensor = tensors.get(refKey(ref));
      if (!tensor) throw new Error(`The output "${ref.output}" of step ${ref.step} has no tfjs meaning.`);
      return tensor;
    };
    for (const step of steps) {
      for (const [output, tensor] of Object.entries(this.compute(step, read, context))) {
        if (tensor) tensors.set(refKey({ step: step.id, output }), tensor);
      }
    }
    return read;
  }

  private compute(
    step: Step,
    read: (ref: ValueRef) => tf.Tensor,
    context: WalkContext,
  ): Partial<Record<string, tf.Tensor>> {
    const { tfjs, outputs } = this.lookup(step.op);
    if (typeof tfjs !== 'function') return fail('op-not-portable', { op: step.op }, { node: step.scope });
    const inputs = Object.entries(step.inputs).map(([name, input]) => [
      name,
      isRefList(input) ? input.map(read) : read(input),
    ]);
    const types = outputs.map((output) => [output, this.types.typeOf({ step: step.id, output })]);
    try {
      // The catalogue erases input names; the program builder has proved that they are the declared ones.
      return tfjs(tf, Object.fromEntries(inputs) as unknown as In<string, tf.Tensor>, {
        attrs: step.attrs,
        outputs: Object.fromEntries(types),
        ...context,
      });
    } catch (error) {
      throw withScope(error, step);
    }
  }
}

/** A kernel that is missing in a backend is not the program's fault: the session tries the next backend. */
export class MissingKernelError extends Error {}

function withScope(error: unknown, step: Step): Error {
  if (error instanceof ProblemError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (/^Kernel '.*' not registered for backend/.test(message)) return new MissingKernelError(message);
  const failed = problem('portable-failed', { op: step.op, message });
  return new ProblemError({ ...(indexProblem(message) ?? failed), node: step.scope });
}
