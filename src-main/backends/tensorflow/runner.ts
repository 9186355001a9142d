import { availableParallelism } from 'node:os';
import { emitStepGraph } from '../../../src-shared/formats/tensorflow/emit-program';
import { encodeGraph } from '../../../src-shared/formats/tensorflow/encode-graph';
import type { StepProgram } from '../../../src-shared/ops/program';
import { type Problem, problem } from '../../../src-shared/problem';
import type { RunnerDevice, Session } from '../../../src-shared/runs/run-context';
import { cpuFeatures, hasBfloat16 } from '../cpu-features';
import type { Runner, RunnerOptions } from '../runner';
import { chooseDevice } from './choose-device';
import type { SessionOptions } from './config-proto';
import { GraphSession } from './graph-session';
import { loadTensorflow, type Tensorflow } from './library';
import { kernelChoice, roundingChoice } from './prepare-environment';
import type { PreparedCall } from './prepared-call';
import { signatureCall } from './signature-call';

type SessionSettings = RunnerOptions & Pick<SessionOptions, 'withoutGpu'>;

export interface TensorflowRunner extends Runner {
  /** Why it is not the graphics card that computes, where one was wanted. */
  readonly obstacle?: Problem;
}

/** Runs step programs by libtensorflow's C API. Throws `library-missing` or `library-unusable`. */
export function openTensorflowRunner(options: RunnerOptions, env: NodeJS.ProcessEnv = process.env): TensorflowRunner {
  const choice = chooseDevice(options.device ?? 'cpu', { env });
  const tensorflow = loadTensorflow(env, choice.build);
  const session = { ...options, withoutGpu: choice.build === 'cpu' };
  const found = findDevices(tensorflow, session);
  const gpu = found.find(({ type }) => type === 'gpu');
  const obstacle = choice.obstacle ?? (choice.build === 'gpu' && !gpu ? notSeen() : undefined);
  const device: RunnerDevice = gpu
    ? { kind: 'gpu', name: choice.cards[0] ?? 'GPU', memory: gpu.memory }
    : { kind: 'cpu' };
  return {
    runner: describe(tensorflow, session, device),
    freeMemory: () => (device.kind === 'gpu' ? device.memory : process.availableMemory()),
    open: async (program, { precision = 'float32' } = {}) => {
      return openSession(tensorflow, program, {
        ...session,
        ...(program.opThreads === undefined ? {} : { threads: { ...session.threads, intra: program.opThreads } }),
        bfloat16: precision === 'mixedBfloat16' && device.kind === 'cpu' && hasBfloat16(),
      });
    },
    ...(obstacle ? { obstacle } : {}),
  };
}

/** The driver is there, and TensorFlow makes nothing of it. */
function notSeen(): Problem {
  return problem('gpu-not-seen', {}, { severity: 'warning', fix: { code: 'run-command', command: 'nvidia-smi' } });
}

function findDevices({ api }: Tensorflow, options: SessionSettings): ReturnType<GraphSession['devices']> {
  const session = GraphSession.fromGraph(api, encodeGraph({ nodes: [], functions: [] }), options);
  const devices = session.devices();
  void session.close();
  return devices;
}

function describe({ version }: Tensorflow, options: RunnerOptions, device: RunnerDevice): Runner['runner'] {
  const { intra = availableParallelism(), inter = availableParallelism() } = options.threads ?? {};
  const precision = options.double ? 'float64' : 'float32';
  const onCard = device.kind === 'gpu';
  const where = onCard ? `gpu (${device.name})` : 'cpu';
  const what = [where, intra === 1 ? '1 thread' : `${intra} threads`, ...(precision === 'float32' ? [] : [precision])];
  return {
    name: 'libtensorflow',
    description: `libtensorflow ${version} (koffi), ${what.join(', ')}`,
    fingerprint: [
      `libtensorflow ${version} ${where} ${intra}/${inter} ${precision} ${cpuFeatures()} ${kernelChoice()}`,
      ...(onCard && roundingChoice() ? [roundingChoice()] : []),
    ].join(' '),
    device,
    hasBfloat16: !onCard && hasBfloat16(),
    ...(onCard ? {} : { threads: intra }),
  };
}

function openSession(tensorflow: Tensorflow, program: StepProgram, options: SessionSettings): Session {
  const { lookup, double = false } = options;
  const { entries, ...graph } = emitStepGraph(program, { lookup, double });
  const session = GraphSession.fromGraph(tensorflow.api, encodeGraph(graph), { ...options, scopes: graph.scopes });
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
