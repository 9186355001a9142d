import { problem } from '../problem';
import { defineOp } from './define-op';
import { castOnnx } from './emit/onnx-node';
import { typeOf } from './emit/tensorflow-node';
import { dtypeProblem, noFlops } from './shapes/elementwise';
import type { TensorflowBuilder, TensorflowTensor } from './tensorflow-builder';

type Attrs = { readonly vocabulary: readonly string[] };

/**
 * Words → int32 codes: the place in the vocabulary of n words; n for a word that is not in it, n + 1 for the empty
 * string, which stands for a missing value.
 */
export const lookup = defineOp({
  name: 'lookup',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }, { vocabulary }: Attrs) => {
    if (x.dtype !== 'string') return dtypeProblem('lookup', x.dtype, 'string');
    const bad = vocabulary.find((word, i) => word === '' || vocabulary.indexOf(word) !== i);
    if (bad !== undefined) return problem('attribute-not-allowed', { op: 'lookup', name: 'vocabulary', value: bad });
    return { y: { dtype: 'int32', shape: x.shape } };
  },
  cost: noFlops,
  // No lookup tables, which need initialising: Σ (x = word i) · (i − n) + (x = '') + n.
  tensorflow: (b, { x }, { attrs: { vocabulary } }) => {
    const n = vocabulary.length;
    const column = b.node('ExpandDims', [x, b.constant([-1], 'int32', [])], typeOf(x, { Tdim: { type: 'int32' } }));
    const matches = equalAsInt(b, column, b.constant(vocabulary, 'string', [n]));
    const weights = b.constant(
      vocabulary.map((_, i) => i - n),
      'int32',
      [n],
    );
    const attrs = { Tidx: { type: 'int32' }, keep_dims: { bool: false } } as const;
    const weighted = b.node('Mul', [matches, weights], typeOf(matches));
    const found = b.node('Sum', [weighted, b.constant([-1], 'int32', [1])], typeOf(weighted, attrs));
    const isMissing = equalAsInt(b, x, b.constant([''], 'string', []));
    const offset = b.node('AddV2', [isMissing, b.constant([n], 'int32', [])], typeOf(isMissing));
    return { y: b.node('AddV2', [found, offset], typeOf(found)) };
  },
  onnx: (b, { x }, { attrs: { vocabulary } }) => {
    const n = vocabulary.length;
    const attrs = {
      keys_strings: { strings: [...vocabulary, ''] },
      values_int64s: { ints: [...vocabulary.keys(), n + 1] },
      default_int64: { i: n },
    };
    return { y: castOnnx(b, b.node('LabelEncoder', [x], { attrs, dtype: 'int64', domain: 'ai.onnx.ml' }), 'int32') };
  },
  // Runners on tfjs are fed the codes: the pass that cuts lookups makes them inputs.
  tfjs: 'native only',
  samples: [
    {
      inputs: { x: { dtype: 'string', shape: [4], fill: ['cat', '猫', '', 'dog'], declared: ['batch'] } },
      attrs: { vocabulary: ['dog', 'cat', 'bird'] },
    },
  ],
});

function equalAsInt(b: TensorflowBuilder, x: TensorflowTensor, y: TensorflowTensor): TensorflowTensor {
  const attrs = { T: { type: x.dtype }, incompatible_shape_error: { bool: true } };
  const equal = b.node('Equal', [x, y], { attrs, dtype: 'bool' });
  const types = { SrcT: { type: 'bool' }, DstT: { type: 'int32' }, Truncate: { bool: false } } as const;
  return b.node('Cast', [equal], { attrs: types, dtype: 'int32' });
}
