import { mapValues } from '../../src-shared/map-values';
import type { FloatArray, TensorData } from '../../src-shared/ops/tensor';
import { ProblemError, problem } from '../../src-shared/problem';
import { compareOutputs, toleranceFor } from './compare-outputs';
import type { FormatName } from './export-formats';
import type { Batch, ForeignModel, OpenForeign, ParityAnswer, ParityJob } from './parity-job';

const batchRows = 50;

/**
 * Runs every format on the held-out rows and compares it with the app's predictions. Ends at the first format that
 * cannot be loaded, fails on a row or gives something else.
 */
export async function runParity(
  job: ParityJob,
  runtimes: Readonly<Record<FormatName, OpenForeign>>,
): Promise<ParityAnswer> {
  const tolerance = Math.max(...Object.values(job.expected).map(toleranceFor));
  const formats: Record<string, object> = {};
  const latencies: Record<string, number> = {};
  // Entries of a record keyed by format names.
  for (const [format, open] of Object.entries(runtimes) as [FormatName, OpenForeign][]) {
    try {
      const { runtime, values, milliseconds } = await runFormat(job, open);
      const compared = compareAll(job, values);
      if ('badRow' in compared) return { problem: problem('export-differs', { format, ...compared }) };
      formats[format] = { runtime, signature: job.signatures[format], ...compared };
      latencies[format] = milliseconds / job.rows.length;
    } catch (error) {
      if (error instanceof ProblemError) return { problem: error.problem };
      const message = error instanceof Error ? error.message : String(error);
      return { problem: problem('export-does-not-run', { format, message }) };
    }
  }
  return { formats: formats as Extract<ParityAnswer, { formats: unknown }>['formats'], latencies, tolerance };
}

/** Every output by its own tolerance; the first that differs, or the largest difference of all. */
function compareAll({ expected }: ParityJob, values: Readonly<Record<string, FloatArray>>) {
  let [maxDifference, classChanges] = [0, 0];
  for (const [name, rows] of Object.entries(expected)) {
    const tolerance = toleranceFor(rows);
    const { badRow, ...compared } = compareOutputs(rows, values[name] ?? new Float32Array(0), tolerance);
    if (badRow !== undefined) return { badRow, row: badRow, difference: compared.maxDifference, tolerance };
    maxDifference = Math.max(maxDifference, compared.maxDifference);
    classChanges += compared.classChanges;
  }
  return { maxDifference, classChanges };
}

async function runFormat(job: ParityJob, open: OpenForeign) {
  const model = await open(job);
  try {
    const started = performance.now();
    const values = await runRows(job, model);
    return { runtime: model.runtime, values, milliseconds: performance.now() - started };
  } finally {
    await model.close();
  }
}

async function runRows(
  { expected, rows, inputs }: ParityJob,
  model: ForeignModel,
): Promise<Record<string, Float64Array>> {
  const values = mapValues(expected, ({ rows: count, width }) => new Float64Array(count * width));
  for (let from = 0; from < rows.length; from += batchRows) {
    const to = Math.min(from + batchRows, rows.length);
    const parts = await model.run(batchOf({ rows, inputs }, from, to));
    for (const [name, { width }] of Object.entries(expected)) {
      const part = parts[name];
      if (part?.length !== (to - from) * width)
        throw new Error(`It gave ${part?.length ?? 0} numbers of ${name} for ${to - from} rows.`);
      values[name]?.set(part, from * width);
    }
  }
  return values;
}

function batchOf({ rows, inputs }: Batch, from: number, to: number): Batch {
  const parts = Object.entries(inputs).map(([name, value]) => [name, sliceRows(value, from, to)] as const);
  return { rows: rows.slice(from, to), inputs: Object.fromEntries(parts) };
}

function sliceRows({ dtype, shape: [rows = 0, ...rest], data }: TensorData, from: number, to: number): TensorData {
  const size = rows === 0 ? 0 : data.length / rows;
  return { dtype, shape: [to - from, ...rest], data: data.slice(from * size, to * size) };
}
