import { type Hash, hashData } from '../hash';
import { inputRefs, isRefList, type Program, type State, type Step, type ValueRef } from '../ops/program';
import type { TracedModel } from '../runs/values';
import { stateOrder } from './state-order';

/**
 * The program without names: steps in the order in which outputs and updates reach them, states and inputs numbered
 * by first use, no scopes. Two programs that compute the same thing in the same way become the same data, however
 * their layers are named and in whatever order they were drawn.
 */
export function canonicalize(program: Program): Program {
  const states = new Map(stateOrder(program).map((id, i) => [id, `state${i}`]));
  const order = stepOrder(program);
  const steps = new Map(order.map(({ id }, i) => [id, `s${i}`]));
  const inputs = new Map(inputOrder(program, order).map((name, i) => [name, `input${i}`]));
  const names = { states, steps, inputs };
  const rename = ({ step, output }: ValueRef): ValueRef => ({ step: steps.get(step) ?? step, output });
  return {
    inputs: Object.fromEntries(Object.entries(program.inputs).map(([name, type]) => [inputs.get(name) ?? name, type])),
    outputs: Object.fromEntries(Object.entries(program.outputs).map(([name, ref]) => [name, rename(ref)])),
    state: orderedStates(program, names),
    steps: order.map((step) => renameStep(step, names, rename)),
    updates: program.updates
      .map(({ state, value, phase }) => ({ state: states.get(state) ?? state, value: rename(value), phase }))
      .sort((a, b) => (a.state < b.state ? -1 : 1)),
    functions: Object.fromEntries(Object.entries(program.functions).map(([name, body]) => [name, canonicalize(body)])),
  };
}

/** An output of a model, or the value that one is compared with. */
const outputKey = (place: number) => `output${place}`;

/** The hash of a model with what its inputs take and its outputs are for: the same for copies, whatever their names. */
export function hashModel({ program, bindings, aims }: TracedModel): Hash {
  const asked = Object.keys(program.outputs);
  const places = new Map(asked.map((name, place) => [name, outputKey(place)]));
  const outputs = Object.entries(program.outputs).map(([name, ref]) => [places.get(name) ?? name, ref]);
  const renamed = { ...program, outputs: Object.fromEntries(outputs) };
  const inputs = inputOrder(renamed, stepOrder(renamed));
  const bound = inputs.map((name) => bindings.find(({ input }) => input === name)?.columns ?? 'rest');
  const aimed = asked.map((name) => {
    const { target, ...aim } = aims[name] ?? { weight: 1 };
    return { ...aim, target: target && ('value' in target ? { value: places.get(target.value) } : target) };
  });
  return hashData({ program: canonicalize(renamed), bound, aimed });
}

interface Names {
  readonly states: ReadonlyMap<string, string>;
  readonly steps: ReadonlyMap<string, string>;
  readonly inputs: ReadonlyMap<string, string>;
}

/** Steps that outputs and updates need, each after those it reads. */
function stepOrder({ steps, outputs, updates }: Program): Step[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const order = new Set<Step>();
  const visit = (id: string) => {
    const step = byId.get(id);
    if (!step || order.has(step)) return;
    for (const ref of inputRefs(step)) visit(ref.step);
    order.add(step);
  };
  const named = Object.entries(outputs).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [, ref] of named) visit(ref.step);
  for (const { value } of updates) visit(value.step);
  return [...order];
}

function inputOrder({ inputs }: Program, order: readonly Step[]): string[] {
  const fed = order.filter(({ op }) => op === 'feed').map(({ attrs }) => String(attrs.name));
  return [...new Set([...fed, ...Object.keys(inputs)])];
}

function orderedStates({ state }: Program, { states }: Names): State[] {
  const renamed = state.map((one) => ({ ...one, id: states.get(one.id) ?? one.id }));
  const place = (id: string) => Number(id.slice('state'.length));
  return renamed.sort((a, b) => place(a.id) - place(b.id));
}

function renameStep(step: Step, names: Names, rename: (ref: ValueRef) => ValueRef): Step {
  const inputs = Object.entries(step.inputs).map(([name, input]) => {
    return [name, isRefList(input) ? input.map(rename) : rename(input)] as const;
  });
  const { state, name } = step.attrs;
  const attrs = {
    ...step.attrs,
    ...(typeof state === 'string' ? { state: names.states.get(state) ?? state } : {}),
    ...(step.op === 'feed' && typeof name === 'string' ? { name: names.inputs.get(name) ?? name } : {}),
  };
  return { id: names.steps.get(step.id) ?? step.id, op: step.op, inputs: Object.fromEntries(inputs), attrs, scope: '' };
}
