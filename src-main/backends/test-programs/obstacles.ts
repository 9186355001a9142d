import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../cache-folder';

/** Why tests of tfjs-node cannot run here, printed once; undefined where they can. */
export function tfjsNodeObstacle(): string | undefined {
  return report('tfjs-node', hasAddon() ? undefined : 'its native addon is not installed');
}

/** The Python with TensorFlow, Keras and ONNX; undefined, with a printed reason, where it is not installed. */
export function oraclePython(): string | undefined {
  const python = join(cacheFolder(), 'oracles', 'bin', 'python');
  return report('Python oracles', existsSync(python) ? undefined : 'they are not installed') ? undefined : python;
}

const reported = new Set<string>();

function report(what: string, obstacle: string | undefined): string | undefined {
  if (obstacle && !reported.has(what)) console.info(`Tests with ${what} are skipped: ${obstacle}.`);
  reported.add(what);
  return obstacle;
}

function hasAddon(): boolean {
  try {
    const manifest = createRequire(import.meta.url).resolve('@tensorflow/tfjs-node/package.json');
    return existsSync(join(dirname(manifest), 'lib/napi-v8/tfjs_binding.node'));
  } catch {
    return false;
  }
}
