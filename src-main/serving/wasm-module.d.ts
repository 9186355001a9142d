/** The bundler puts the file's bytes in (loader `binary`). */
declare module '*.wasm' {
  const bytes: Uint8Array;
  export default bytes;
}
