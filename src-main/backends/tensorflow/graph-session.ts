import { promisify } from 'node:util';
import type { TensorData } from '../../../src-shared/ops/tensor';
import type { Pointer, TensorflowApi } from './bindings';
import { encodeCallerRuns, encodeConfig, type SessionOptions } from './config-proto';
import { isBreathDue, noteTurn } from './pace';
import { type Call, type Frame, outputSlots, PreparedCall, readFrame, writeFrame } from './prepared-call';
import { check, checked } from './status';
import { createTensor, freeTensor, readTensor } from './tensors';

interface DeviceFound {
  readonly type: string;
  readonly memory: number;
}

interface Handles {
  readonly graph: Pointer;
  readonly session: Pointer;
}

/**
 * A TF_Session over one graph. Variables live in it between runs. TensorFlow computes in its own threads while the
 * event loop goes on; runs that are known to be short are made on the spot, since the way to another thread and back
 * would take longer than many of them, and the event loop still has its turn every few milliseconds.
 */
export class GraphSession {
  private readonly api: TensorflowApi;
  private readonly handles: Handles;
  private readonly scopes: Readonly<Record<string, string>>;
  private readonly calls: PreparedCall[] = [];
  private readonly running = new Set<Promise<unknown>>();
  private readonly start: (...args: readonly unknown[]) => Promise<void>;
  private readonly callerRuns: Pointer;
  private closed = false;

  private constructor(api: TensorflowApi, handles: Handles, scopes: Readonly<Record<string, string>> = {}) {
    this.api = api;
    this.handles = handles;
    this.scopes = scopes;
    const options = encodeCallerRuns();
    this.callerRuns = api.newBuffer(options, options.length);
    this.start = promisify(api.run.async) as typeof this.start;
  }

  /**
   * @param graph bytes of a GraphDef
   * @param options `scopes`: the graph's safe prefix → canvas node, so that errors say where they happened
   */
  static fromGraph(
    api: TensorflowApi,
    graph: Uint8Array,
    options: SessionOptions & { readonly scopes?: Readonly<Record<string, string>> } = {},
  ): GraphSession {
    const handles = openWith(api, options, (graphHandle, sessionOptions, status) => {
      importGraph(api, graphHandle, graph);
      return api.newSession(graphHandle, sessionOptions, status);
    });
    return new GraphSession(api, handles, options.scopes);
  }

  /** @param folder with `saved_model.pb`; the tag is `serve` */
  static fromSavedModel(api: TensorflowApi, folder: string, options: SessionOptions = {}): GraphSession {
    const handles = openWith(api, options, (graph, sessionOptions, status) =>
      api.loadSavedModel(sessionOptions, null, folder, ['serve'], 1, graph, null, status),
    );
    return new GraphSession(api, handles);
  }

  /** What TensorFlow computes on: `cpu`, `gpu`; with the bytes that it may take there. */
  devices(): DeviceFound[] {
    const { session } = this.handles;
    const list = checked(this.api, (status) => this.api.listDevices(session, status));
    if (list === null) return [];
    const found = Array.from({ length: this.api.deviceCount(list) }, (_, i) => ({
      type: checked(this.api, (status) => this.api.deviceType(list, i, status)).toLowerCase(),
      memory: checked(this.api, (status) => this.api.deviceMemory(list, i, status)),
    }));
    this.api.deleteDevices(list);
    return found;
  }

  /** Resolves a call's names; the same result serves every run. */
  prepare(call: Call): PreparedCall {
    const prepared = new PreparedCall(this.api, this.handles.graph, call);
    this.calls.push(prepared);
    return prepared;
  }

  /** Feeds are copied before this returns. Rejects with a ProblemError where TensorFlow reports an error. */
  run(call: PreparedCall, feeds: Readonly<Record<string, TensorData>>): Promise<Record<string, TensorData>> {
    if (this.closed) throw new Error('The session is closed.');
    // TensorFlow refuses a call that asks for nothing, such as `init` of a program without state.
    if (call.fetches.length === 0 && call.targetCount === 0) return Promise.resolve({});
    const frame = call.takeFrame();
    this.fillFrame(call, frame, feeds);
    const started = performance.now();
    if (call.pace.isShort && this.running.size === 0 && !isBreathDue(started)) return this.runHere(call, frame);
    const done = this.runElsewhere(call, frame);
    this.running.add(done);
    const forget = () => this.running.delete(done);
    done.then(forget, forget);
    return done;
  }

