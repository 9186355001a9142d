import { addGradients } from '../../compile/gradients';
import { lower } from '../../compile/passes/lower';
import type { OpDefinition } from '../define-op';
import { evaluateShape } from '../dims';
import type { StepProgram } from '../program';
import { type OpLookup, ProgramBuilder } from '../program-builder';
import { isFloat, type TensorData } from '../tensor';
import { fillTensor, sampleProgram } from './sample-program';

/** One op's gradients as a session's entries: `loss`, a weighted sum of its first output, and `gradient`. */
export interface GradientProgram {
  readonly program: StepProgram;
  readonly feeds: Readonly<Record<string, TensorData>>;
  /** Inputs that can be differentiated for. */
  readonly inputs: readonly string[];
  /** Those of them that the op gives a gradient for: what `gradient` fetches. */
  readonly given: readonly string[];
}

/** Undefined where the op's first output, or all its inputs, are no floating-point numbers. */
export function gradientProgram(op: OpDefinition, place: number, lookup: OpLookup): GradientProgram | undefined {
  const sample = sampleProgram(op, place, lookup);
  const program = lower(sample.program, { phase: 'infer' }, lookup);
  const b = ProgramBuilder.from(program, lookup);
  const fed = Object.entries(sample.inputs).flatMap(([name, value]) => (value.dtype === 'float32' ? [name] : []));
  const output = program.outputs[`${op.outputs[0]}.result`];
  if (!output || op.inputs.length === 0 || fed.length === 0 || !isFloat(b.typeOf(output).dtype)) return undefined;
  const y = b.typed(output);
  const weight = b.feed('weight', y.type);
  const axes = y.type.shape.map((_, axis) => axis);
  const loss = b.sum(b.multiply(y, weight), axes);
  const feedStep = (name: string) => b.steps.find((step) => step.op === 'feed' && step.attrs.name === name)?.id ?? '';
  const wrt = fed.map((name) => b.typed({ step: feedStep(name), output: 'y' }));
  const gradients = addGradients(b, loss, wrt);
  const fetches = fed.flatMap((name, i) => (gradients[i] ? [[name, gradients[i]] as const] : []));
  const feeds = { ...program.inputs, weight: y.type };
  const entries = {
    loss: { feeds, fetches: { loss }, targets: [] },
    gradient: { feeds, fetches: Object.fromEntries(fetches), targets: [] },
  };
  const shape = evaluateShape(y.type.shape, sample.symbols);
  return {
    program: { state: b.state, steps: b.steps, entries, functions: {} },
    feeds: { ...sample.inputs, weight: fillTensor({ shape }, [op.name, place, 'weight']) },
    inputs: fed,
    given: fetches.map(([name]) => name),
  };
}
