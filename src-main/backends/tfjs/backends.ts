import '@tensorflow/tfjs-backend-cpu';
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { PortableBackend } from './portable-session';

/** The tfjs backends that start on this machine, the fastest first; `cpu`, plain JavaScript, always does. */
export async function startBackends(): Promise<PortableBackend[]> {
  // Also keeps tfjs from advising people to install another package.
  tf.enableProdMode();
  const wasm = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${dirname(wasm)}${sep}`);
  const hasWasm = await tf.setBackend('wasm').catch(() => false);
  await tf.setBackend('cpu');
  return hasWasm ? ['wasm', 'cpu'] : ['cpu'];
}
