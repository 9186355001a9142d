import { cpuFeatures } from '../cpu-features';

const kernels = 'TF_ENABLE_ONEDNN_OPTS';
const roundedProducts = 'NVIDIA_TF32_OVERRIDE';
const ownThreads = 'TF_OVERRIDE_GLOBAL_THREADPOOL';

/**
 * Says to TensorFlow and CUDA, before they are loaded, how to compute. What the user has set is left as it is.
 *
 * - oneDNN's kernels on every x86 processor that they are fast on: by itself TensorFlow takes them only where there are
 *   instructions for neural networks (AVX512_VNNI and newer), and Eigen's elsewhere, with which a step of a
 *   convolutional network takes 1.5 times as long on AVX2.
 * - Float32 as it is: newer cards round what they multiply to 10 bits (TF32), by which predictions move by 1e-3 and a
 *   model is no longer the same elsewhere.
 * - Threads for ops that each session has for itself, as many as it asks for: else the first session of the process
 *   decides for all (tensorflow/core/common_runtime/local_device.cc).
 */
export function prepareEnvironment(env: NodeJS.ProcessEnv = process.env, features = cpuFeatures()): void {
  const words = features.split(' ');
  if (words.includes('x64') && words.includes('avx2')) env[kernels] ??= '1';
  env[roundedProducts] ??= '0';
  env[ownThreads] ??= '1';
}

/** Which kernels were asked for; others give other last bits. Empty where TensorFlow decides. */
export function kernelChoice(env: NodeJS.ProcessEnv = process.env): string {
  const choice = env[kernels];
  return choice === undefined ? '' : choice === '0' ? 'eigen' : 'onednn';
}

/** Whether a card may round what it multiplies; empty where not. */
export function roundingChoice(env: NodeJS.ProcessEnv = process.env): string {
  return env[roundedProducts] === '0' ? '' : 'tf32';
}
