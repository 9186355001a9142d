import type { DeployEvent } from '../../../src-shared/deploy';
import { ProblemError, problem } from '../../../src-shared/problem';
import type { Exports } from '../../../src-shared/runs/run-context';
import type { RunEventBody } from '../../../src-shared/runs/run-event';
import type { AllowedUses } from '../../../src-shared/secret-use';
import type { FsPort } from '../../files/fs-port';
import { lookupTarget } from './catalog';
import { checkConfig } from './check-config';
import type { Environment } from './define-target';
import { deploy } from './deploy';
import type { Reach } from './deploy-context';
import { openVerifiedBundle } from './verified-bundle';

interface DeployingStep {
  readonly fs: FsPort;
  readonly signal: AbortSignal;
  /** The node that deploys, for events. */
  readonly node: string;
  readonly emit: (event: RunEventBody) => void;
  readonly stateFolder: string;
  readonly env: Environment;
  readonly allowed: AllowedUses;
  readonly onTalk: NonNullable<Reach['onTalk']>;
}

/** What a node's context offers: sends the bundle that an artifact names, if it is still the one that was proven. */
export function createDeploy({ signal, node, emit, ...reach }: DeployingStep): Exports['deploy'] {
  const { fs } = reach;
  return async (artifact, name, settings) => {
    const target = lookupTarget(name);
    const { config, problems } = checkConfig(target, settings);
    if (!config) throw new ProblemError(problems[0] ?? problem('deploy-setting-malformed'));
    const bundle = await openVerifiedBundle(fs, artifact.path, signal);
    if (bundle.hash !== artifact.bundleHash) {
      throw new ProblemError(problem('deploy-unverified', { path: artifact.path, file: 'metadata.json' }));
    }
    let total = 0;
    const onEvent = (event: DeployEvent) => {
      if (event.type === 'deploy-planned') total = event.steps.length;
      if (event.type !== 'deploy-step') return;
      const done = event.index + (event.state === 'started' ? 0 : 1);
      emit({ type: 'progress', node, done, total, unit: 'steps', message: event.does.en });
    };
    const outcome = await deploy({ target, config, bundle }, { ...reach, signal, onEvent });
    return { ...artifact, endpoint: outcome.endpoint ?? outcome.location };
  };
}
