import { cpuFeatures } from '../cpu-features';

const setting = 'TF_ENABLE_ONEDNN_OPTS';

/**
 * Asks TensorFlow, before it is loaded, for oneDNN's kernels on every x86 processor that they are fast on. By itself it
 * takes them only where there are instructions for neural networks (AVX512_VNNI and newer), and Eigen's elsewhere: a
 * step of a convolutional network takes 1.5 times as long with those on AVX2. A setting of the user's is left as it is.
 */
export function preferOneDnn(env: NodeJS.ProcessEnv = process.env, features = cpuFeatures()): void {
  const words = features.split(' ');
  if (words.includes('x64') && words.includes('avx2')) env[setting] ??= '1';
}

/** Which kernels were asked for; others give other last bits. Empty where TensorFlow decides. */
export function kernelChoice(env: NodeJS.ProcessEnv = process.env): string {
  const choice = env[setting];
  return choice === undefined ? '' : choice === '0' ? 'eigen' : 'onednn';
}
