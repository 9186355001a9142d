import type { Program, Step } from '../../ops/program';
import { deriveSeed } from '../../random';

/**
 * Mixes the document's seed into every step that draws random numbers. Layers number those steps by their place in
 * the program, so two dropouts differ and a copy of the document agrees.
 */
export function seedRandomSteps(program: Program, seed: number): Program {
  return { ...program, steps: program.steps.map((step) => seedStep(step, seed)) };
}

function seedStep(step: Step, seed: number): Step {
  const { seed: place } = step.attrs;
  if (typeof place !== 'number') return step;
  // Seeds are int32 in the graph.
  return { ...step, attrs: { ...step.attrs, seed: deriveSeed(seed, 'random', place) >>> 1 } };
}
