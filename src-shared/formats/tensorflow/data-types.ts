import type { DType, TensorArray } from '../../ops/tensor';

/** Element types that a GraphDef can name. */
export type ElementType = DType | 'resource' | 'variant';

/** `tensorflow/core/framework/types.proto`. */
const codes: Readonly<Record<ElementType, number>> = {
  float32: 1,
  float64: 2,
  int32: 3,
  uint8: 4,
  string: 7,
  int64: 9,
  bool: 10,
  bfloat16: 14,
  float16: 19,
  resource: 20,
  variant: 21,
};

const byCode = new Map(Object.entries(codes).map(([type, code]) => [code, type as ElementType]));

/** The number of an element type in `DataType`. */
export function dataTypeCode(type: ElementType): number {
  return codes[type];
}

/** The element type of a `DataType` number; undefined for one that no program uses. */
export function elementTypeOf(code: number): ElementType | undefined {
  return byCode.get(code);
}

/** The element type as it stands in a graph: with `double`, every float32 becomes float64. */
export function elementType(dtype: ElementType, double: boolean): ElementType {
  return double && dtype === 'float32' ? 'float64' : dtype;
}

/** Bytes of one element; 0 for strings, whose size varies. */
export function elementBytes(type: ElementType): number {
  if (type === 'float64' || type === 'int64') return 8;
  if (type === 'float32' || type === 'int32') return 4;
  if (type === 'float16' || type === 'bfloat16') return 2;
  return type === 'uint8' || type === 'bool' ? 1 : 0;
}

/**
 * Plain numbers as an array of the element type, little-endian in memory. Half floats become their 16 bits,
 * rounded to nearest even.
 */
export function packNumbers(values: TensorArray | readonly (number | boolean)[], type: ElementType): ArrayBufferView {
  const numbers = values as ArrayLike<number | bigint>;
  const list = () => Array.from(numbers, Number);
  if (type === 'float32') return values instanceof Float32Array ? values : Float32Array.from(list());
  if (type === 'float64') return values instanceof Float64Array ? values : Float64Array.from(list());
  if (type === 'int32') return values instanceof Int32Array ? values : Int32Array.from(list());
  if (type === 'int64') {
    return values instanceof BigInt64Array ? values : BigInt64Array.from(Array.from(numbers, (value) => BigInt(value)));
  }
  if (type === 'uint8' || type === 'bool') return values instanceof Uint8Array ? values : Uint8Array.from(list());
  if (type === 'bfloat16') return Uint16Array.from(list(), bfloat16Bits);
  if (type === 'float16') return Uint16Array.from(list(), float16Bits);
  throw new Error(`Numbers cannot be written as ${type}.`);
}

const scratch = new DataView(new ArrayBuffer(4));

function float32Bits(value: number): number {
  scratch.setFloat32(0, value);
  return scratch.getUint32(0);
}

/** The upper half of the float32, rounded to nearest even. */
export function bfloat16Bits(value: number): number {
  const bits = float32Bits(value);
  if (Number.isNaN(value)) return 0x7fc0;
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
}

/** IEEE 754 binary16, rounded to nearest even. */
export function float16Bits(value: number): number {
  const bits = float32Bits(value);
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (magnitude >= 65520) return sign | 0x7c00;
  if (magnitude < 2 ** -14) return sign | roundHalfEven(magnitude * 2 ** 24);
  const exponent = ((bits >>> 23) & 0xff) - 127;
  return sign | (((exponent + 15) << 10) + roundHalfEven((magnitude / 2 ** exponent - 1) * 1024));
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** What `packNumbers` made, as an array that programs use: half floats become float32. */
export function unpackNumbers(raw: Exclude<TensorArray, string[]> | Uint16Array, type: ElementType): TensorArray {
  if (!(raw instanceof Uint16Array)) return raw;
  return Float32Array.from(raw, type === 'bfloat16' ? bfloat16Value : float16Value);
}

function bfloat16Value(bits: number): number {
  scratch.setUint32(0, bits << 16);
  return scratch.getFloat32(0);
}

function float16Value(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}
