import { describe, expect, test } from 'vitest';
import { kernelChoice, prepareEnvironment, roundingChoice } from './prepare-environment';

function prepared(features: string, env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  prepareEnvironment(env, features);
  return env;
}

describe('prepareEnvironment', () => {
  test('asks for oneDNN where there is AVX2', () => {
    expect(kernelChoice(prepared('x64 sse4_2 avx avx2 fma'))).toBe('onednn');
  });

  test('leaves older and other processors to TensorFlow', () => {
    expect(kernelChoice(prepared('x64 sse4_2 avx'))).toBe('');
    expect(kernelChoice(prepared('arm64 asimd'))).toBe('');
  });

  test('keeps cards from rounding what they multiply, and gives sessions threads of their own', () => {
    const env = prepared('x64 avx2');
    expect(roundingChoice(env)).toBe('');
    expect(env).toMatchObject({ NVIDIA_TF32_OVERRIDE: '0', TF_OVERRIDE_GLOBAL_THREADPOOL: '1' });
  });

  test('leaves choices of the user as they are', () => {
    const env = prepared('x64 avx2', { TF_ENABLE_ONEDNN_OPTS: '0', NVIDIA_TF32_OVERRIDE: '1' });
    expect([kernelChoice(env), roundingChoice(env)]).toEqual(['eigen', 'tf32']);
  });
});
