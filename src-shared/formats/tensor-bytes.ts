import type { DType, TensorArray } from '../ops/tensor';

type Numeric = readonly number[] | Exclude<TensorArray, string[]>;

/** Bytes of one element of each type as files hold it; strings have no fixed size. */
export const elementBytes: Readonly<Record<Exclude<DType, 'string'>, number>> = {
  float64: 8,
  float32: 4,
  float16: 2,
  bfloat16: 2,
  int32: 4,
  int64: 8,
  uint8: 1,
  bool: 1,
};

type Write = (view: DataView, at: number, value: number | bigint) => void;

const writers: Readonly<Record<keyof typeof elementBytes, Write>> = {
  float64: (view, at, value) => view.setFloat64(at, Number(value), true),
  float32: (view, at, value) => view.setFloat32(at, Number(value), true),
  float16: (view, at, value) => view.setUint16(at, float16Bits(Number(value)), true),
  bfloat16: (view, at, value) => view.setUint16(at, bfloat16Bits(Number(value)), true),
  int32: (view, at, value) => view.setInt32(at, Number(value), true),
  int64: (view, at, value) => view.setBigInt64(at, BigInt(value), true),
  uint8: (view, at, value) => view.setUint8(at, Number(value)),
  bool: (view, at, value) => view.setUint8(at, Number(value) === 0 ? 0 : 1),
};

/** Elements as little-endian bytes of `dtype`, as ONNX, SavedModel, tfjs and safetensors all hold them. */
export function toLittleEndian(values: Numeric, dtype: keyof typeof elementBytes): Uint8Array<ArrayBuffer> {
  if (isSame(values, dtype)) return new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
  const size = elementBytes[dtype];
  const bytes = new Uint8Array(values.length * size);
  const view = new DataView(bytes.buffer);
  const write = writers[dtype];
  values.forEach((value: number | bigint, i: number) => {
    write(view, i * size, value);
  });
  return bytes;
}

const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** True where memory already holds the bytes that the file wants. */
function isSame(values: Numeric, dtype: DType): values is Float32Array | Int32Array | Uint8Array {
  if (values instanceof Uint8Array) return dtype === 'uint8';
  if (!littleEndian) return false;
  return (values instanceof Float32Array && dtype === 'float32') || (values instanceof Int32Array && dtype === 'int32');
}

/** The reverse of `toLittleEndian`. Half precision comes back as float32 values. */
export function fromLittleEndian(bytes: Uint8Array, dtype: keyof typeof elementBytes): Exclude<TensorArray, string[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = bytes.byteLength / elementBytes[dtype];
  const at = <T>(read: (offset: number) => T) => ({ length: count, read, size: elementBytes[dtype] });
  switch (dtype) {
    case 'float64':
      return fill(
        new Float64Array(count),
        at((o) => view.getFloat64(o, true)),
      );
    case 'float32':
      return fill(
        new Float32Array(count),
        at((o) => view.getFloat32(o, true)),
      );
    case 'float16':
      return fill(
        new Float32Array(count),
        at((o) => float16Value(view.getUint16(o, true))),
      );
    case 'bfloat16':
      return fill(
        new Float32Array(count),
        at((o) => bfloat16Value(view.getUint16(o, true))),
      );
    case 'int32':
      return fill(
        new Int32Array(count),
        at((o) => view.getInt32(o, true)),
      );
    case 'int64':
      return fill(
        new BigInt64Array(count),
        at((o) => view.getBigInt64(o, true)),
      );
    default:
      return bytes.slice();
  }
}

function fill<T, A extends { [index: number]: T }>(
  target: A,
  source: { readonly length: number; readonly size: number; readonly read: (offset: number) => T },
): A {
  for (let i = 0; i < source.length; i++) target[i] = source.read(i * source.size);
  return target;
}

const scratch = new DataView(new ArrayBuffer(4));

function float32Bits(value: number): number {
  scratch.setFloat32(0, value);
  return scratch.getUint32(0);
}

/** The upper half of a float32, rounded to nearest even; NaN stays NaN. */
function bfloat16Bits(value: number): number {
  const bits = float32Bits(value);
  if (Number.isNaN(value)) return 0x7fc0;
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
}

function bfloat16Value(bits: number): number {
  scratch.setUint32(0, bits << 16);
  return scratch.getFloat32(0);
}

/** IEEE 754 binary16, rounded to nearest even, with subnormals. */
function float16Bits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (size >= 65520) return sign | 0x7c00;
  if (size < 2 ** -14) return sign | roundToEven(size * 2 ** 24);
  const exponent = Math.floor(Math.log2(size));
  const scaled = roundToEven((size / 2 ** exponent) * 1024);
  return sign | (((exponent + 15) << 10) + (scaled - 1024));
}

function float16Value(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function roundToEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
