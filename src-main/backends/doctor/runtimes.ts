import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ProblemError } from '../../../src-shared/problem';
import { explainProblem } from '../../../src-shared/problems/sentences';
import { chooseDevice, readDevice } from '../tensorflow/choose-device';
import { loadTensorflow } from '../tensorflow/library';
import type { LibraryFiles } from '../tensorflow/locate-library';
import { type Diagnosis, plain } from './diagnosis';
import { setupCommand } from './setup-command';

const oldestNode = [20, 19] as const;

/** The Node that runs this. tfjs-node's addon is built for Node 20 to 22; everything else takes newer ones too. */
export function diagnoseNode(version: string): Diagnosis {
  const name = plain('Node.js');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    const oldest = oldestNode.join('.');
    return {
      name,
      state: 'warning',
      detail: {
        en: `${version}; Modelyard needs ${oldest} or newer`,
        zh: `${version}；Modelyard 需要 ${oldest} 或更新版本`,
      },
      fix: 'https://nodejs.org',
    };
  }
  return { name, state: 'ok', detail: plain(version) };
}

const sources: Readonly<Record<LibraryFiles['from'], { en: string; zh: string }>> = {
  MODELYARD_LIBTENSORFLOW: { en: 'named by MODELYARD_LIBTENSORFLOW', zh: '由 MODELYARD_LIBTENSORFLOW 指定' },
  cache: { en: 'in the per-user cache', zh: '位于用户缓存' },
  'tfjs-node': { en: 'brought by tfjs-node', zh: '由 tfjs-node 提供' },
};

/** Loads the library, because a file that is there may still not load (another processor, a half download). */
export function diagnoseLibtensorflow(env: NodeJS.ProcessEnv): Diagnosis {
  const name = { en: 'TensorFlow library', zh: 'TensorFlow 库' };
  try {
    const { version, files } = loadTensorflow(env, chooseDevice(readDevice(env), { env }).build);
    const source = sources[files.from];
    return {
      name,
      state: 'ok',
      detail: { en: `${version}, ${source.en}: ${files.folder}`, zh: `${version}，${source.zh}：${files.folder}` },
    };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { problem } = error;
    return {
      name,
      state: 'missing',
      detail: { en: explainProblem(problem, 'en').text, zh: explainProblem(problem, 'zh').text },
      ...fixBy('install-libtensorflow.mjs'),
    };
  }
}

function fixBy(script: string): Pick<Diagnosis, 'fix'> {
  const fix = setupCommand(script);
  return fix === undefined ? {} : { fix };
}

/** Looks at files only: its addon brings a second TensorFlow, which must not be loaded beside the first. */
export function diagnoseTfjsNode(): Diagnosis {
  const name = { en: 'tfjs-node (second runner)', zh: 'tfjs-node（备用运行器）' };
  const found = findPackage('@tensorflow/tfjs-node');
  if (found && hasAddon(found.folder)) return { name, state: 'ok', detail: plain(found.version) };
  return {
    name,
    state: 'missing',
    detail: found
      ? { en: `${found.version} without its native addon; not needed`, zh: `${found.version}，缺少原生插件；并非必需` }
      : { en: 'not installed; not needed', zh: '未安装；并非必需' },
    ...fixBy('install-tfjs-node.mjs'),
  };
}

function hasAddon(folder: string): boolean {
  return [8, 7, 6, 5, 4, 3].some((api) => existsSync(join(folder, `lib/napi-v${api}/tfjs_binding.node`)));
}

/** The fallback that runs everywhere. */
export function diagnosePortable(): Diagnosis {
  const name = { en: 'Portable backend', zh: '可移植后端' };
  const core = findPackage('@tensorflow/tfjs-core');
  const backends = ['wasm', 'cpu'].filter((backend) => findPackage(`@tensorflow/tfjs-backend-${backend}`));
  if (core && backends.length > 0)
    return { name, state: 'ok', detail: plain(`tfjs ${core.version} (${backends.join(', ')})`) };
  return { name, state: 'missing', detail: { en: 'not installed', zh: '未安装' }, fix: 'npm ci' };
}

/** A package of this installation, found without running it. */
export function findPackage(name: string): { version: string; folder: string } | undefined {
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? [];
  const manifest = folders.map((folder) => join(folder, name, 'package.json')).find((path) => existsSync(path));
  if (!manifest) return undefined;
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  return { version: String(version), folder: dirname(manifest) };
}
