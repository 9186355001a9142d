import { lookupOp } from '../ops/catalog';
import { evaluateDim } from '../ops/dims';
import type { Program } from '../ops/program';
import { ProgramBuilder } from '../ops/program-builder';
import { type Problem, problem } from '../problem';

/**
 * A warning where the last batch of every epoch is so small that a layer takes a statistic over one number: it is 0
 * deviation and teaches nothing. Training goes on as Keras does.
 */
export function loneRowWarning(
  program: Program,
  { rows, batchSize }: { readonly rows: number; readonly batchSize: number },
): Problem | undefined {
  const last = rows % batchSize || batchSize;
  const layer = layerWithOneExample(program, last);
  if (layer === undefined) return undefined;
  const to = sizeWithoutRest(rows, batchSize);
  const fix = to === undefined ? {} : { fix: { code: 'set-param', param: 'batchSize', to } as const };
  return problem('batch-of-one', { layer, rows, batchSize }, { severity: 'warning', param: 'batchSize', ...fix });
}

function layerWithOneExample(program: Program, batch: number): string | undefined {
  const b = ProgramBuilder.from(program, lookupOp);
  const found = program.steps.find((step) => {
    const { examplesPerStatistic } = lookupOp(step.op);
    if (!examplesPerStatistic) return false;
    const types = Object.entries(b.inputsOf(step)).map(([name, input]) => [name, 'type' in input ? input.type : []]);
    // The catalogue erases the names of inputs; the builder proved that the step has the declared ones.
    const count = examplesPerStatistic(Object.fromEntries(types));
    return evaluateDim(count, { batch }) === 1;
  });
  return found?.scope;
}

/** The next smaller batch size whose last batch is more than one row. */
function sizeWithoutRest(rows: number, batchSize: number): number | undefined {
  for (let size = batchSize - 1; size > 1; size--) if (rows % size !== 1) return size;
  return rows > 1 ? rows : undefined;
}
