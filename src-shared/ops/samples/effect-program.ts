import type { OpDefinition } from '../define-op';
import type { StateId, StepProgram } from '../program';
import { type OpLookup, ProgramBuilder } from '../program-builder';
import type { TensorData } from '../tensor';
import { sampleProgram } from './sample-program';

/** An op with effects as a session: `init` sets its states, `step` performs it, `snapshot` reads them. */
export interface EffectProgram {
  readonly program: StepProgram;
  readonly feeds: Readonly<Record<string, TensorData>>;
  readonly weights: Readonly<Record<StateId, TensorData>>;
}

export function effectProgram(op: OpDefinition, place: number, lookup: OpLookup): EffectProgram {
  const { program, inputs, weights } = sampleProgram(op, place, lookup);
  const b = ProgramBuilder.from(program, lookup);
  const step = b.steps.filter((candidate) => candidate.op === op.name).map(({ id }) => id);
  const init = b.state.map(({ id, type }) => {
    b.op('assign', { value: b.feed(id, type) }, { state: id });
    return b.steps.at(-1)?.id ?? '';
  });
  const types = Object.fromEntries(b.state.map(({ id, type }) => [id, type]));
  const reads = Object.fromEntries(b.state.map(({ id }) => [id, b.read(id)]));
  const entries = {
    init: { feeds: types, fetches: {}, targets: init },
    step: { feeds: program.inputs, fetches: {}, targets: step },
    snapshot: { feeds: {}, fetches: reads, targets: [] },
  };
  return { program: { state: b.state, steps: b.steps, entries, functions: {} }, feeds: inputs, weights };
}
