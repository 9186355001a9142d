import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Problem } from '../../src-shared/problem';
import { ProblemError } from '../../src-shared/problem';
import type { RunEvent } from '../../src-shared/runs/run-event';
import type { Language } from '../../src-shared/text';
import type { Device } from '../../src-shared/window-data';
import { defaultStoreLimit } from '../engine/store/evict';
import { defaultStoreRoot } from '../engine/store/store-folder';
import { realFs } from '../files/fs-port';
import type { Host } from '../host';
import { RunService } from '../runs/run-service';
import { chooseLanguage, type Say, speak } from './messages';
import { problemLines } from './problem-lines';
import { openTerminal, type Terminal } from './terminal';
import { WrongInput } from './wrong-input';

/** Codes a command ends with. */
export const exitCodes = { done: 0, failed: 1, wrongInput: 2, cancelled: 130 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Options every command takes. */
export interface CommonOptions {
  readonly store?: string;
  readonly lang?: string;
  readonly json?: boolean;
  readonly device?: Device;
}

/** What a command works with: its language, where it writes, and the engines. */
export interface Session {
  readonly language: Language;
  readonly say: Say;
  /** For people. With `--json` on standard error, so that standard output holds nothing but objects. */
  readonly terminal: Terminal;
  /** One JSON object as a line of standard output. */
  readonly writeJson: (data: unknown) => void;
  readonly isJson: boolean;
  readonly store: string;
  readonly runs: RunService;
  /** Tells problems, as events with `--json`. */
  readonly report: (problems: readonly Problem[]) => void;
}

export function openSession(options: CommonOptions, env: NodeJS.ProcessEnv): Session {
  const language = chooseLanguage(options.lang, env);
  const isJson = options.json === true;
  const terminal = openTerminal(isJson ? process.stderr : process.stdout, env);
  const writeJson = (data: unknown) => void process.stdout.write(`${JSON.stringify(data)}\n`);
  const host = openHost(options, env);
  const report = (problems: readonly Problem[]) => {
    for (const problem of problems) {
      if (isJson) writeJson(problemEvent(problem));
      for (const line of problemLines(problem, language)) terminal.line(line);
    }
  };
  const runs = new RunService(host, realFs);
  return { language, say: speak(language), terminal, writeJson, isJson, store: host.store, runs, report };
}

function openHost(options: CommonOptions, env: NodeJS.ProcessEnv): Host {
  const limit = Number(env.MODELYARD_STORE_LIMIT);
  return {
    // Bundled, the engine lies beside the command line.
    engineFile: fileURLToPath(new URL('./engine.mjs', import.meta.url)),
    store: resolve(options.store || defaultStoreRoot(env)),
    storeLimit: limit > 0 ? limit : defaultStoreLimit,
    ...(options.device === undefined ? {} : { device: options.device }),
    onEngineOutput: (text) => {
      if (env.MODELYARD_ENGINE_OUTPUT) process.stderr.write(text);
    },
  };
}

/** A problem outside any run, in the shape of a run's events. */
function problemEvent(problem: Problem): RunEvent {
  const node = problem.node === undefined ? {} : { node: problem.node };
  return { type: 'problem', ...node, problem, run: '', seq: 0, at: new Date().toISOString() };
}

/** Runs a command in a session: problems become sentences and a code, engines are closed in every case. */
export async function inSession(options: CommonOptions, work: (session: Session) => Promise<ExitCode>): Promise<void> {
  const session = openSession(options, process.env);
  try {
    process.exitCode = await work(session);
  } catch (error) {
    if (error instanceof WrongInput) {
      session.report(error.problems);
      process.exitCode = exitCodes.wrongInput;
      return;
    }
    if (error instanceof ProblemError) {
      session.report([error.problem]);
      process.exitCode = exitCodes.failed;
      return;
    }
    if (process.env.MODELYARD_DEBUG) console.error(error);
    const message = error instanceof Error ? error.message : String(error);
    session.terminal.line(session.say('unexpected', { message }));
    process.exitCode = exitCodes.failed;
  } finally {
    session.terminal.clearStatus();
    await session.runs.close();
  }
}
