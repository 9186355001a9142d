// Where the time of a training step goes: TensorFlow's own trace (RunMetadata) of the emitted graph, kernel by kernel.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Reader, Writer } from 'protobufjs/minimal.js';
import type { Pointer, TensorflowApi } from '../../src-main/backends/tensorflow/bindings';
import { encodeConfig, type SessionOptions } from '../../src-main/backends/tensorflow/config-proto';
import { loadTensorflow } from '../../src-main/backends/tensorflow/library';
import { outputSlots, PreparedCall, readFrame, writeFrame } from '../../src-main/backends/tensorflow/prepared-call';
import { signatureCall } from '../../src-main/backends/tensorflow/signature-call';
import { check, checked } from '../../src-main/backends/tensorflow/status';
import { createTensor } from '../../src-main/backends/tensorflow/tensors';
import { initialState } from '../../src-shared/compile/initializers';
import { BatchReader } from '../../src-shared/fit/feed-columns';
import { emitStepGraph } from '../../src-shared/formats/tensorflow/emit-program';
import { encodeGraph } from '../../src-shared/formats/tensorflow/encode-graph';
import { lookupOp } from '../../src-shared/ops/catalog';
import type { TensorData } from '../../src-shared/ops/tensor';
import { readDigits, referenceProgram } from './reference-training';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'cnn' },
    batch: { type: 'string', default: '32' },
    steps: { type: 'string', default: '30' },
    data: { type: 'string', default: '' },
    device: { type: 'string', default: 'cpu' },
    precision: { type: 'string', default: 'float32' },
  },
});
const onCard = values.device === 'gpu';
const batch = Number(values.batch);
const steps = Number(values.steps);
const warmUp = 10;

/** A kernel's run in one step: its label, `name = Op(inputs)`, and nanoseconds. */
interface KernelRun {
  readonly label: string;
  readonly nanoseconds: number;
}

/** `tensorflow.RunMetadata` (core/protobuf/config.proto): step_stats(1).dev_stats(1).node_stats(2). */
function readKernels(metadata: Uint8Array): KernelRun[] {
  return nested(metadata, 1)
    .flatMap((stats) => nested(stats, 1))
    .flatMap((device) => nested(device, 2))
    .map(readKernel);
}

/** `tensorflow.NodeExecStats`: node_name(1), timeline_label(8), op_start_rel_nanos(14), op_end_rel_nanos(15). */
function readKernel(bytes: Uint8Array): KernelRun {
  const reader = Reader.create(bytes);
  let [name, label, start, end] = ['', '', 0, 0];
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag >>> 3 === 1) name = reader.string();
    else if (tag >>> 3 === 8) label = reader.string();
    else if (tag >>> 3 === 14) start = Number(reader.int64());
    else if (tag >>> 3 === 15) end = Number(reader.int64());
    else reader.skipType(tag & 7);
  }
  return { label: label || name, nanoseconds: end - start };
}

/** The nested messages of one field. */
function nested(bytes: Uint8Array, field: number): Uint8Array[] {
  const reader = Reader.create(bytes);
  const found: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag >>> 3 === field) found.push(reader.bytes());
    else reader.skipType(tag & 7);
  }
  return found;
}

/** A session whose runs can be traced. The process ends with it, so nothing is freed. */
class TracedSession {
  private readonly api: TensorflowApi;
  private readonly graph: Pointer;
  private readonly session: Pointer;
  private readonly full: Pointer;

  constructor(api: TensorflowApi, bytes: Uint8Array, settings: SessionOptions) {
    this.api = api;
    this.graph = api.newGraph();
    const buffer = api.newBuffer(bytes, bytes.length);
    checked(api, (status) => api.importGraph(this.graph, buffer, api.newImportOptions(), status));
    const options = api.newSessionOptions();
    const config = encodeConfig(settings);
    checked(api, (status) => api.setConfig(options, config, config.length, status));
    const session = checked(api, (status) => api.newSession(this.graph, options, status));
    if (session === null) throw new Error('TensorFlow opened no session.');
    this.session = session;
    // RunOptions.trace_level = FULL_TRACE
    const trace = Writer.create().uint32(8).int32(3).finish();
    this.full = api.newBuffer(trace, trace.length);
  }

  prepare(call: ConstructorParameters<typeof PreparedCall>[2]): PreparedCall {
    return new PreparedCall(this.api, this.graph, call);
  }

  /** Runs a call; the bytes of its RunMetadata. */
  run(call: PreparedCall, feeds: Readonly<Record<string, TensorData>>): Uint8Array {
    const { api } = this;
    const frame = call.takeFrame();
    frame.tensors.fill(0n);
    call.feeds.forEach(([name, element], i) => {
      const value = feeds[name];
      if (!value) throw new Error(`The feed "${name}" is missing.`);
      frame.tensors[i] = createTensor(api, value, element);
    });
    writeFrame(api, frame);
    // An empty TF_Buffer: `{ const void* data; size_t length; void (*deallocator)(void*, size_t) }`.
    const metadata = api.allocate(3, 8);
    const inputs = [call.inputs, frame.memory, call.feeds.length];
    const outputs = [call.outputs, outputSlots(call, frame), call.fetches.length];
    const effects = [call.targets, call.targetCount, metadata, frame.status];
    api.run(this.session, this.full, ...inputs, ...outputs, ...effects);
    readFrame(api, frame);
    check(api, frame.status);
    for (const tensor of frame.tensors) if (tensor !== 0n) api.deleteTensor(tensor);
    call.giveBack(frame);
    return this.read(metadata);
  }

  private read(buffer: Pointer): Uint8Array {
    const words = new BigUint64Array(2);
    this.api.copy(words, buffer, 16);
    const [data = 0n, length = 0n] = words;
    const bytes = new Uint8Array(Number(length));
    if (length > 0n) this.api.copy(bytes, data, bytes.length);
    return bytes;
  }
}

const workload = { threads: availableParallelism(), batchSize: batch };
const program = referenceProgram(values.model, onCard ? undefined : workload);
const graph = emitStepGraph(program, { lookup: lookupOp });
const { api } = loadTensorflow(process.env, onCard ? 'gpu' : 'cpu');
const threads = program.opThreads === undefined ? {} : { threads: { intra: program.opThreads } };
const session = new TracedSession(api, encodeGraph(graph), {
  withoutGpu: !onCard,
  bfloat16: values.precision === 'bfloat16',
  ...threads,
});
const entry = (name: string): PreparedCall => {
  const nodes = graph.entries[name];
  if (!nodes) throw new Error(`The program has no entry "${name}".`);
  return session.prepare(signatureCall({ inputs: nodes.feeds, outputs: nodes.fetches, targets: nodes.targets }));
};
session.run(entry('init'), initialState(program, 1));
const step = entry('step');
const images = batch * (steps + warmUp);
const reader = new BatchReader(readDigits(values.data, images));
const order = Int32Array.from({ length: images }, (_, row) => row);
const learningRate = { dtype: 'float32', shape: [], data: Float32Array.of(0.001) } as const;
const sums = new Map<string, number>();
for (let i = 0; i < steps + warmUp; i++) {
  const metadata = session.run(step, { ...reader.read(order, i * batch, (i + 1) * batch), learningRate });
  if (i < warmUp) continue;
  for (const { label, nanoseconds } of readKernels(metadata)) sums.set(label, (sums.get(label) ?? 0) + nanoseconds);
}
const kernels = [...sums].map(([label, total]) => ({ label, microseconds: total / steps / 1000 }));
process.stdout.write(`${JSON.stringify(kernels)}\n`);
