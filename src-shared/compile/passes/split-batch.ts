import { type Dim, type Shape, substituteDim } from '../../ops/dims';
import {
  type Attributes,
  type AttributeValue,
  inputRefs,
  isRefList,
  type Program,
  refKey,
  type Step,
  type Value,
  type ValueRef,
} from '../../ops/program';
import { type OpLookup, ProgramBuilder } from '../../ops/program-builder';
import { type BatchAxis, halves } from '../../ops/shapes/batch-halves';
import { deriveSeed } from '../../random';

const symbol = 'batch';

/**
 * Computes the examples of a batch in parts, wherever every example is computed for itself: each processor then works
 * through its own part of the network, without waiting for the others after every op. What needs all examples at
 * once, such as the statistics of a batch, has them: there the parts are joined.
 *
 * Equal: each example sees the same arithmetic. Sums over the batch, as in gradients of weights, are made of the sums
 * of the parts, which may differ in the last bit; masks of dropout are drawn per part.
 *
 * @param program lowered to one phase
 * @param parts a power of two; 1 leaves the program as it is
 */
export function splitBatch(program: Program, parts: number, lookup: OpLookup): Program {
  if (parts === 1) return program;
  const b = ProgramBuilder.from({ ...program, steps: [], updates: [] }, lookup);
  const types = ProgramBuilder.from(program, lookup);
  const values = new PartedValues(b, types, parts);
  const sizes = partSizes(symbol, parts);
  for (const step of program.steps) {
    b.inScope(step.scope, () => {
      if (isComputedInParts(types, step)) {
        const copies = sizes.map((size, part) =>
          b.op(
            step.op,
            mapInputs(step, (ref) => values.part(ref, part)),
            attrsOfPart(step.attrs, size, part),
          ),
        );
        values.addParts(step, copies);
      } else {
        values.addWhole(step, computeWhole(b, step, values));
      }
    });
  }
  for (const { state, value, phase } of program.updates) b.update(state, values.whole(value), phase);
  const outputs = Object.entries(program.outputs).map(([name, ref]) => [name, values.whole(ref)] as const);
  return b.build(Object.fromEntries(outputs));
}

/** Whether `splitBatch` computes a step in parts, going by the types in `b`. */
export function isComputedInParts(b: ProgramBuilder, step: Step): boolean {
  const { eachRow, outputs: names } = b.lookup(step.op);
  if (!eachRow) return false;
  const inputs = inputRefs(step).map((ref) => b.typeOf(ref).shape);
  const outputs = names.map((output) => b.typeOf({ step: step.id, output }).shape);
  const [first, ...others] = inputs.filter(hasBatch);
  const input = first && batchAxis(first);
  const places = [...others, ...outputs].map(batchAxis);
  const output = places.at(-1);
  if (!input || !output || places.includes(undefined)) return false;
  if (eachRow === true) return places.every((place) => place?.each === input.each);
  return eachRow({ axis: input.axis, rank: first.length, output: output.axis }, step.attrs);
}

const hasBatch = (shape: Shape) => shape.some((dim) => typeof dim === 'string' && dim.includes(symbol));

/** The one axis with the batch; undefined where there are none or several, or where it is not a multiple of the batch. */
export function batchAxis(shape: Shape): BatchAxis | undefined {
  const found = shape.flatMap((dim, axis) => (typeof dim === 'string' && dim.includes(symbol) ? [{ dim, axis }] : []));
  const [only, ...more] = found;
  const match = /^(?:(\d+)\*)?batch$/.exec(only?.dim ?? '');
  return only && match && more.length === 0 ? { axis: only.axis, each: Number(match[1] ?? 1) } : undefined;
}

/** How many examples the parts of a batch have. */
function partSizes(size: Dim, parts: number): Dim[] {
  return parts === 1 ? [size] : halves(size, 1).flatMap((half) => partSizes(half, parts / 2));
}

/** Values of the program, whole or in parts, as they are asked for. */
class PartedValues {
  private readonly wholes = new Map<string, Value>();
  private readonly parts = new Map<string, readonly Value[]>();
  /** What was split, at every place in the tree of halves: of its size the halves are joined again. */
  private readonly wholesAt = new Map<string, { readonly value: Value; readonly place: BatchAxis }>();

