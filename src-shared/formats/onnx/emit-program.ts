import type { OnnxTensor } from '../../ops/onnx-builder';
import { inputRefs, isRefList, type Program, refKey, type StateId, type Step, type ValueRef } from '../../ops/program';
import { type OpLookup, ProgramBuilder } from '../../ops/program-builder';
import type { TensorData } from '../../ops/tensor';
import { encodeModel } from './encode-model';
import { OnnxGraphBuilder } from './graph-builder';
import { simplify } from './simplify';

/**
 * An inference program (lowered, see `compile/passes/lower.ts`) as the bytes of an ONNX model. Inputs and outputs
 * have the program's names; dimensions that are symbols stay symbols, so the batch may have any size.
 * Ask `opsWithoutMeaning` first: an op that ONNX cannot say throws here.
 */
export function emitOnnx(
  program: Program,
  options: {
    readonly weights: Readonly<Record<StateId, TensorData>>;
    readonly lookup: OpLookup;
    readonly name?: string;
    readonly metadata?: Readonly<Record<string, string>>;
  },
): Uint8Array {
  const typed = ProgramBuilder.from(program, options.lookup);
  const reserved = [...Object.keys(program.inputs), ...Object.keys(program.outputs)];
  const b = new OnnxGraphBuilder({ weights: options.weights, reserved });
  const values = new Map<string, OnnxTensor>();
  const needed = neededSteps(program);
  for (const [name, type] of Object.entries(program.inputs)) b.feed(name, type);
  for (const step of program.steps)
    if (needed.has(step.id)) emitStep(b, step, { typed, values, lookup: options.lookup });
  const outputs = Object.entries(program.outputs).map(([name, ref]) => [
    name,
    { tensor: take(values, refKey(ref)), type: typed.typeOf(ref) },
  ]);
  return encodeModel(simplify(b.graph(Object.fromEntries(outputs))), options);
}

interface Walk {
  readonly typed: ProgramBuilder;
  readonly values: Map<string, OnnxTensor>;
  readonly lookup: OpLookup;
}

function emitStep(b: OnnxGraphBuilder, step: Step, { typed, values, lookup }: Walk): void {
  const { onnx } = lookup(step.op);
  if (typeof onnx !== 'function') throw new Error(`The op "${step.op}" has no meaning in ONNX.`);
  const inputs = mapInputs(step, (ref) => take(values, refKey(ref)));
  const inputTypes = mapInputs(step, (ref) => typed.typeOf(ref));
  const outputTypes = Object.entries(typed.outputsOf(step)).map(([name, { type }]) => [name, type]);
  const context = {
    attrs: step.attrs,
    target: 'frozen',
    inputTypes: inputTypes as never,
    outputs: Object.fromEntries(outputTypes),
  } as const;
  // Here and above: the catalogue erases input names; the builder proved that the step has them.
  const outputs = onnx(b, inputs as never, context);
  for (const [output, tensor] of Object.entries(outputs)) values.set(refKey({ step: step.id, output }), tensor);
}

function mapInputs<T>(step: Step, map: (ref: ValueRef) => T): Record<string, T | T[]> {
  return Object.fromEntries(
    Object.entries(step.inputs).map(([name, input]) => [name, isRefList(input) ? input.map(map) : map(input)]),
  );
}

function take(values: ReadonlyMap<string, OnnxTensor>, key: string): OnnxTensor {
  const value = values.get(key);
  if (!value) throw new Error(`The program reads ${key} before it is computed.`);
  return value;
}

/** Steps that an output needs: those that only updates read have no place in inference. */
function neededSteps(program: Program): Set<string> {
  const needed = new Set(Object.values(program.outputs).map((ref) => ref.step));
  for (const step of [...program.steps].reverse()) {
    if (needed.has(step.id)) for (const ref of inputRefs(step)) needed.add(ref.step);
  }
  return needed;
}
