import { inputRefs, type Program, type Step, type StepId, type StepProgram } from '../../ops/program';

/** Ids of the steps that `roots` need, themselves included. */
export function reachableSteps(steps: readonly Step[], roots: Iterable<StepId>): Set<StepId> {
  const needed = new Set(roots);
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i];
    if (step && needed.has(step.id)) for (const ref of inputRefs(step)) needed.add(ref.step);
  }
  return needed;
}

/** Drops the steps that no output and no update needs. Feeds of the program's inputs stay. */
export function keepReachable(program: Program): Program {
  const roots = [...Object.values(program.outputs), ...program.updates.map(({ value }) => value)];
  const needed = reachableSteps(
    program.steps,
    roots.map(({ step }) => step),
  );
  const isInput = (step: Step) => step.op === 'feed' && String(step.attrs.name) in program.inputs;
  return { ...program, steps: program.steps.filter((step) => needed.has(step.id) || isInput(step)) };
}

/** Drops the steps that no entry needs. */
export function dropDeadSteps(program: StepProgram): StepProgram {
  const roots = Object.values(program.entries).flatMap(({ fetches, targets }) => [
    ...Object.values(fetches).map(({ step }) => step),
    ...targets,
  ]);
  const needed = reachableSteps(program.steps, roots);
  return { ...program, steps: program.steps.filter((step) => needed.has(step.id)) };
}