  private readonly b: ProgramBuilder;
  private readonly types: ProgramBuilder;
  private readonly count: number;

  /** @param types the program as it is without parts */
  constructor(b: ProgramBuilder, types: ProgramBuilder, count: number) {
    this.b = b;
    this.types = types;
    this.count = count;
  }

  addWhole(step: Step, outputs: Readonly<Record<string, Value>>): void {
    for (const [output, value] of Object.entries(outputs)) this.wholes.set(refKey({ step: step.id, output }), value);
  }

  addParts(step: Step, copies: readonly Readonly<Record<string, Value>>[]): void {
    for (const output of this.b.lookup(step.op).outputs) {
      const values = copies.flatMap((copy) => copy[output] ?? []);
      this.parts.set(refKey({ step: step.id, output }), values);
    }
  }

  /** A value without a batch is the same for all parts. */
  part(ref: ValueRef, index: number): Value {
    const key = refKey(ref);
    if (!this.parts.has(key)) {
      const whole = this.whole(ref);
      const place = batchAxis(whole.type.shape);
      if (!place) return whole;
      this.parts.set(key, this.split(whole, place, { parts: this.count, path: '' }));
    }
    return this.parts.get(key)?.[index] ?? missing(ref);
  }

  whole(ref: ValueRef): Value {
    const key = refKey(ref);
    const known = this.wholes.get(key);
    if (known) return known;
    const parts = this.parts.get(key) ?? missing(ref);
    const joined = this.join(parts, batchAxis(this.types.typeOf(ref).shape) ?? missing(ref));
    this.wholes.set(key, joined);
    return joined;
  }

  private split(value: Value, place: BatchAxis, { parts, path }: Half): Value[] {
    if (parts === 1) return [value];
    if (!this.wholesAt.has(path)) this.wholesAt.set(path, { value, place });
    const { first = value, second = value } = this.b.op('splitBatch', { x: value }, { ...place, zeroExtra: false });
    return [first, second].flatMap((half, i) => this.split(half, place, { parts: parts / 2, path: `${path}${i}` }));
  }

  private join(parts: readonly Value[], place: BatchAxis, path = ''): Value {
    const [only, ...more] = parts;
    if (only && more.length === 0) return only;
    const whole = this.wholesAt.get(path);
    if (!whole) throw new Error('Values are in parts, and nothing was split.');
    const half = parts.length / 2;
    const [first, second] = [parts.slice(0, half), parts.slice(half)].map((values, i) =>
      this.join(values, place, `${path}${i}`),
    );
    const { axis: wholeAxis, each: wholeEach } = whole.place;
    return this.b.value('joinBatch', { first, second, whole: whole.value }, { ...place, wholeAxis, wholeEach });
  }
}

/** A half of a half of … a batch: how many parts it has, and which it is. */
interface Half {
  readonly parts: number;
  readonly path: string;
}

function mapInputs(step: Step, map: (ref: ValueRef) => Value): Record<string, Value | Value[]> {
  return Object.fromEntries(
    Object.entries(step.inputs).map(([name, input]) => [name, isRefList(input) ? input.map(map) : map(input)]),
  );
}

function computeWhole(b: ProgramBuilder, step: Step, values: PartedValues): Record<string, Value> {
  if (step.op === 'readState') return { y: b.read(String(step.attrs.state)) };
  return b.op(
    step.op,
    mapInputs(step, (ref) => values.whole(ref)),
    step.attrs,
  );
}

/** Sizes that name the batch become those of the part; a seed becomes one of the part's own. */
function attrsOfPart(attrs: Attributes, size: Dim, part: number): Attributes {
  const { seed } = attrs;
  const own = typeof seed === 'number' ? { seed: deriveSeed(seed, 'part', part) >>> 1 } : {};
  return {
    ...Object.fromEntries(Object.entries(attrs).map(([name, value]) => [name, sizeOfPart(value, size)])),
    ...own,
  };
}

/** In lists alone: no name of anything else stands in one. */
function sizeOfPart(value: AttributeValue, size: Dim): AttributeValue {
  if (!Array.isArray(value)) return value;
  return value.map((item) => (typeof item === 'string' ? substituteDim(item, symbol, size) : item));
}

function missing(ref: ValueRef): never {
  throw new Error(`The program reads ${refKey(ref)} before it is computed.`);
}
