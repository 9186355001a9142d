import { inputRefs, isRefList, type Program, refKey, type Step, type StepId, type ValueRef } from '../../ops/program';
import { type OpLookup, ProgramBuilder } from '../../ops/program-builder';
import type { TensorType } from '../../ops/tensor';
import { reachableSteps } from './dead-steps';

/**
 * A program in up to three parts. Only `program` has states, and no value in it is float64: every runtime computes
 * it. The other two are element by element, and a host computes them on doubles (`compute-on-host.ts`).
 */
export interface DoubleCut {
  readonly program: Program;
  /** From raw inputs to inputs of `program`. */
  readonly before?: Program;
  /** From outputs of `program` to outputs. */
  readonly after?: Program;
}

/**
 * Cuts off what is computed in float64, for runtimes that have none: numbers that float32 cannot tell apart become
 * float32 only after they were scaled or encoded. Lookups are cut first.
 */
export function cutDoubles(program: Program, lookup: OpLookup): DoubleCut {
  const types = ProgramBuilder.from(program, lookup);
  const { before, after } = doubleSteps(program, types, lookup);
  if (before.size === 0 && after.size === 0) return { program };
  const fed = feedNames(program, before, types);
  const results = resultNames(program, after, types);
  const shared = (step: Step) => isGiven(step) && step.attrs.dtype !== 'float64';
  const middle = program.steps.filter((step) => shared(step) || !(before.has(step.id) || after.has(step.id)));
  const kept = Object.entries(program.outputs).filter(([, { step }]) => !after.has(step));
  const given = [...results.values()].map(({ name, ref }) => [name, ref] as const);
  return {
    program: part(program, { steps: middle, outputs: Object.fromEntries([...kept, ...given]), fed }),
    ...(before.size > 0 ? { before: beforePart(program, before, fed) } : {}),
    ...(after.size > 0 ? { after: afterPart(program, after, results) } : {}),
  };
}

interface DoubleSteps {
  /** In float64, or on the way to it, and computed from raw inputs alone. */
  readonly before: ReadonlySet<StepId>;
  /** In float64, and computed from what the model gives. */
  readonly after: ReadonlySet<StepId>;
}

function doubleSteps({ steps }: Program, types: ProgramBuilder, lookup: OpLookup): DoubleSteps {
  const raw = new Set<StepId>();
  const [first, after] = [new Set<StepId>(), new Set<StepId>()];
  for (const step of steps) {
    const isPlain = isGiven(step) || lookup(step.op).inDouble !== undefined;
    if (isPlain && inputRefs(step).every((ref) => raw.has(ref.step))) raw.add(step.id);
    if (step.op === 'const' || !touchesDoubles(types, step)) continue;
    (raw.has(step.id) ? first : after).add(step.id);
  }
  const constants = new Set(steps.flatMap(({ id, op }) => (op === 'const' ? [id] : [])));
  const read = steps.filter(({ id }) => after.has(id)).flatMap(inputRefs);
  for (const { step } of read) if (constants.has(step)) after.add(step);
  return { before: reachableSteps(steps, first), after };
}

function isGiven({ op }: Step): boolean {
  return op === 'feed' || op === 'const';
}

function touchesDoubles(types: ProgramBuilder, step: Step): boolean {
  const given = inputRefs(step).map((ref) => types.typeOf(ref));
  const made = Object.values(types.outputsOf(step)).map(({ type }) => type);
  return [...given, ...made].some(({ dtype }) => dtype === 'float64');
}

/** A value that crosses from one part to the next, under the name that it has there. */
interface Crossing {
  readonly name: string;
  readonly ref: ValueRef;
  readonly type: TensorType;
}
type Crossings = ReadonlyMap<string, Crossing>;

/** What the host computes for the program, after the first raw input that it is computed from: `date`, `date/2` … */
function feedNames({ steps, outputs, inputs }: Program, before: ReadonlySet<StepId>, types: ProgramBuilder): Crossings {
  const shared = new Set(steps.flatMap((step) => (isGiven(step) ? [step.id] : [])));
  const readers = steps.filter(({ id }) => !before.has(id)).flatMap(inputRefs);
  const refs = [...readers, ...Object.values(outputs)].filter(({ step }) => before.has(step) && !shared.has(step));
  const taken = Object.entries(inputs).flatMap(([name, { dtype }]) => (dtype === 'float64' ? [] : [name]));
  const place = new Map(steps.map(({ id }, i) => [id, i]));
  const inOrder = refs.toSorted((a, b) => (place.get(a.step) ?? 0) - (place.get(b.step) ?? 0));
  return named(inOrder, { types, taken, base: (ref) => sourceOf(steps, ref) });
}

