import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import binary from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';
import * as tf from '@tensorflow/tfjs-core';

/**
 * tfjs on WebAssembly, the binary inside this bundle. One thread: worker threads would need files of their own.
 * Every machine that runs Node 20 has SIMD.
 */
export async function startWasm(): Promise<void> {
  tf.enableProdMode();
  // The loader around the binary asks for its folder as CommonJS would; it reads no file, since the bytes are here.
  Object.assign(globalThis, { __dirname: '/' });
  const url = `data:application/wasm;base64,${Buffer.from(binary).toString('base64')}`;
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths(
    { 'tfjs-backend-wasm.wasm': url, 'tfjs-backend-wasm-simd.wasm': url, 'tfjs-backend-wasm-threaded-simd.wasm': url },
    true,
  );
  await tf.setBackend('wasm');
  await tf.ready();
}
