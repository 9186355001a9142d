import type { Shape } from '../dims';
import { asImages } from '../shapes/batch-norm';
import type { TensorflowBuilder, TensorflowTensor } from '../tensorflow-builder';
import { indexVector, runtimeShape, scalar, typeOf } from './tensorflow-node';

/** Attributes of TensorFlow's `FusedBatchNorm*V3`. */
export function fusedAttributes(x: TensorflowTensor, { epsilon, training }: { epsilon: number; training: boolean }) {
  return typeOf(x, {
    U: { type: x.dtype },
    epsilon: { float: epsilon },
    data_format: { string: 'NHWC' },
    is_training: { bool: training },
  });
}

export function reshapeTo(b: TensorflowBuilder, x: TensorflowTensor, shape: Shape): TensorflowTensor {
  return b.node('Reshape', [x, indexVector(b, runtimeShape(shape))], typeOf(x, { Tshape: { type: 'int32' } }));
}

/** x with four axes, as the fused nodes want it. */
export function toImages(b: TensorflowBuilder, x: TensorflowTensor, shape: Shape): TensorflowTensor {
  return shape.length === 4 ? x : reshapeTo(b, x, asImages(shape));
}

/** The arithmetic of batch normalisation in single nodes, for graphs in float64, where the fused ones do not exist. */
export function composed(b: TensorflowBuilder, shape: Shape) {
  const axes = [...shape.keys()].slice(0, -1);
  const binary = (op: string) => (x: TensorflowTensor, y: TensorflowTensor) => b.node(op, [x, y], typeOf(x));
  const reduce = (op: string) => (x: TensorflowTensor) =>
    b.node(op, [x, indexVector(b, axes)], typeOf(x, { Tidx: { type: 'int32' }, keep_dims: { bool: false } }));
  const add = binary('AddV2');
  return {
    add,
    subtract: binary('Sub'),
    multiply: binary('Mul'),
    sum: reduce('Sum'),
    mean: reduce('Mean'),
    square: (x: TensorflowTensor) => b.node('Square', [x], typeOf(x)),
    /** 1 / √(variance + ε). */
    inverseDeviation: (variance: TensorflowTensor, epsilon: number) =>
      b.node('Rsqrt', [add(variance, scalar(b, epsilon, variance))], typeOf(variance)),
  };
}
