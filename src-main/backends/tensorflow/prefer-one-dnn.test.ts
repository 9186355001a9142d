import { describe, expect, test } from 'vitest';
import { kernelChoice, preferOneDnn } from './prefer-one-dnn';

const chosen = (features: string, env: NodeJS.ProcessEnv = {}): string => {
  preferOneDnn(env, features);
  return kernelChoice(env);
};

describe('preferOneDnn', () => {
  test('asks for oneDNN where there is AVX2', () => {
    expect(chosen('x64 sse4_2 avx avx2 fma')).toBe('onednn');
  });

  test('leaves older and other processors to TensorFlow', () => {
    expect(chosen('x64 sse4_2 avx')).toBe('');
    expect(chosen('arm64 asimd')).toBe('');
  });

  test('leaves a choice of the user as it is', () => {
    expect(chosen('x64 avx2', { TF_ENABLE_ONEDNN_OPTS: '0' })).toBe('eigen');
  });
});
