import type { ElementType } from '../tensorflow/data-types';
import { type GraphAttribute, knownSizes } from '../tensorflow/graph-builder';
import { toBase64 } from './base64';

const names: Readonly<Record<ElementType, string>> = {
  float32: 'DT_FLOAT',
  float64: 'DT_DOUBLE',
  float16: 'DT_HALF',
  bfloat16: 'DT_BFLOAT16',
  int32: 'DT_INT32',
  int64: 'DT_INT64',
  uint8: 'DT_UINT8',
  bool: 'DT_BOOL',
  string: 'DT_STRING',
  resource: 'DT_RESOURCE',
  variant: 'DT_VARIANT',
};

export function dataTypeName(type: ElementType): string {
  return names[type];
}

/** An `AttrValue` in protobuf's JSON form: 64-bit integers and bytes are texts. */
export function jsonAttribute(attribute: GraphAttribute): object {
  if ('type' in attribute) return { type: names[attribute.type] };
  if ('types' in attribute) return { list: { type: attribute.types.map((type) => names[type]) } };
  if ('int' in attribute) return { i: String(attribute.int) };
  if ('ints' in attribute) return { list: { i: attribute.ints.map(String) } };
  if ('float' in attribute) return { f: attribute.float };
  if ('bool' in attribute) return { b: attribute.bool };
  if ('string' in attribute) return { s: toBase64(new TextEncoder().encode(attribute.string)) };
  if ('shape' in attribute) return { shape: jsonShape(knownSizes(attribute.shape)) };
  if ('shapes' in attribute) return { list: { shape: attribute.shapes.map((shape) => jsonShape(knownSizes(shape))) } };
  throw new Error('Constants belong into the weights, not into the topology.');
}

function jsonShape(sizes: readonly number[]): object {
  return { dim: sizes.map((size) => ({ size: String(size) })) };
}
