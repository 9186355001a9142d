import { Writer } from 'protobufjs/minimal.js';
import type { OnnxAttribute } from '../../ops/onnx-builder';
import type { DType, TensorType } from '../../ops/tensor';
import { toLittleEndian } from '../tensor-bytes';
import type { OnnxGraph, OnnxInitializer, OnnxNode, OnnxValue } from './graph';

/** Field numbers of onnx.proto3 (IR version 8), by message. */
const field = {
  model: { irVersion: 1, producerName: 2, graph: 7, opsetImport: 8, metadata: 14 },
  opset: { domain: 1, version: 2 },
  entry: { key: 1, value: 2 },
  graph: { node: 1, name: 2, initializer: 5, input: 11, output: 12 },
  node: { input: 1, output: 2, name: 3, opType: 4, attribute: 5, domain: 7 },
  attribute: { name: 1, f: 2, i: 3, s: 4, t: 5, floats: 7, ints: 8, strings: 9, type: 20 },
  tensor: { dims: 1, dataType: 2, stringData: 6, name: 8, rawData: 9 },
  value: { name: 1, type: 2 },
  type: { tensor: 1 },
  tensorType: { elemType: 1, shape: 2 },
  shape: { dim: 1 },
  dim: { value: 1, param: 2 },
} as const;

const attributeType = { f: 1, i: 2, s: 3, t: 4, floats: 6, ints: 7, strings: 8 } as const;

/** `TensorProto.DataType`: what `Cast` takes in its attribute `to`. */
export const onnxDataType: Readonly<Record<DType, number>> = {
  float32: 1,
  float64: 11,
  uint8: 2,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  bfloat16: 16,
};

const wire = { varint: 0, bytes: 2, fixed32: 5 } as const;

const utf8 = new TextEncoder();

/** A `ModelProto`: opset 17 and ai.onnx.ml 3, IR version 8. The same graph gives the same bytes. */
export function encodeModel(
  graph: OnnxGraph,
  options: { readonly name?: string; readonly metadata?: Readonly<Record<string, string>> } = {},
): Uint8Array {
  const w = Writer.create();
  w.uint32(tag(field.model.irVersion, wire.varint)).int64(8);
  w.uint32(tag(field.model.producerName, wire.bytes)).string('modelyard');
  message(w, field.model.graph, () => writeGraph(w, graph, options.name ?? 'model'));
  for (const [domain, version] of opsets(graph)) {
    message(w, field.model.opsetImport, () => {
      w.uint32(tag(field.opset.domain, wire.bytes)).string(domain);
      w.uint32(tag(field.opset.version, wire.varint)).int64(version);
    });
  }
  for (const [key, value] of Object.entries(options.metadata ?? {}).sort()) {
    message(w, field.model.metadata, () => {
      w.uint32(tag(field.entry.key, wire.bytes)).string(key);
      w.uint32(tag(field.entry.value, wire.bytes)).string(value);
    });
  }
  return w.finish();
}

function opsets(graph: OnnxGraph): [domain: string, version: number][] {
  const ml: [string, number][] = graph.nodes.some((node) => node.domain === 'ai.onnx.ml') ? [['ai.onnx.ml', 3]] : [];
  return [['', 17], ...ml];
}

function writeGraph(w: Writer, graph: OnnxGraph, name: string): void {
  graph.nodes.forEach((node, i) => {
    message(w, field.graph.node, () => writeNode(w, node, `${node.opType}_${i}`));
  });
  w.uint32(tag(field.graph.name, wire.bytes)).string(name);
  for (const tensor of graph.initializers) message(w, field.graph.initializer, () => writeTensor(w, tensor));
  for (const input of graph.inputs) message(w, field.graph.input, () => writeValue(w, input));
  for (const output of graph.outputs) message(w, field.graph.output, () => writeValue(w, output));
}

