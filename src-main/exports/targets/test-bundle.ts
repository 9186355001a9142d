import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeployEvent } from '../../../src-shared/deploy';
import { realFs } from '../../files/fs-port';
import { bundleFiles, bundleMetadata } from '../bundle-files';
import { writeFiles } from '../bundle-folder';
import { exportFormats, jsonFile } from '../export-formats';
import { sampleRows, tablePredictor } from '../sample-predictors';
import { takeSamples } from '../samples';
import type { DeployOptions } from './deploy';

/** For tests of targets: a small real bundle with the server, which has to be built. `extra` files go in as they are. */
export async function writeTestBundle(extra: Readonly<Record<string, Uint8Array>> = {}): Promise<string> {
  const predictor = tablePredictor();
  const request = { name: 'penguins', reports: [], lineage: {}, server: readFileSync('out/server.mjs') };
  const formats = exportFormats(predictor);
  const files = {
    ...bundleFiles(predictor, formats, request),
    'parity.json': jsonFile({ rows: 5, tolerance: 1e-4, formats: {} }),
    'samples.json': jsonFile(takeSamples(await sampleRows(predictor, 20), predictor.signature.outputs)),
    ...extra,
  };
  const folder = join(mkdtempSync(join(tmpdir(), 'bundle-')), 'bundle');
  await writeFiles(realFs, folder, {
    ...files,
    'metadata.json': jsonFile(bundleMetadata(predictor, { request, formats, files })),
  });
  return folder;
}

/** Options whose clock does not tick: waits are noted and over at once. */
export function testOptions(
  stateFolder: string,
  env: Readonly<Record<string, string>>,
  more: Partial<DeployOptions> = {},
) {
  const events: DeployEvent[] = [];
  const waits: number[] = [];
  const { signal = new AbortController().signal } = more;
  const options: DeployOptions = {
    fs: realFs,
    stateFolder,
    env: (name) => env[name],
    allowed: 'typed',
    signal,
    onEvent: (event) => events.push(event),
    wait: async (milliseconds) => {
      waits.push(milliseconds);
      signal.throwIfAborted();
    },
    random: () => 0.5,
    ...more,
  };
  return { options, events, waits };
}

/** Every file below a folder with its bytes, to look for what must not be there. */
export function filesBelow(folder: string): Map<string, Buffer> {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(found.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name))]));
}
