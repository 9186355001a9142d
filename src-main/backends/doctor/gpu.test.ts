import { afterEach, describe, expect, test } from 'vitest';
import { cudaBuild, makeMachine, readyMachine } from '../gpu/test-machine';
import { diagnoseDevice, diagnoseGpu } from './gpu';

const machines: ReturnType<typeof makeMachine>[] = [];
afterEach(() => {
  for (const machine of machines.splice(0)) machine.remove();
});

function machine(files: Readonly<Record<string, string>>) {
  const made = makeMachine(files);
  machines.push(made);
  return made;
}

function without(pattern: RegExp, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !pattern.test(path)));
}

describe('the doctor on graphics cards', () => {
  test('says nothing bad of a machine without one', async () => {
    const lines = await diagnoseGpu(machine({ 'etc/os-release': 'ID=debian\n' }));
    expect(lines).toMatchObject([{ state: 'missing', detail: { en: expect.stringContaining('not needed') } }]);
    expect(lines[0]?.fix).toBeUndefined();
  });

  test('finds all in order', async () => {
    const [card, build] = await diagnoseGpu(machine({ ...readyMachine, ...cudaBuild }));
    expect(card).toMatchObject({ name: { en: 'Graphics card' }, state: 'ok' });
    expect(build).toMatchObject({ name: { en: 'TensorFlow for CUDA' }, state: 'ok' });
    expect(build?.detail.en).toMatch(/2\.21\.0-gpu$/);
  });

  test('names the driver’s library and the CUDA build, each with its command', async () => {
    const [card, build] = await diagnoseGpu(machine(without(/libcuda\.so/, readyMachine)));
    expect(card).toMatchObject({ state: 'warning', fix: 'sudo apt install libcuda1' });
    expect(card?.detail.en).toContain('libcuda.so.1');
    expect(build).toMatchObject({ state: 'missing', fix: 'node scripts/install-libtensorflow-gpu.mjs' });
    expect(build?.detail.zh).toContain('CUDA');
  });

  test('does not take what a set-up has left half-way for the build', async () => {
    const part = Object.entries(cudaBuild).map(([path, text]) => [path.replace('-gpu/', '-gpu.part/'), text]);
    const [, build] = await diagnoseGpu(machine({ ...readyMachine, ...Object.fromEntries(part) }));
    expect(build).toMatchObject({ state: 'missing', fix: 'node scripts/install-libtensorflow-gpu.mjs' });
  });

  test('leaves the device out where there is no library to open', () => {
    expect(diagnoseDevice({ MODELYARD_LIBTENSORFLOW: '/nowhere' })).toEqual([]);
  });
});
