import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Diagnosis, plain } from './diagnosis';
import { findPackage } from './runtimes';

const execute = promisify(execFile);

/** Only fetches the TensorFlow library; nothing of Python runs in a pipeline. */
export async function diagnosePython(): Promise<Diagnosis> {
  const name = plain('Python');
  for (const command of ['python3', 'python', 'py']) {
    const pip = await outputOf(command, ['-m', 'pip', '--version']);
    const version = pip && /\(python (3\.[\d.]+)\)/.exec(pip)?.[1];
    if (version) {
      return {
        name,
        state: 'ok',
        detail: { en: `${version} with pip (${command})`, zh: `${version}，含 pip（${command}）` },
      };
    }
  }
  return {
    name,
    state: 'missing',
    detail: {
      en: 'no Python 3 with pip found; it is used once, to fetch the TensorFlow library',
      zh: '未找到带 pip 的 Python 3；仅用于一次性获取 TensorFlow 库',
    },
    fix: 'https://www.python.org/downloads/',
  };
}

export function diagnoseElectron(): Diagnosis {
  const name = plain('Electron');
  const found = findPackage('electron');
  if (found) return { name, state: 'ok', detail: plain(found.version) };
  return {
    name,
    state: 'missing',
    detail: { en: 'not installed; the command line works without it', zh: '未安装；命令行无需它' },
  };
}

/** What a program prints, or nothing where it is absent, fails or does not answer. */
export async function outputOf(command: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await execute(command, args, { timeout: 10_000, windowsHide: true });
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
