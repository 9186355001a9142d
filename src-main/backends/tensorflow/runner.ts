import { availableParallelism } from 'node:os';
import { emitStepGraph } from '../../../src-shared/formats/tensorflow/emit-program';
import { encodeGraph } from '../../../src-shared/formats/tensorflow/encode-graph';
import type { StepProgram } from '../../../src-shared/ops/program';
import type { Session } from '../../../src-shared/runs/run-context';
import { cpuFeatures } from '../cpu-features';
import type { Runner, RunnerOptions } from '../runner';
import { GraphSession } from './graph-session';
import { loadTensorflow, type Tensorflow } from './library';
import { signatureCall } from './signature-call';

/** Runs step programs by libtensorflow's C API. Throws `library-missing` or `library-unusable`. */
export function openTensorflowRunner(options: RunnerOptions, env: NodeJS.ProcessEnv = process.env): Runner {
  const tensorflow = loadTensorflow(env);
  return {
    runner: describe(tensorflow, options),
    open: async (program) => openSession(tensorflow, program, options),
  };
}

function describe({ version }: Tensorflow, options: RunnerOptions): Runner['runner'] {
  const threads = options.threads?.intra || availableParallelism();
  const precision = options.double ? 'float64' : options.bfloat16 ? 'bfloat16' : 'float32';
  const counted = threads === 1 ? '1 thread' : `${threads} threads`;
  return {
    name: 'libtensorflow',
    description: `libtensorflow ${version} (koffi), cpu, ${counted}${precision === 'float32' ? '' : `, ${precision}`}`,
    fingerprint: ['libtensorflow', version, `${threads}/${options.threads?.inter ?? 0}`, precision, cpuFeatures()].join(
      ' ',
    ),
  };
}

function openSession(tensorflow: Tensorflow, program: StepProgram, options: RunnerOptions): Session {
  const double = options.double ?? false;
  const graph = emitStepGraph(program, { lookup: options.lookup, double });
  const session = GraphSession.fromGraph(tensorflow.api, encodeGraph(graph.nodes), {
    ...options,
    scopes: graph.scopes,
  });
  const entries = new Map(
    Object.entries(graph.entries).map(
      ([name, entry]) =>
        [
          name,
          session.prepare(
            signatureCall({ inputs: entry.feeds, outputs: entry.fetches, targets: entry.targets }, double),
          ),
        ] as const,
    ),
  );
  return {
    run: async (name, feeds = {}) => {
      const entry = entries.get(name);
      if (!entry) throw new Error(`The program has no entry "${name}".`);
      return session.run(entry, feeds);
    },
    close: () => session.close(),
  };
}
