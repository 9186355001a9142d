import type { DType } from '../tensor';

/** tfjs has no small or wide numbers: they are held in the nearest type that it has. */
export function toTfjsType(dtype: DType): 'float32' | 'int32' | 'bool' | 'string' {
  if (dtype === 'bool' || dtype === 'string') return dtype;
  return dtype === 'int32' || dtype === 'int64' || dtype === 'uint8' ? 'int32' : 'float32';
}
