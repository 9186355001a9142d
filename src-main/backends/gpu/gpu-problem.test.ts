import { basename } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { explainProblem } from '../../../src-shared/problems/sentences';
import { chooseDevice, readDevice } from '../tensorflow/choose-device';
import { encodeConfig } from '../tensorflow/config-proto';
import { locateLibraries } from '../tensorflow/locate-library';
import { findGpu } from './find-gpu';
import { cudaLibrariesIn } from './gpu-problem';
import { cudaBuild, makeMachine, readyMachine } from './test-machine';

const machines: ReturnType<typeof makeMachine>[] = [];
afterEach(() => {
  for (const machine of machines.splice(0)) machine.remove();
});

/** A machine that lacks some of a ready one's files and has others besides. */
function machine({ without = [], also = {} }: { without?: readonly RegExp[]; also?: Record<string, string> } = {}) {
  const files = Object.entries({ ...readyMachine, ...cudaBuild, ...also });
  const kept = files.filter(([path]) => path in also || !without.some((pattern) => pattern.test(path)));
  const made = makeMachine(Object.fromEntries(kept));
  machines.push(made);
  return { root: made.root, env: made.env, platform: 'linux-x64' };
}

const noDriver = [/^proc\/driver/, /^dev\//, /libcuda\.so/];

describe('a machine with a card', () => {
  test('computes on it, by the CUDA build', () => {
    const place = machine();
    expect(chooseDevice('auto', place)).toEqual({ build: 'gpu', cards: ['NVIDIA H100 80GB HBM3'] });
    const [first] = locateLibraries(place.env, 'gpu');
    expect(first).toMatchObject({ build: 'gpu', from: 'cache' });
    expect(first?.library).toMatch(/2\.21\.0-gpu\/tensorflow\/libtensorflow_cc\.so\.2$/);
  });

  test('has CUDA’s libraries beside the build, which are loaded before it', () => {
    const { env } = machine({ without: [/libcufft/] });
    const [first] = locateLibraries(env, 'gpu');
    const names = cudaLibrariesIn(first?.home ?? '').map((path) => basename(path));
    expect(names.sort()).toEqual(
      ['libcublas.so.12', 'libcublasLt.so.12', 'libcudart.so.12', 'libcudnn.so.9'].concat([
        'libcusolver.so.11',
        'libcusparse.so.12',
      ]),
    );
  });

  test('computes on the processor where that is wanted', () => {
    expect(chooseDevice('cpu', machine())).toEqual({ build: 'cpu', cards: [] });
  });

  test('may be a container, which has neither PCI devices nor the driver’s own files', () => {
    const place = machine({ without: [/^proc/, /^sys/] });
    expect(chooseDevice('auto', place)).toEqual({ build: 'gpu', cards: ['NVIDIA'] });
  });

  test('may be Linux inside Windows', () => {
    const also = { 'dev/dxg': '', 'usr/lib/wsl/lib/libcuda.so.1': '' };
    const place = machine({ without: [/^proc/, /^sys/, /^dev/, /libcuda\.so/], also });
    expect(chooseDevice('auto', place)).toEqual({ build: 'gpu', cards: ['NVIDIA'] });
  });

  test('may have CUDA’s libraries from the system, where the loader finds them', () => {
    const also = { 'etc/ld.so.conf.d/cuda.conf': '# CUDA\n/opt/cuda/lib64\n', 'opt/cuda/lib64/libcudnn.so.9': '' };
    const place = machine({ without: [/libcudnn/], also });
    expect(chooseDevice('auto', place).build).toBe('gpu');
  });
});

describe('what is missing is said in a sentence, with the one command that mends it', () => {
  test.each([
    ['no driver', { without: noDriver }, 'gpu-no-driver', 'sudo apt install nvidia-driver'],
    [
      'no driver, on Ubuntu',
      { without: noDriver, also: { 'etc/os-release': 'ID=ubuntu\n' } },
      'gpu-no-driver',
      'sudo ubuntu-drivers install',
    ],
    [
      'no driver, on a system of another name',
      { without: noDriver, also: { 'etc/os-release': 'ID="void"\n' } },
      'gpu-no-driver',
      'https://www.nvidia.com/drivers',
    ],
    ['no library of the driver', { without: [/libcuda\.so/] }, 'gpu-no-libcuda', 'sudo apt install libcuda1'],
    [
      'no library of the driver, on Ubuntu',
      { without: [/libcuda\.so/], also: { 'etc/os-release': 'ID=ubuntu\n' } },
      'gpu-no-libcuda',
      'sudo apt install libnvidia-compute-550',
    ],
    ['no device', { without: [/^dev/] }, 'gpu-no-device', 'sudo nvidia-modprobe -u -c=0'],
    [
      'no device in a container',
      { without: [/^dev/], also: { '.dockerenv': '' } },
      'gpu-no-device',
      'docker run --gpus all …',
    ],
    [
      'an old driver',
      { also: { 'proc/driver/nvidia/version': 'NVIDIA UNIX x86_64 Kernel Module  470.82.01  Wed' } },
      'gpu-driver-old',
      'sudo apt install nvidia-driver',
    ],
    ['no CUDA build', { without: [/^cache/] }, 'gpu-build-missing', 'node scripts/install-libtensorflow-gpu.mjs'],
    [
      'a CUDA build that is not whole',
      { without: [/libcudnn/, /libcufft/] },
      'gpu-cuda-missing',
      'node scripts/install-libtensorflow-gpu.mjs',
    ],
  ] as const)('%s', (...[, change, code, command]) => {
    const place = machine(change);
    for (const device of ['auto', 'gpu'] as const) {
      const { build, obstacle } = chooseDevice(device, place);
      expect(build).toBe('cpu');
      expect(obstacle).toMatchObject({ code, fix: { code: 'run-command', command } });
      if (obstacle) expect(explainProblem(obstacle, 'en').fix).toContain(command);
      const isHint = device === 'auto' && code === 'gpu-build-missing';
      expect(obstacle?.severity).toBe(isHint ? 'info' : 'warning');
    }
  });

  test('which libraries of CUDA are missing', () => {
    const { obstacle } = chooseDevice('gpu', machine({ without: [/libcudnn/, /libcufft/] }));
    expect(obstacle?.values?.names).toBe('libcudnn.so.9, libcufft.so.11');
  });
});

describe('a machine without a card', () => {
  const bare = { without: [/^sys/, ...noDriver] };

  test('computes on the processor without a word', () => {
    expect(findGpu(machine(bare))).toMatchObject({ cards: [], hasDevice: false });
    expect(chooseDevice('auto', machine(bare))).toEqual({ build: 'cpu', cards: [] });
  });

  test('says that there is none where one is asked for', () => {
    expect(chooseDevice('gpu', machine(bare)).obstacle).toMatchObject({ code: 'gpu-none', severity: 'warning' });
  });

  test('says where TensorFlow knows no cards', () => {
    const mac = { ...machine(bare), platform: 'darwin-arm64' };
    expect(chooseDevice('auto', mac)).toEqual({ build: 'cpu', cards: [] });
    expect(chooseDevice('gpu', mac).obstacle).toMatchObject({ code: 'gpu-not-on-this-system' });
  });
});

describe('the device', () => {
  test('is what was chosen, then what the environment says', () => {
    expect(readDevice({})).toBe('auto');
    expect(readDevice({ MODELYARD_DEVICE: 'gpu' })).toBe('gpu');
    expect(readDevice({ MODELYARD_DEVICE: 'gpu' }, 'cpu')).toBe('cpu');
    expect(() => readDevice({ MODELYARD_DEVICE: 'tpu' })).toThrow('device-unknown');
  });

  test('is told to TensorFlow: its memory as needed, and none of the card where it is to be left alone', () => {
    const growth = Buffer.from([0x32, 2, 0x20, 1]);
    const noGpu = Buffer.from([0x0a, 7, 0x0a, 3, ...Buffer.from('GPU'), 0x10, 0]);
    expect(Buffer.from(encodeConfig({})).includes(growth)).toBe(true);
    expect(Buffer.from(encodeConfig({})).includes(noGpu)).toBe(false);
    expect(Buffer.from(encodeConfig({ withoutGpu: true })).includes(noGpu)).toBe(true);
  });
});
