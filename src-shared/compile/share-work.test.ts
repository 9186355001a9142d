import { describe, expect, test } from 'vitest';
import { lookupOp } from '../ops/catalog';
import type { Program } from '../ops/program';
import { ProgramBuilder } from '../ops/program-builder';
import { tensorType } from '../ops/tensor';
import { chain, referenceCnn } from './fixtures/networks';
import { lower } from './passes/lower';
import { shareWork } from './share-work';

const perceptron = chain([
  ['input', { shape: '784' }],
  ['dense', { units: 64, activation: 'relu' }],
  ['dense', { units: 10, activation: 'softmax' }],
]);

function share(program: Program, threads: number, batchSize: number) {
  return shareWork(lower(program, { phase: 'train' }, lookupOp), { threads, batchSize }, lookupOp);
}

describe('shareWork', () => {
  test('gives a small step to one thread', () => {
    expect(share(perceptron, 2, 32)).toEqual({ parts: 1, opThreads: 1 });
    expect(share(perceptron, 16, 128)).toEqual({ parts: 1, opThreads: 1 });
  });

  test.each([
    [2, 8, 2],
    [2, 32, 2],
    [6, 128, 4],
    [16, 32, 8],
    [16, 128, 16],
    [24, 256, 16],
  ])('gives each of %i threads its part of %i images: %i parts', (threads, batchSize, parts) => {
    expect(share(referenceCnn(), threads, batchSize)).toEqual({ parts, opThreads: 1 });
  });

  test.each([
    ['many threads and few images', 64, 32],
    ['one thread', 1, 32],
  ])('lets ops be shared with %s', (_name, threads, batchSize) => {
    expect(share(referenceCnn(), threads, batchSize)).toEqual({ parts: 1 });
  });

  test('lets ops be shared where the work is between examples', () => {
    const b = new ProgramBuilder(lookupOp);
    const x = b.input('x', tensorType('float32', ['batch', 4096]));
    const alike = b.build({ y: b.matMul(x, x, { transposeB: true }) });
    expect(share(alike, 2, 128)).toEqual({ parts: 1 });
  });
});
