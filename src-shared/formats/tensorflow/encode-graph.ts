import { Writer } from 'protobufjs/minimal.js';
import type { TensorType } from '../../ops/tensor';
import { dataTypeCode, type ElementType, elementType, packNumbers } from './data-types';
import { type Graph, type GraphAttribute, type GraphTensor, knownSizes, type NodeDef } from './graph-builder';
import type { GraphFunction } from './graph-function';

/**
 * GraphDef and SavedModel as protobuf bytes. The same graph gives the same bytes: maps are written in the order of
 * their sorted keys. Field numbers: tensorflow/core/framework/*.proto, tensorflow/core/protobuf/*.proto.
 */

/** The GraphDef version that we write; accepted by libtensorflow from 2.9 to 2.21. */
const producer = 1087;
const minConsumer = 12;

type GraphParts = Pick<Graph, 'nodes' | 'functions'>;

/** The bytes of a GraphDef. */
export function encodeGraph(graph: GraphParts): Uint8Array {
  return writeGraph(Writer.create(), graph).finish();
}

/** A tensor of the graph that a caller feeds or fetches by name. */
export interface SignatureTensor {
  /** `node` or `node:1`. */
  readonly tensor: string;
  readonly type: TensorType;
}

export interface Signature {
  readonly inputs: Readonly<Record<string, SignatureTensor>>;
  readonly outputs: Readonly<Record<string, SignatureTensor>>;
}

/**
 * The bytes of `saved_model.pb`, tag `serve`. Weights must stand in the graph as constants; no `variables` folder
 * is needed.
 * @param signatures by name; without one the graph can still be run by its tensor names
 * @param double whether the graph was built with float32 as double
 */
export function encodeSavedModel(
  graph: GraphParts,
  signatures: Readonly<Record<string, Signature>>,
  double = false,
): Uint8Array {
  const writer = Writer.create().uint32(key(1, varint)).int64(1);
  message(writer, 2, (meta) => {
    message(meta, 1, (info) => {
      info.uint32(key(4, bytes)).string('serve');
    });
    message(meta, 2, (inner) => writeGraph(inner, graph));
    mapOf(signatures, (inner, signature) => writeSignature(inner, signature, double))(meta, 5);
  });
  return writer.finish();
}

const varint = 0;
const bytes = 2;
const fixed32 = 5;

function key(field: number, wireType: number): number {
  return ((field << 3) | wireType) >>> 0;
}

function message(writer: Writer, field: number, body: (inner: Writer) => void): Writer {
  writer.uint32(key(field, bytes)).fork();
  body(writer);
  return writer.ldelim();
}

type Write<T> = (writer: Writer, value: T) => void;

/** Writes a map's entries, sorted, into one field. */
function mapOf<T>(values: Readonly<Record<string, T>>, write: Write<T>): (writer: Writer, field: number) => void {
  const entries = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  return (writer, field) => {
    for (const [name, value] of entries) {
      message(writer, field, (entry) => {
        entry.uint32(key(1, bytes)).string(name);
        message(entry, 2, (inner) => write(inner, value));
      });
    }
  };
}

function writeGraph(writer: Writer, { nodes, functions }: GraphParts): Writer {
  for (const node of nodes) message(writer, 1, (inner) => writeNode(inner, node));
  if (functions.length > 0) {
    message(writer, 2, (library) => {
      for (const one of functions) message(library, 1, (inner) => writeFunction(inner, one));
    });
  }
  return message(writer, 4, (versions) => {
    versions.uint32(key(1, varint)).int32(producer).uint32(key(2, varint)).int32(minConsumer);
  });
}

function writeFunction(writer: Writer, { name, given, results, nodes }: GraphFunction): void {
  message(writer, 1, (signature) => {
    signature.uint32(key(1, bytes)).string(name);
    for (const [field, list] of [
      [2, given],
      [3, results],
    ] as const) {
      for (const argument of list) {
        message(signature, field, (inner) => {
          inner.uint32(key(1, bytes)).string(argument.name).uint32(key(3, varint)).int32(dataTypeCode(argument.type));
        });
      }
    }
  });
  for (const node of nodes) message(writer, 3, (inner) => writeNode(inner, node));
  for (const result of results) {
    message(writer, 4, (entry) => {
      entry.uint32(key(1, bytes)).string(result.name).uint32(key(2, bytes)).string(result.tensor);
    });
  }
}

