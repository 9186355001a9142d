import * as tf from '@tensorflow/tfjs-core';
import type { Runner, RunnerOptions } from '../runner';
import { startBackends } from './backends';
import { PortableSession } from './portable-session';

/** Runs step programs in JavaScript and WebAssembly: everywhere, slowly. */
export async function openPortableRunner({ lookup }: Pick<RunnerOptions, 'lookup'>): Promise<Runner> {
  const backends = await startBackends();
  const version = tf.version_core;
  const names = backends.join(' and ');
  return {
    runner: {
      name: 'tfjs',
      description: `tfjs ${version} (portable: ${names}), 1 thread`,
      fingerprint: `tfjs ${version} ${backends.join('+')}`,
    },
    open: async (program) => new PortableSession(program, lookup, backends),
  };
}
