import type { ElementType } from '../../../src-shared/formats/tensorflow/data-types';
import type { Pointer, TensorflowApi } from './bindings';
import { Pace } from './pace';

/** A tensor of a graph: `node` or `node:1`, and its element type there. */
export interface GraphTensorName {
  readonly tensor: string;
  readonly element: ElementType;
}

/** One way to run a graph. */
export interface Call {
  readonly feeds: Readonly<Record<string, GraphTensorName>>;
  readonly fetches: Readonly<Record<string, GraphTensorName>>;
  readonly targets: readonly string[];
}

/** What one run needs beside the call: where tensors are handed over, and a status. */
interface Frame {
  /** Input tensors, then output tensors, as TF_SessionRun reads and writes them. */
  readonly memory: Pointer;
  readonly tensors: BigUint64Array;
  readonly status: Pointer;
}

const pointerBytes = 8;
/** `struct TF_Output { TF_Operation* oper; int index; }`, padded. */
const outputBytes = 16;

/**
 * A call with its names resolved to the graph's operations once, so that a run costs a few calls of the C API.
 * Frames are pooled: several runs of the same call may be under way.
 */
export class PreparedCall {
  readonly feeds: readonly (readonly [name: string, element: ElementType])[];
  readonly fetches: readonly string[];
  readonly inputs: Pointer;
  readonly outputs: Pointer;
  readonly targets: Pointer;
  readonly targetCount: number;
  readonly pace = new Pace();
  private readonly api: TensorflowApi;
  private readonly idle: Frame[] = [];

  constructor(api: TensorflowApi, graph: Pointer, call: Call) {
    this.api = api;
    this.feeds = Object.entries(call.feeds).map(([name, { element }]) => [name, element] as const);
    this.fetches = Object.keys(call.fetches);
    const find = (node: string) => findOperation(api, graph, node);
    this.inputs = this.store(Object.values(call.feeds).flatMap(({ tensor }) => outputOf(tensor, find)));
    this.outputs = this.store(Object.values(call.fetches).flatMap(({ tensor }) => outputOf(tensor, find)));
    this.targets = this.store(call.targets.map(find));
    this.targetCount = call.targets.length;
  }

  takeFrame(): Frame {
    const idle = this.idle.pop();
    if (idle) return idle;
    const count = this.feeds.length + this.fetches.length;
    return {
      memory: this.api.allocate(Math.max(1, count), pointerBytes),
      tensors: new BigUint64Array(count),
      status: this.api.newStatus(),
    };
  }

  giveBack(frame: Frame): void {
    this.idle.push(frame);
  }

  /** Only when no run is under way. */
  free(): void {
    for (const { memory, status } of this.idle) {
      this.api.free(memory);
      this.api.deleteStatus(status);
    }
    for (const memory of [this.inputs, this.outputs, this.targets]) this.api.free(memory);
  }

  private store(words: readonly bigint[]): Pointer {
    const memory = this.api.allocate(Math.max(1, words.length), pointerBytes);
    if (words.length > 0) this.api.copy(memory, BigUint64Array.from(words), words.length * pointerBytes);
    return memory;
  }
}

export type { Frame };

/** Where the output tensors of a frame begin. */
export function outputSlots(call: PreparedCall, frame: Frame): Pointer {
  return frame.memory + BigInt(call.feeds.length * pointerBytes);
}

/** Copies the frame's tensor addresses to where TF_SessionRun reads them; outputs start as NULL. */
export function writeFrame(api: TensorflowApi, frame: Frame): void {
  if (frame.tensors.length > 0) api.copy(frame.memory, frame.tensors, frame.tensors.byteLength);
}

/** Copies them back, with what the run has put there. */
export function readFrame(api: TensorflowApi, frame: Frame): void {
  if (frame.tensors.length > 0) api.copy(frame.tensors, frame.memory, frame.tensors.byteLength);
}

function findOperation(api: TensorflowApi, graph: Pointer, node: string): Pointer {
  const operation = api.operation(graph, node);
  if (operation === null) throw new Error(`The graph has no node "${node}".`);
  return operation;
}

/** A TF_Output as words of memory, little-endian. */
function outputOf(tensor: string, find: (node: string) => Pointer): bigint[] {
  const [node = '', index = '0'] = tensor.split(':');
  const words = [find(node), BigInt(index)];
  if (words.length * pointerBytes !== outputBytes) throw new Error('TF_Output has another layout.');
  return words;
}
