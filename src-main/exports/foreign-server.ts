import { numbersOf } from '../../src-shared/answer';
import { widthOf } from '../../src-shared/types/signature';
import { startBundleServer } from './bundle-server';
import type { Batch, ForeignModel, ParityJob } from './parity-job';
import { predictionsSchema } from './prediction-numbers';

/** The bundle's server, asked over HTTP. */
export async function openServer(job: ParityJob): Promise<ForeignModel> {
  const { url, close } = await startBundleServer(job.folder);
  return {
    runtime: `Node ${process.versions.node}, server.mjs`,
    run: ({ rows }) => ask(url, rows, job.fields),
    close,
  };
}

async function ask(
  url: string,
  rows: Batch['rows'],
  fields: ParityJob['fields'],
): Promise<Record<string, Float64Array>> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify({ instances: rows }) });
  const answer: unknown = await response.json();
  const parsed = predictionsSchema.safeParse(answer);
  if (!parsed.success)
    throw new Error(`The server answered ${response.status}: ${JSON.stringify(answer).slice(0, 500)}`);
  const numbers = parsed.data.predictions.map((prediction) => numbersOf(prediction, fields));
  let from = 0;
  return Object.fromEntries(
    fields.map((field) => {
      const [start, end] = [from, from + widthOf(field)];
      from = end;
      return [field.name, Float64Array.from(numbers.flatMap((row) => row.slice(start, end)))];
    }),
  );
}