function writeNode(w: Writer, node: OnnxNode, name: string): void {
  for (const input of node.inputs) w.uint32(tag(field.node.input, wire.bytes)).string(input);
  for (const output of node.outputs) w.uint32(tag(field.node.output, wire.bytes)).string(output);
  w.uint32(tag(field.node.name, wire.bytes)).string(name);
  w.uint32(tag(field.node.opType, wire.bytes)).string(node.opType);
  for (const [key, value] of Object.entries(node.attrs).sort(([a], [b]) => (a < b ? -1 : 1))) {
    message(w, field.node.attribute, () => writeAttribute(w, key, value));
  }
  if (node.domain !== '') w.uint32(tag(field.node.domain, wire.bytes)).string(node.domain);
}

function writeAttribute(w: Writer, name: string, attribute: OnnxAttribute): void {
  const f = field.attribute;
  w.uint32(tag(f.name, wire.bytes)).string(name);
  if ('f' in attribute) w.uint32(tag(f.f, wire.fixed32)).float(attribute.f);
  else if ('i' in attribute) w.uint32(tag(f.i, wire.varint)).int64(attribute.i);
  else if ('s' in attribute) w.uint32(tag(f.s, wire.bytes)).bytes(utf8.encode(attribute.s));
  else if ('t' in attribute) message(w, f.t, () => writeTensor(w, { name: '', ...attribute.t }));
  else if ('floats' in attribute) packed(w, f.floats, () => attribute.floats.forEach((x) => void w.float(x)));
  else if ('ints' in attribute) packed(w, f.ints, () => attribute.ints.forEach((x) => void w.int64(x)));
  else for (const text of attribute.strings) w.uint32(tag(f.strings, wire.bytes)).bytes(utf8.encode(text));
  w.uint32(tag(f.type, wire.varint)).int32(typeOf(attribute));
}

function typeOf(attribute: OnnxAttribute): number {
  for (const [key, code] of Object.entries(attributeType)) if (key in attribute) return code;
  throw new Error(`The attribute ${JSON.stringify(attribute)} has no type.`);
}

function writeTensor(w: Writer, tensor: OnnxInitializer): void {
  const f = field.tensor;
  packed(w, f.dims, () => tensor.shape.forEach((size) => void w.int64(size)));
  w.uint32(tag(f.dataType, wire.varint)).int32(onnxDataType[tensor.dtype]);
  if (tensor.dtype === 'string') {
    for (const text of tensor.data) w.uint32(tag(f.stringData, wire.bytes)).bytes(utf8.encode(String(text)));
  }
  if (tensor.name !== '') w.uint32(tag(f.name, wire.bytes)).string(tensor.name);
  if (tensor.dtype !== 'string') {
    // Data of a dtype other than string hold numbers: the builder's callers give them together.
    const bytes = toLittleEndian(tensor.data as readonly number[], tensor.dtype);
    w.uint32(tag(f.rawData, wire.bytes)).bytes(bytes);
  }
}

function writeValue(w: Writer, { name, type }: OnnxValue): void {
  w.uint32(tag(field.value.name, wire.bytes)).string(name);
  message(w, field.value.type, () => message(w, field.type.tensor, () => writeTensorType(w, type)));
}

function writeTensorType(w: Writer, type: TensorType): void {
  w.uint32(tag(field.tensorType.elemType, wire.varint)).int32(onnxDataType[type.dtype]);
  message(w, field.tensorType.shape, () => {
    for (const dim of type.shape) {
      message(w, field.shape.dim, () => {
        if (typeof dim === 'number') w.uint32(tag(field.dim.value, wire.varint)).int64(dim);
        else w.uint32(tag(field.dim.param, wire.bytes)).string(dim);
      });
    }
  });
}

function tag(number: number, type: number): number {
  return (number << 3) | type;
}

function message(w: Writer, number: number, body: () => unknown): void {
  w.uint32(tag(number, wire.bytes)).fork();
  body();
  w.ldelim();
}

/** Repeated numbers in one length-delimited block; an empty list is left out. */
function packed(w: Writer, number: number, body: () => unknown): void {
  message(w, number, body);
}
