import { type Entry, inputRefs, type StateId, type Step, type StepId, type StepProgram } from '../../ops/program';
import type { Effect, GraphBuilder } from './graph-builder';

/** Every step that some entry fetches, performs or depends on. */
export function neededSteps(program: StepProgram): Set<StepId> {
  const steps = stepsById(program);
  return new Set(Object.values(program.entries).flatMap((entry) => [...ancestors(entry, steps)]));
}

/**
 * Adds the control edges that make every entry mean what it says: states are read as they are at its start, then
 * effects on the same state happen in the order of their steps. An edge is added only where an entry needs both of
 * its ends, so that initialising a variable never waits for a read of it.
 */
export function orderEffects(program: StepProgram, builder: GraphBuilder): void {
  const steps = stepsById(program);
  for (const entry of Object.values(program.entries)) {
    const effects = builder.effects.filter(({ step }) => entry.targets.includes(step));
    const read = statesRead(ancestors(entry, steps), steps);
    for (const effect of effects) orderAfterReads(effect, read, builder);
    orderAmongThemselves(effects, builder);
  }
}

function orderAfterReads(effect: Effect, read: ReadonlySet<StateId>, builder: GraphBuilder): void {
  for (const state of effect.states) {
    const node = builder.reads.get(state);
    if (node && read.has(state)) builder.order(node, effect.node);
  }
}

function orderAmongThemselves(effects: readonly Effect[], builder: GraphBuilder): void {
  const last = new Map<StateId, string>();
  for (const { node, states } of effects) {
    for (const state of states) {
      const before = last.get(state);
      if (before && before !== node) builder.order(before, node);
      last.set(state, node);
    }
  }
}

function statesRead(ids: ReadonlySet<StepId>, steps: ReadonlyMap<StepId, Step>): Set<StateId> {
  const read = [...ids].map((id) => steps.get(id)).filter((step) => step?.op === 'readState');
  return new Set(read.map((step) => String(step?.attrs.state)));
}

function ancestors(entry: Entry, steps: ReadonlyMap<StepId, Step>): Set<StepId> {
  const found = new Set<StepId>();
  const waiting = [...Object.values(entry.fetches).map(({ step }) => step), ...entry.targets];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const step = steps.get(id);
    if (!step) throw new Error(`An entry names the step ${id}, which the program does not have.`);
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...inputRefs(step).map((ref) => ref.step));
  }
  return found;
}

function stepsById(program: StepProgram): Map<StepId, Step> {
  return new Map(program.steps.map((step) => [step.id, step]));
}
