import { inputRefs, type Program, type StateId, type Step, type StepProgram } from '../ops/program';

/**
 * Ids of the states in the order in which the outputs reach them: depth first, inputs in the order in which the
 * step names them. It depends on what the program computes, not on names, ids or the order of writing.
 */
export function stateOrder(program: Program | StepProgram): StateId[] {
  const byId = new Map(program.steps.map((step) => [step.id, step]));
  const found = new Set<StateId>();
  const visited = new Set<string>();
  const visit = (step: Step | undefined) => {
    if (!step || visited.has(step.id)) return;
    visited.add(step.id);
    for (const ref of inputRefs(step)) visit(byId.get(ref.step));
    if (step.op === 'readState') found.add(String(step.attrs.state));
  };
  for (const id of roots(program)) visit(byId.get(id));
  for (const { id } of program.state) found.add(id);
  return [...found];
}

function roots(program: Program | StepProgram): string[] {
  const fetches = 'outputs' in program ? program.outputs : (program.entries.predict?.fetches ?? {});
  const outputs = Object.entries(fetches).sort(([a], [b]) => (a < b ? -1 : 1));
  return outputs.map(([, ref]) => ref.step);
}
