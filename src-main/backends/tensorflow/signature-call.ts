import { elementType } from '../../../src-shared/formats/tensorflow/data-types';
import type { SignatureTensor } from '../../../src-shared/formats/tensorflow/encode-graph';
import type { Call, GraphTensorName } from './prepared-call';

type Tensors = Readonly<Record<string, SignatureTensor>>;

/**
 * How a graph's named inputs and outputs are run.
 * @param double whether the graph was built with float32 as double
 */
export function signatureCall(
  {
    inputs,
    outputs,
    targets = [],
  }: { readonly inputs: Tensors; readonly outputs: Tensors; readonly targets?: readonly string[] },
  double = false,
): Call {
  const named = (tensors: Tensors): Record<string, GraphTensorName> =>
    Object.fromEntries(
      Object.entries(tensors).map(([name, { tensor, type }]) => [
        name,
        { tensor, element: elementType(type.dtype, double) },
      ]),
    );
  return { feeds: named(inputs), fetches: named(outputs), targets };
}
