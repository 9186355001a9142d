import { describe, expect, test } from 'vitest';
import { lookupOp } from '../ops/catalog';
import type { Program } from '../ops/program';
import { ProgramBuilder } from '../ops/program-builder';
import { tensorType } from '../ops/tensor';
import type { TracedModel } from '../runs/values';
import { canonicalize, hashModel } from './canonical';
import { chain, type LayerSpec } from './fixtures/networks';

const layers: readonly LayerSpec[] = [
  ['input', { shape: '8,8,1' }, 'image'],
  ['conv2d', { filters: 4, activation: 'relu' }, 'first'],
  ['batchNormalization', {}, 'norm'],
  ['flatten', {}, 'flat'],
  ['dropout', { rate: 0.5 }, 'drop'],
  ['dense', { units: 3, activation: 'softmax' }, 'last'],
];

/** The hash of a model that takes all features. */
function hashOf(program: Program, aims: TracedModel['aims'] = {}): string {
  return hashModel({ program, bindings: [], aims });
}

/** Two branches of one input, added; written in either order. */
function branches(order: readonly ('left' | 'right')[]): Program {
  const b = new ProgramBuilder(lookupOp);
  const x = b.input('x', tensorType('float32', ['batch', 4]));
  const built = Object.fromEntries(
    order.map((name) => {
      const kernel = b.declare({ id: `${name}/kernel`, type: tensorType('float32', [4, 4]), init: { type: 'zeros' } });
      return [name, b.unary(name === 'left' ? 'relu' : 'tanh', b.matMul(x, kernel))];
    }),
  );
  if (!built.left || !built.right) throw new Error('Both branches are needed.');
  return b.build({ y: b.add(built.left, built.right) });
}

describe('hashModel', () => {
  test('does not see names', () => {
    const renamed = layers.map(([kind, params], i): LayerSpec => [kind, params ?? {}, `x${9 - i}`]);
    expect(hashOf(chain(renamed))).toBe(hashOf(chain(layers)));
  });

  test('does not see the order in which branches were drawn', () => {
    expect(hashOf(branches(['right', 'left']))).toBe(hashOf(branches(['left', 'right'])));
  });

  test('sees every setting', () => {
    const changes: [number, LayerSpec][] = [
      [0, ['input', { shape: '9,9,1' }]],
      [1, ['conv2d', { filters: 5, activation: 'relu' }]],
      [1, ['conv2d', { filters: 4, activation: 'tanh' }]],
      [1, ['conv2d', { filters: 4, activation: 'relu', kernelRegularizer: { type: 'l2', l2: 0.1 } }]],
      [1, ['conv2d', { filters: 4, activation: 'relu', kernelInitializer: 'heNormal' }]],
      [2, ['batchNormalization', { momentum: 0.9 }]],
      [4, ['dropout', { rate: 0.4 }]],
    ];
    const hashes = changes.map(([at, spec]) => hashOf(chain(layers.map((layer, i) => (i === at ? spec : layer)))));
    expect(new Set([...hashes, hashOf(chain(layers))]).size).toBe(changes.length + 1);
  });
});

test('canonicalize is stable', () => {
  const once = canonicalize(chain(layers));
  expect(canonicalize(once)).toEqual(once);
});
