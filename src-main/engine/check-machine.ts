import type { GraphNode } from '../../src-shared/document/graph';
import type { Inference } from '../../src-shared/plan/infer';
import { Tracer, type WireValue } from '../../src-shared/plan/trace';
import { type Problem, ProblemError } from '../../src-shared/problem';
import { lookupStep } from '../../src-shared/recipe/catalog';
import type { Programs } from '../../src-shared/runs/run-context';
import type { Prepared } from './prepare-run';

interface Machine {
  readonly seed: number;
  readonly programs: Programs;
  /** Values that an earlier run made, by `node.port`. */
  readonly loaded: ReadonlyMap<string, WireValue>;
}

/** What this machine cannot do of what a run is to do, found before any step begins. */
export function checkMachine({ inference, plan }: Prepared, { seed, programs, loaded }: Machine): Problem[] {
  const tracer = new Tracer({ inference, lookupStep, seed, executed: loaded });
  const problems: Problem[] = [];
  for (const { node: id, name, state } of plan) {
    const node = inference.graph.nodes.get(id);
    if (state !== 'run' || !node?.definition?.check) continue;
    try {
      const inputs = { values: tracer.inputs(id), types: typesAt(node, inference) };
      // Ports and params were checked against the definition that erased their names.
      node.definition.check(inputs as never, (inference.params.get(id) ?? {}) as never, programs);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push({ node: name, ...error.problem });
    }
  }
  return problems;
}

function typesAt({ definition, inputs }: GraphNode, { types }: Inference) {
  return Object.fromEntries(
    Object.entries(definition?.inputs ?? {}).map(([port, { many }]) => {
      const found = (inputs[port] ?? []).flatMap((ref) => types[ref.wire] ?? []);
      return [port, many ? found : found[0]];
    }),
  );
}