function sourceOf(steps: readonly Step[], { step }: ValueRef): string {
  const needed = reachableSteps(steps, [step]);
  return String(steps.find(({ id, op }) => op === 'feed' && needed.has(id))?.attrs.name ?? 'value');
}

/** What the program hands the host, after the output that is made of it. */
function resultNames({ steps, outputs }: Program, after: ReadonlySet<StepId>, types: ProgramBuilder): Crossings {
  const refs = steps.filter(({ id }) => after.has(id)).flatMap(inputRefs);
  const names = Object.entries(outputs);
  const taken = names.flatMap(([name, { step }]) => (after.has(step) ? [] : [name]));
  const base = names.find(([, { step }]) => after.has(step))?.[0] ?? 'value';
  return named(
    refs.filter(({ step }) => !after.has(step)),
    { types, taken, base: () => base },
  );
}

function named(
  refs: readonly ValueRef[],
  { types, taken, base }: { types: ProgramBuilder; taken: readonly string[]; base: (ref: ValueRef) => string },
): Crossings {
  const used = new Set(taken);
  const unique = [...new Map(refs.map((ref) => [refKey(ref), ref])).values()];
  return new Map(
    unique.map((ref) => {
      const wanted = base(ref);
      let name = wanted;
      for (let n = 2; used.has(name); n++) name = `${wanted}/${n}`;
      used.add(name);
      return [refKey(ref), { name, ref, type: types.typeOf(ref) }];
    }),
  );
}

function beforePart(program: Program, before: ReadonlySet<StepId>, fed: Crossings): Program {
  const outputs = Object.fromEntries([...fed.values()].map(({ name, ref }) => [name, ref]));
  const steps = program.steps.filter(({ id }) => before.has(id));
  return withoutState(part(program, { steps, outputs, fed: new Map() }));
}

function afterPart(program: Program, after: ReadonlySet<StepId>, results: Crossings): Program {
  const outputs = Object.fromEntries(Object.entries(program.outputs).filter(([, { step }]) => after.has(step)));
  const steps = program.steps.filter(({ id }) => after.has(id));
  return withoutState(part(program, { steps, outputs, fed: results }));
}

function withoutState(program: Program): Program {
  return { ...program, state: [], updates: [], functions: {} };
}

/** Some steps of a program, with feeds in front for the values that come from another part. */
function part(
  program: Program,
  { steps, outputs, fed }: Pick<Program, 'steps' | 'outputs'> & { readonly fed: Crossings },
): Program {
  const feeds = [...fed.values()].map(({ name, type: { dtype, shape } }): Step => {
    return { id: `fed/${name}`, op: 'feed', inputs: {}, attrs: { name, dtype, shape: [...shape] }, scope: '' };
  });
  const read = (ref: ValueRef): ValueRef => {
    const crossing = fed.get(refKey(ref));
    return crossing ? { step: `fed/${crossing.name}`, output: 'y' } : ref;
  };
  const all = [...feeds, ...steps.map((step) => ({ ...step, inputs: readInputs(step, read) }))];
  const results = Object.fromEntries(Object.entries(outputs).map(([name, ref]) => [name, read(ref)]));
  const updates = program.updates.map((update) => ({ ...update, value: read(update.value) }));
  const roots = [...Object.values(results), ...updates.map(({ value }) => value)].map(({ step }) => step);
  const needed = reachableSteps(all, roots);
  const kept = all.filter(({ id }) => needed.has(id));
  return { ...program, inputs: inputsOf(kept), outputs: results, steps: kept, updates };
}

function readInputs({ inputs }: Step, read: (ref: ValueRef) => ValueRef): Step['inputs'] {
  const entries = Object.entries(inputs).map(([name, ref]) => [name, isRefList(ref) ? ref.map(read) : read(ref)]);
  return Object.fromEntries(entries);
}

function inputsOf(steps: readonly Step[]): Program['inputs'] {
  const feeds = steps.filter(({ op }) => op === 'feed');
  // What a feed's attributes hold is what the op declares.
  return Object.fromEntries(
    feeds.map(({ attrs: { name, dtype, shape } }) => [String(name), { dtype, shape } as unknown as TensorType]),
  );
}
