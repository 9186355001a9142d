import { emitStepGraph } from '../../../src-shared/formats/tensorflow/emit-program';
import { encodeGraph } from '../../../src-shared/formats/tensorflow/encode-graph';
import type { StepProgram } from '../../../src-shared/ops/program';
import type { Session } from '../../../src-shared/runs/run-context';
import { cpuFeatures } from '../cpu-features';
import type { Runner, RunnerOptions } from '../runner';
import { GraphSession, threadsInUse } from './graph-session';
import { loadTensorflow, type Tensorflow } from './library';
import type { PreparedCall } from './prepared-call';
import { signatureCall } from './signature-call';

/** Runs step programs by libtensorflow's C API. Throws `library-missing` or `library-unusable`. */
export function openTensorflowRunner(options: RunnerOptions, env: NodeJS.ProcessEnv = process.env): Runner {
  const tensorflow = loadTensorflow(env);
  return {
    runner: describe(tensorflow, options, computingDevices(tensorflow, options)),
    open: async (program) => openSession(tensorflow, program, options),
  };
}

/** `cpu`, or the graphics card's kind where TensorFlow found one: it is used then. */
function computingDevices({ api }: Tensorflow, options: RunnerOptions): string {
  const session = GraphSession.fromGraph(api, encodeGraph([]), options);
  const devices = session.devices();
  void session.close();
  return devices.filter((device) => device !== 'cpu').join('+') || 'cpu';
}

function describe({ version }: Tensorflow, options: RunnerOptions, devices: string): Runner['runner'] {
  const { intra, inter } = threadsInUse();
  const precision = options.double ? 'float64' : options.bfloat16 ? 'bfloat16' : 'float32';
  const what = [
    devices,
    intra === 1 ? '1 thread' : `${intra} threads`,
    ...(precision === 'float32' ? [] : [precision]),
  ];
  return {
    name: 'libtensorflow',
    description: `libtensorflow ${version} (koffi), ${what.join(', ')}`,
    fingerprint: `libtensorflow ${version} ${devices} ${intra}/${inter} ${precision} ${cpuFeatures()}`,
  };
}

function openSession(tensorflow: Tensorflow, program: StepProgram, options: RunnerOptions): Session {
  const { lookup, double = false } = options;
  const { nodes, scopes, entries } = emitStepGraph(program, { lookup, double });
  const session = GraphSession.fromGraph(tensorflow.api, encodeGraph(nodes), { ...options, scopes });
  const calls = new Map<string, PreparedCall>();
  for (const [name, { feeds, fetches, targets }] of Object.entries(entries)) {
    calls.set(name, session.prepare(signatureCall({ inputs: feeds, outputs: fetches, targets }, double)));
  }
  return {
    run: async (name, feeds = {}) => {
      const call = calls.get(name);
      if (!call) throw new Error(`The program has no entry "${name}".`);
      return session.run(call, feeds);
    },
    close: () => session.close(),
  };
}
