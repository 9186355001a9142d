import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Files of a Linux machine with a card and all that it needs. */
export const readyMachine = {
  'sys/bus/pci/devices/0000:01:00.0/vendor': '0x10de\n',
  'sys/bus/pci/devices/0000:01:00.0/class': '0x030200\n',
  'sys/bus/pci/devices/0000:00:02.0/vendor': '0x8086\n',
  'sys/bus/pci/devices/0000:00:02.0/class': '0x030000\n',
  'proc/driver/nvidia/version':
    'NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5 22:23:56 UTC 2024\nGCC version:  gcc 12\n',
  'proc/driver/nvidia/gpus/0000:01:00.0/information': 'Model: \t\t NVIDIA H100 80GB HBM3\nIRQ:   \t\t 18\n',
  'dev/nvidia0': '',
  'dev/nvidiactl': '',
  'usr/lib/x86_64-linux-gnu/libcuda.so.1': '',
  'etc/os-release': 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n',
} as const;

/** The CUDA build as the set-up step lays it out, in the cache `cache/modelyard`. */
export const cudaBuild = {
  'cache/modelyard/libtensorflow/2.21.0-gpu/tensorflow/libtensorflow_cc.so.2': '',
  'cache/modelyard/libtensorflow/2.21.0-gpu/tensorflow/libtensorflow_framework.so.2': '',
  ...Object.fromEntries(
    [
      'cuda_runtime/lib/libcudart.so.12',
      'cublas/lib/libcublas.so.12',
      'cublas/lib/libcublasLt.so.12',
      'cudnn/lib/libcudnn.so.9',
      'cufft/lib/libcufft.so.11',
      'cusolver/lib/libcusolver.so.11',
      'cusparse/lib/libcusparse.so.12',
    ].map((path) => [`cache/modelyard/libtensorflow/2.21.0-gpu/nvidia/${path}`, '']),
  ),
} as const;

/** A folder that stands for a machine: its files by path, and an environment whose cache is inside it. */
export function makeMachine(files: Readonly<Record<string, string>>): {
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly remove: () => void;
} {
  const root = mkdtempSync(join(tmpdir(), 'machine-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return {
    root,
    env: { XDG_CACHE_HOME: join(root, 'cache') },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
