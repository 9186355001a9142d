import { basename, extname, join, resolve } from 'node:path';
import { hashData } from '../../src-shared/hash';
import { problem } from '../../src-shared/problem';
import { lookupTarget } from '../exports/targets/catalog';
import { checkConfig, environmentOf, parseConfig } from '../exports/targets/check-config';
import type { ActionName } from '../exports/targets/define-target';
import {
  act,
  type DeployOptions as Deploying,
  type DeployRequest,
  deploy,
  planDeploy,
} from '../exports/targets/deploy';
import { deployFolder } from '../exports/targets/deploy-state';
import { openVerifiedBundle } from '../exports/targets/verified-bundle';
import { withDiskProblems } from '../files/disk-problem';
import { realFs, statIfThere } from '../files/fs-port';
import { showDeploy } from './deploy-view';
import { exportRequest } from './export-command';
import { openDocument } from './open-document';
import { type RunOptions, runToEnd } from './run-command';
import { type ExitCode, exitCodes, inSession, type Session } from './session';
import { asInput, WrongInput } from './wrong-input';

export type DeployOptions = RunOptions & {
  readonly target: string;
  readonly config?: readonly string[];
  readonly bundle?: string;
  readonly node?: string;
  readonly dryRun?: boolean;
  readonly stop?: boolean;
  readonly delete?: boolean;
};

/** `deploy FILE|BUNDLE_DIR --target TARGET`: makes the bundle or uses the one that is there, then sends it. */
export function deployCommand(path: string, options: DeployOptions): Promise<void> {
  return inSession(options, async (session) => {
    const aim = await asInput(() => readAim(options));
    const { kind } = await asInput(() => withDiskProblems(path, () => realFs.stat(path)));
    const folder = kind === 'folder' ? resolve(path) : bundleFolder(session, path, options);
    const action = options.delete ? 'delete' : options.stop ? 'stop' : undefined;
    if (kind !== 'folder' && action === undefined) {
      const ask = await openDocument(path, options);
      const code = await runToEnd(session, await exportRequest(ask, folder, options.node));
      if (code !== exitCodes.done) return code;
      await session.runs.close();
    }
    const isThere = await statIfThere(realFs, join(folder, 'metadata.json'));
    if (action && !isThere) throw new WrongInput([problem('deploy-name-missing')]);
    const bundle = await asInput(() => openVerifiedBundle(realFs, folder));
    return carryOut(session, { ...aim, bundle }, { action, dryRun: options.dryRun === true });
  });
}

/** Target and settings; both are looked at before anything is trained. */
function readAim(options: DeployOptions): Pick<DeployRequest, 'target' | 'config'> {
  const target = lookupTarget(options.target);
  const parsed = parseConfig(target, options.config ?? []);
  const { config, problems } = checkConfig(target, parsed.config);
  const found = [...parsed.problems, ...problems];
  if (!config || found.length > 0) throw new WrongInput(found);
  const wrong = target.validate({ config, env: environmentOf(process.env) });
  if (!options.dryRun && wrong.length > 0) throw new WrongInput(wrong);
  return { target, config };
}

/** One folder per pipeline, so that an unchanged one is exported once. */
function bundleFolder({ store }: Session, file: string, { bundle }: DeployOptions): string {
  if (bundle !== undefined) return resolve(bundle);
  const place = hashData(resolve(file)).slice('sha256:'.length, 'sha256:'.length + 8);
  return join(store, deployFolder, `${basename(file, extname(file))}-${place}`);
}

interface Wish {
  readonly action: ActionName | undefined;
  readonly dryRun: boolean;
}

async function carryOut(session: Session, request: DeployRequest, { action, dryRun }: Wish): Promise<ExitCode> {
  const abort = new AbortController();
  const options: Deploying = {
    fs: realFs,
    stateFolder: join(session.store, deployFolder),
    env: environmentOf(process.env),
    // Target and settings stand on this command line.
    allowed: 'typed',
    signal: abort.signal,
    onEvent: showDeploy(session, { isAction: action !== undefined }),
  };
  const interrupt = () => abort.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, interrupt);
  try {
    if (dryRun) await asInput(() => planDeploy(request, options));
    else if (action) await act({ ...request, action }, options);
    else await deploy(request, options);
    return exitCodes.done;
  } catch (error) {
    if (!abort.signal.aborted) throw error;
    session.terminal.line(session.say('deployStopped'));
    return exitCodes.cancelled;
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}
