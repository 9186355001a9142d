import { startBundleServer } from './bundle-server';
import type { Batch, ForeignModel, ParityJob } from './parity-job';
import { predictionNumbers, predictionsSchema } from './prediction-numbers';

/** The bundle's server, asked over HTTP. */
export async function openServer(job: ParityJob): Promise<ForeignModel> {
  const { url, close } = await startBundleServer(job.folder);
  return {
    runtime: `Node ${process.versions.node}, server.mjs`,
    run: ({ rows }) => ask(url, rows, job.classes),
    close,
  };
}

async function ask(url: string, rows: Batch['rows'], classes: readonly string[]): Promise<Float64Array> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify({ instances: rows }) });
  const answer: unknown = await response.json();
  const parsed = predictionsSchema.safeParse(answer);
  if (!parsed.success)
    throw new Error(`The server answered ${response.status}: ${JSON.stringify(answer).slice(0, 500)}`);
  return Float64Array.from(parsed.data.predictions.flatMap((prediction) => predictionNumbers(prediction, classes)));
}
