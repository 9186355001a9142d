import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Batch, ForeignModel, ParityJob } from './parity-job';
import { predictionNumbers, predictionsSchema } from './prediction-numbers';

/** Starts the bundle's server as anyone would, on a free port of this machine, and asks it over HTTP. */
export async function openServer(job: ParityJob): Promise<ForeignModel> {
  const child = spawn(process.execPath, [join(job.folder, 'server.mjs'), '--port', '0', '--host', '127.0.0.1'], {
    cwd: job.folder,
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await servedUrl(child);
  return {
    runtime: `Node ${process.versions.node}, server.mjs`,
    run: ({ rows }) => ask(url, rows, job.classes),
    close: async () => {
      const gone = child.exitCode === null ? once(child, 'exit') : undefined;
      child.kill();
      await gone;
    },
  };
}

/** The URL that the server prints once it listens; its complaint where it does not. */
async function servedUrl(child: ChildProcess): Promise<string> {
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk.toString('utf8');
  });
  if (!child.stdout) throw new Error('The server has no output.');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url) return url;
  }
  throw new Error(`The server did not start. ${complaint.trim()}`);
}

async function ask(url: string, rows: Batch['rows'], classes: readonly string[]): Promise<Float32Array> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify({ instances: rows }) });
  const answer: unknown = await response.json();
  const parsed = predictionsSchema.safeParse(answer);
  if (!parsed.success)
    throw new Error(`The server answered ${response.status}: ${JSON.stringify(answer).slice(0, 500)}`);
  return Float32Array.from(parsed.data.predictions.flatMap((prediction) => predictionNumbers(prediction, classes)));
}
