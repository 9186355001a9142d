import { availableParallelism } from 'node:os';
import { cpuFeatures } from '../cpu-features';
import type { Runner, RunnerOptions } from '../runner';
import { kernelChoice } from '../tensorflow/prepare-environment';
import { loadTfjsNode } from './load-package';
import { TfjsNodeSession } from './session';

/** Runs step programs through unmodified tfjs-node; its threads cannot be set. Throws `tfjs-node-unusable`. */
export function openTfjsNodeRunner({ lookup }: Pick<RunnerOptions, 'lookup'>): Runner {
  const tfjsNode = loadTfjsNode();
  const threads = availableParallelism();
  return {
    runner: {
      name: 'tfjs-node',
      description: `tfjs-node ${tfjsNode.version} (libtensorflow ${tfjsNode.library}), cpu, ${threads === 1 ? '1 thread' : `${threads} threads`}`,
      fingerprint: ['tfjs-node', tfjsNode.version, tfjsNode.library, threads, cpuFeatures(), kernelChoice()].join(' '),
    },
    open: async (program) => new TfjsNodeSession(tfjsNode, program, lookup),
  };
}