  /** Waits for runs under way, then frees everything. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await Promise.allSettled(this.running);
    for (const call of this.calls) call.free();
    this.api.deleteBuffer(this.callerRuns);
    const { graph, session } = this.handles;
    checked(this.api, (status) => this.api.closeSession(session, status));
    checked(this.api, (status) => this.api.deleteSession(session, status));
    this.api.deleteGraph(graph);
  }

  private fillFrame(call: PreparedCall, frame: Frame, feeds: Readonly<Record<string, TensorData>>): void {
    frame.tensors.fill(0n);
    try {
      call.feeds.forEach(([name, element], i) => {
        const value = feeds[name];
        if (!value) throw new Error(`The feed "${name}" is missing.`);
        frame.tensors[i] = createTensor(this.api, value, element);
      });
    } catch (error) {
      this.release(call, frame);
      throw error;
    }
    writeFrame(this.api, frame);
  }

  private async runHere(call: PreparedCall, frame: Frame): Promise<Record<string, TensorData>> {
    const started = performance.now();
    this.api.run(...this.argumentsOf(call, frame, this.callerRuns));
    call.pace.note(performance.now() - started);
    return this.finish(call, frame);
  }

  private async runElsewhere(call: PreparedCall, frame: Frame): Promise<Record<string, TensorData>> {
    const started = performance.now();
    await this.start(...this.argumentsOf(call, frame, null));
    call.pace.note(performance.now() - started);
    noteTurn();
    return this.finish(call, frame);
  }

  private argumentsOf(call: PreparedCall, frame: Frame, options: Pointer | null): unknown[] {
    const inputs = [call.inputs, frame.memory, call.feeds.length];
    const outputs = [call.outputs, outputSlots(call, frame), call.fetches.length];
    return [this.handles.session, options, ...inputs, ...outputs, call.targets, call.targetCount, null, frame.status];
  }

  private finish(call: PreparedCall, frame: Frame): Record<string, TensorData> {
    try {
      readFrame(this.api, frame);
      check(this.api, frame.status, this.scopes);
      return this.collect(call, frame);
    } finally {
      this.release(call, frame);
    }
  }

  private collect(call: PreparedCall, frame: Frame): Record<string, TensorData> {
    const results: Record<string, TensorData> = {};
    call.fetches.forEach((name, i) => {
      // TF_SessionRun fills every output where the status is OK.
      results[name] = readTensor(this.api, frame.tensors[call.feeds.length + i] as Pointer);
    });
    return results;
  }

  private release(call: PreparedCall, frame: Frame): void {
    frame.tensors.forEach((tensor, i) => {
      if (tensor === 0n) return;
      const element = call.feeds[i]?.[1];
      if (element) freeTensor(this.api, tensor, element);
      else this.api.deleteTensor(tensor);
    });
    call.giveBack(frame);
  }
}

type OpenSession = (graph: Pointer, sessionOptions: Pointer, status: Pointer) => Pointer | null;

function openWith(api: TensorflowApi, options: SessionOptions, open: OpenSession): Handles {
  const graph = api.newGraph();
  const sessionOptions = api.newSessionOptions();
  try {
    const config = encodeConfig(options);
    checked(api, (status) => api.setConfig(sessionOptions, config, config.length, status));
    const session = checked(api, (status) => open(graph, sessionOptions, status));
    if (session === null) throw new Error('TensorFlow opened no session.');
    return { graph, session };
  } catch (error) {
    api.deleteGraph(graph);
    throw error;
  } finally {
    api.deleteSessionOptions(sessionOptions);
  }
}

function importGraph(api: TensorflowApi, graph: Pointer, bytes: Uint8Array): void {
  const buffer = api.newBuffer(bytes, bytes.length);
  const options = api.newImportOptions();
  try {
    checked(api, (status) => api.importGraph(graph, buffer, options, status));
  } finally {
    api.deleteImportOptions(options);
    api.deleteBuffer(buffer);
  }
}
