import { formatShape } from '../../ops/dims';
import type { Value } from '../../ops/program';
import { isFloat } from '../../ops/tensor';
import { fail, ProblemError } from '../../problem';
import type { LayerValue } from '../../types/layer';

export type LayerInputs = Readonly<Record<string, LayerValue | readonly LayerValue[]>>;

/** The tensor at a port, as floating-point numbers. */
export function inputOf(inputs: LayerInputs, port = 'x'): Value {
  const given = inputs[port];
  if (!given || !('value' in given)) return fail('layer-without-input', {}, { port });
  const { dtype } = given.value.type;
  return isFloat(dtype) ? given.value : fail('layer-needs-float', { dtype }, { port });
}

/** Which steps of the sequence at a port count; undefined where all do. */
export function maskOf(inputs: LayerInputs, port = 'x'): Value | undefined {
  const given = inputs[port];
  return given && 'mask' in given ? given.mask : undefined;
}

/**
 * The tensor at the port `x`, which must be a batch of images.
 * @throws ProblemError `not-an-image` where it has not the four axes batch, height, width, channels
 */
export function imageOf(inputs: LayerInputs): { readonly x: Value; readonly channels: number } {
  const x = inputOf(inputs);
  const { shape } = x.type;
  const channels = shape[3];
  if (shape.length !== 4 || typeof channels !== 'number') {
    return fail('not-an-image', { shape: formatShape(shape) }, { port: 'x' });
  }
  return { x, channels };
}

/** Runs `body`; a problem that names no param gets this one. */
export function blame<T>(param: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.param) throw error;
    throw new ProblemError({ ...error.problem, param });
  }
}
