import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

export interface ServerOptions {
  readonly port: number;
  readonly host: string;
  readonly folder: string;
  readonly maxBody: number;
}

export const usage = `Usage: node server.mjs [--port N] [--host H]

  --port N   port to listen on; default: PORT or AIP_HTTP_PORT, else 8080; 0 takes a free one
  --host H   address to listen on; default: HOST, else 127.0.0.1 (this machine only)

  MODEL_DIR      the bundle's folder; default: the one this file lies in
  MAX_BODY_MB    largest request body; default 64`;

/** Reads options from arguments and environment. Throws an Error with a sentence where one makes no sense. */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  ownFolder: string,
): ServerOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: { port: { type: 'string' }, host: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return 'help';
  return {
    port: whole(values.port ?? environment.PORT ?? environment.AIP_HTTP_PORT ?? '8080', {
      name: 'The port',
      max: 65535,
    }),
    host: values.host ?? environment.HOST ?? '127.0.0.1',
    folder: environment.MODEL_DIR ?? firstBundle([ownFolder, '/mnt/models', '/opt/ml/model']) ?? ownFolder,
    maxBody: whole(environment.MAX_BODY_MB ?? '64', { name: 'MAX_BODY_MB', max: 4096 }) * 1024 * 1024,
  };
}

function whole(text: string, { name, max }: { readonly name: string; readonly max: number }): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isInteger(number) || number < 0 || number > max) {
    throw new Error(`${name} must be a whole number from 0 to ${max}, not "${text}".`);
  }
  return number;
}

function firstBundle(folders: readonly string[]): string | undefined {
  return folders.find((folder) => existsSync(join(folder, 'metadata.json')));
}
