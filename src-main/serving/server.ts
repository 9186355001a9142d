import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHttpServer } from './http-server';
import { loadModel, readBundle } from './load-model';
import { describeApi } from './openapi';
import { routes } from './routes';
import { readOptions, type ServerOptions, usage } from './server-options';
import { startWasm } from './wasm-backend';

/** The model server of a bundle: one file that Node runs with nothing installed. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env, dirname(fileURLToPath(import.meta.url)));
  if (options === 'help') {
    console.log(usage);
    return;
  }
  const bundle = readBundle(options.folder);
  await startWasm();
  const model = loadModel(bundle);
  const { metadata, program, recipe } = bundle;
  const openapi = describeApi({ name: metadata.name, inputs: program.inputs, outputs: model.outputs, recipe });
  const { AIP_HEALTH_ROUTE: health, AIP_PREDICT_ROUTE: predict } = process.env;
  const extra = { ...(health ? { health } : {}), ...(predict ? { predict } : {}) };
  const server = createHttpServer({ model, routes: routes({ openapi, extra }), maxBody: options.maxBody });
  await listen(server, options);
  const { address, port, family } = server.address() as AddressInfo;
  const host = family === 'IPv6' ? `[${address}]` : address;
  console.log(`Serving "${model.name}" at http://${host}:${port}/v1/models/${encodeURIComponent(model.name)}:predict`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop(server));
}

function listen(server: Server, { port, host }: ServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(listenSentence(error, { port, host }))));
    server.listen(port, host, resolve);
  });
}

function listenSentence(error: NodeJS.ErrnoException, { port, host }: { port: number; host: string }): string {
  if (error.code === 'EADDRINUSE') return `Port ${port} is in use. Choose another one with --port.`;
  if (error.code === 'EACCES') return `This user may not listen on port ${port}. Choose one above 1023 with --port.`;
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') return `This machine has no address "${host}".`;
  return `The server cannot listen on ${host}:${port}: ${error.message}`;
}

/** Requests under way get ten seconds. */
function stop(server: Server): void {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), 10_000).unref();
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
