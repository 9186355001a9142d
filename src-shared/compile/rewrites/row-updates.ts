import { lookupOp } from '../../ops/catalog';
import { isRefList, type Step, type StepProgram, type ValueRef } from '../../ops/program';
import { ProgramBuilder } from '../../ops/program-builder';
import { dropDeadSteps } from '../passes/dead-steps';

/**
 * state ← state − rate · segmentSum(values) → for each row that is named: row ← row − rate · value. A step of plain
 * gradient descent on an embedding then touches the rows of the batch alone, whatever the size of the table.
 *
 * Equal: the sum over equal indices is linear, and rows that no index names change by 0. Optimizers with a memory of
 * old gradients move every row at every step, as in Keras, and keep the dense form.
 */
export function updateNamedRows(program: StepProgram): StepProgram {
  const byId = new Map(program.steps.map((step) => [step.id, step]));
  const sourceOf = (step: Step | undefined, input: string, op: string): Step | undefined => {
    const source = byId.get(refOf(step, input)?.step ?? '');
    return source?.op === op ? source : undefined;
  };
  const steps = program.steps.flatMap((step) => {
    const scaled = step.op === 'assignAdd' ? sourceOf(sourceOf(step, 'value', 'neg'), 'x', 'mul') : undefined;
    const sums = sourceOf(scaled, 'a', 'segmentSum');
    const [values, rate, indices] = [refOf(sums, 'values'), refOf(scaled, 'b'), refOf(sums, 'indices')];
    if (!values || !rate || !indices || !isScalar(program, rate)) return [step];
    const { id, scope, attrs } = step;
    const [product, change] = [`${id}.product`, `${id}.change`];
    return [
      { id: product, op: 'mul', inputs: { a: values, b: rate }, attrs: {}, scope },
      { id: change, op: 'neg', inputs: { x: { step: product, output: 'y' } }, attrs: {}, scope },
      { id, op: 'scatterAddState', inputs: { values: { step: change, output: 'y' }, indices }, attrs, scope },
    ];
  });
  return dropDeadSteps({ ...program, steps });
}

function refOf(step: Step | undefined, input: string): ValueRef | undefined {
  const ref = step?.inputs[input];
  return ref && !isRefList(ref) ? ref : undefined;
}

function isScalar(program: StepProgram, ref: ValueRef): boolean {
  return ProgramBuilder.from(program, lookupOp).typeOf(ref).shape.length === 0;
}