function writeNode(writer: Writer, node: NodeDef): void {
  writer.uint32(key(1, bytes)).string(node.name).uint32(key(2, bytes)).string(node.op);
  for (const input of dataFirst(node.inputs)) writer.uint32(key(3, bytes)).string(input);
  mapOf(node.attrs, writeAttribute)(writer, 5);
}

/** GraphDef wants control inputs after all others. */
function dataFirst(inputs: readonly string[]): string[] {
  const isControl = (input: string) => input.startsWith('^');
  return [...inputs.filter((input) => !isControl(input)), ...inputs.filter(isControl)];
}

function writeAttribute(writer: Writer, attr: GraphAttribute): void {
  if ('string' in attr) writer.uint32(key(2, bytes)).string(attr.string);
  else if ('int' in attr) writer.uint32(key(3, varint)).int64(attr.int);
  else if ('float' in attr) writer.uint32(key(4, fixed32)).float(attr.float);
  else if ('bool' in attr) writer.uint32(key(5, varint)).bool(attr.bool);
  else if ('type' in attr) writer.uint32(key(6, varint)).int32(dataTypeCode(attr.type));
  else if ('shape' in attr) message(writer, 7, (shape) => writeShape(shape, knownSizes(attr.shape)));
  else if ('tensor' in attr) message(writer, 8, (tensor) => writeTensor(tensor, attr.tensor));
  else if ('func' in attr) message(writer, 10, (func) => func.uint32(key(1, bytes)).string(attr.func));
  else message(writer, 1, (list) => writeList(list, attr));
}

function writeList(writer: Writer, attr: GraphAttribute): void {
  if ('ints' in attr) {
    message(writer, 3, (list) => {
      for (const value of attr.ints) list.int64(value);
    });
  } else if ('types' in attr) {
    message(writer, 6, (list) => {
      for (const type of attr.types) list.int32(dataTypeCode(type));
    });
  } else if ('shapes' in attr) {
    for (const shape of attr.shapes) message(writer, 7, (inner) => writeShape(inner, knownSizes(shape)));
  }
}

function writeShape(writer: Writer, shape: readonly number[]): void {
  for (const size of shape) {
    message(writer, 2, (dim) => {
      // A size of 0 is protobuf's default, so the field is left out.
      if (size !== 0) dim.uint32(key(1, varint)).int64(size);
    });
  }
}

function writeTensor(writer: Writer, tensor: GraphTensor): void {
  writer.uint32(key(1, varint)).int32(dataTypeCode(tensor.dtype));
  message(writer, 2, (shape) => writeShape(shape, tensor.shape));
  if (tensor.dtype === 'string') {
    for (const text of tensor.values) writer.uint32(key(8, bytes)).string(String(text));
    return;
  }
  // Strings were handled above, so what is left are numbers.
  const packed = packNumbers(tensor.values as readonly number[], tensor.dtype);
  writer.uint32(key(4, bytes)).bytes(new Uint8Array(packed.buffer, packed.byteOffset, packed.byteLength));
}

function writeSignature(writer: Writer, signature: Signature, double: boolean): void {
  const info = (inner: Writer, { tensor, type }: SignatureTensor) => {
    const element: ElementType = elementType(type.dtype, double);
    inner.uint32(key(1, bytes)).string(tensor.includes(':') ? tensor : `${tensor}:0`);
    inner.uint32(key(2, varint)).int32(dataTypeCode(element));
    message(inner, 3, (shape) => writeShape(shape, knownSizes(type.shape)));
  };
  mapOf(signature.inputs, info)(writer, 1);
  mapOf(signature.outputs, info)(writer, 2);
  writer.uint32(key(3, bytes)).string('tensorflow/serving/predict');
}
