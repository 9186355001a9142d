/** Servers that a link in the window may lead to: documentation of what people see there. */
const servers: readonly string[] = ['www.tensorflow.org', 'keras.io', 'onnx.ai', 'kserve.github.io', 'docs.nvidia.com'];

/** Whether the system's browser may be shown this address: https, one of the servers named here, no credentials. */
export function mayOpen(address: string): boolean {
  try {
    const { protocol, hostname, username, password, port } = new URL(address);
    return protocol === 'https:' && servers.includes(hostname) && !username && !password && !port;
  } catch {
    return false;
  }
}
