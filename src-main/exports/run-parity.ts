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
  const tolerance = toleranceFor(job.expected);
  const formats: Record<string, object> = {};
  const latencies: Record<string, number> = {};
  // Entries of a record keyed by format names.
  for (const [format, open] of Object.entries(runtimes) as [FormatName, OpenForeign][]) {
    try {
      const { runtime, values, milliseconds } = await runFormat(job, open);
      const { badRow, ...comparison } = compareOutputs(job.expected, values, tolerance);
      if (badRow !== undefined) {
        const values = { format, row: badRow, difference: comparison.maxDifference, tolerance };
        return { problem: problem('export-differs', values) };
      }
      formats[format] = { runtime, signature: job.signatures[format], ...comparison };
      latencies[format] = milliseconds / job.expected.rows;
    } catch (error) {
      if (error instanceof ProblemError) return { problem: error.problem };
      const message = error instanceof Error ? error.message : String(error);
      return { problem: problem('export-does-not-run', { format, message }) };
    }
  }
  return { formats: formats as Extract<ParityAnswer, { formats: unknown }>['formats'], latencies, tolerance };
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

async function runRows({ expected, rows, inputs }: ParityJob, model: ForeignModel): Promise<FloatArray> {
  const values = new Float64Array(expected.rows * expected.width);
  for (let from = 0; from < expected.rows; from += batchRows) {
    const to = Math.min(from + batchRows, expected.rows);
    const part = await model.run(batchOf({ rows, inputs }, from, to));
    if (part.length !== (to - from) * expected.width)
      throw new Error(`It gave ${part.length} numbers for ${to - from} rows.`);
    values.set(part, from * expected.width);
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
