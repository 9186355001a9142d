import { lookupOp } from '../../ops/catalog';
import { inputRefs, isRefList, type Program, refKey, type Step, type ValueRef } from '../../ops/program';
import { ProgramBuilder } from '../../ops/program-builder';
import { copySteps } from '../copy-steps';
import { keepReachable } from '../passes/dead-steps';

/**
 * max-pool(relu(z + b)) → relu(max-pool(z) + b), where nothing else reads what is between. Bias and ReLU then work
 * on the pooled image, a quarter of it with 2 × 2 windows, forward and backward.
 *
 * Equal, bit for bit: adding one number per channel and ReLU never change which of two numbers is the larger, so
 * each commutes with the maximum. The gradient agrees wherever a window's largest value is unique; where several
 * are equal, or all are below −b, both forms send it to one of them, or nowhere.
 */
export function moveReluAfterMaxPool(program: Program): Program {
  const uses = countUses(program);
  const byId = new Map(program.steps.map((step) => [step.id, step]));
  const only = (step: Step | undefined, name: string, op: string): Step | undefined => {
    const ref = input(step, name);
    const source = ref && byId.get(ref.step);
    return ref && source?.op === op && uses.get(refKey(ref)) === 1 ? source : undefined;
  };
  const b = ProgramBuilder.from({ ...program, steps: [], updates: [] }, lookupOp);
  const remap = copySteps(b, program, (pool, _inputs, moved) => {
    const relu = pool.op === 'maxPool2d' ? only(pool, 'x', 'relu') : undefined;
    const bias = only(relu, 'x', 'biasAdd');
    const x = input(bias ?? relu, 'x');
    if (!relu || !x) return undefined;
    const pooled = b.value('maxPool2d', { x: moved(x) }, pool.attrs);
    const added = input(bias, 'bias');
    return b.inScope(relu.scope, () => {
      const z = added ? b.value('biasAdd', { x: pooled, bias: moved(added) }) : pooled;
      return { y: b.unary('relu', z) };
    });
  });
  for (const { state, value, phase } of program.updates) b.update(state, remap(value), phase);
  const outputs = Object.entries(program.outputs).map(([name, ref]) => [name, remap(ref)] as const);
  return keepReachable(b.build(Object.fromEntries(outputs)));
}

function input(step: Step | undefined, name: string): ValueRef | undefined {
  const ref = step?.inputs[name];
  return ref && !isRefList(ref) ? ref : undefined;
}

function countUses({ steps, outputs, updates }: Program): Map<string, number> {
  const uses = new Map<string, number>();
  const refs = [...steps.flatMap(inputRefs), ...Object.values(outputs), ...updates.map(({ value }) => value)];
  for (const ref of refs) uses.set(refKey(ref), (uses.get(refKey(ref)) ?? 0) + 1);
  return uses;
}
