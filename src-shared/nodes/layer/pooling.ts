import type { Value } from '../../ops/program';
import type { LayerContext } from '../../types/layer';
import { type ParamsOf, pair } from '../../types/params';
import { blame, imageOf, type LayerInputs } from './layer-input';
import { paddingParam } from './window-params';

/** Params with Keras' names that all pooling of images has. */
export const poolingParams = {
  poolSize: pair({
    label: { en: 'Pool size', zh: '池化大小' },
    help: { en: 'Height and width of the window.', zh: '窗口的高和宽。' },
    default: [2, 2],
    min: 1,
    max: 1000,
  }),
  strides: pair({
    label: { en: 'Strides', zh: '步幅' },
    help: { en: 'How far the window moves. 0: by its own size.', zh: '窗口每次移动的距离。0 表示与窗口大小相同。' },
    default: [0, 0],
    min: 0,
    max: 1000,
  }),
  padding: paddingParam,
};

/** Images pooled by an op that takes `x` and these params. */
export function pool(
  op: 'avgPool2d' | 'maxPool2d',
  inputs: LayerInputs,
  { params, b }: { readonly params: ParamsOf<typeof poolingParams>; readonly b: LayerContext['b'] },
): Value {
  const { x } = imageOf(inputs);
  const { poolSize, padding } = params;
  const strides = poolSize.map((size, i) => params.strides[i] || size);
  return blame('poolSize', () => b.value(op, { x }, { poolSize, strides, padding }));
}
