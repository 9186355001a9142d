import { describe, expect, it } from 'vitest';
import { diagnose } from './doctor';
import { cpuFeatures } from './doctor/machine';
import { diagnoseLibtensorflow, diagnoseNode } from './doctor/runtimes';

describe('diagnose', () => {
  it('states every fact in both languages', async () => {
    const facts = await diagnose();
    const names = facts.map((fact) => fact.name.en);
    expect(names).toContain('TensorFlow library');
    expect(new Set(names).size).toBe(names.length);
    for (const { name, detail } of facts) {
      for (const text of [name.en, name.zh, detail.en, detail.zh]) expect(text.length).toBeGreaterThan(0);
    }
  });

  it('says how to get the library where there is none', () => {
    const fact = diagnoseLibtensorflow({ MODELYARD_LIBTENSORFLOW: '/nowhere' });
    expect(fact.state).toBe('missing');
    expect(fact.fix).toContain('install-libtensorflow');
    expect(fact.detail.en).toContain('/nowhere');
    expect(fact.detail.zh).not.toBe(fact.detail.en);
  });

  it.each([
    ['18.20.0', 'warning'],
    ['20.18.1', 'warning'],
    ['20.19.0', 'ok'],
    ['24.1.0', 'ok'],
  ])('judges Node %s as %s', (version, state) => {
    expect(diagnoseNode(version).state).toBe(state);
  });

  it('reads what the processor can do', () => {
    expect(cpuFeatures('model name\t: x\nflags\t\t: fpu avx2 fma avx512f amx_tile\n')).toEqual([
      'AVX2',
      'FMA',
      'AVX-512',
      'AMX',
    ]);
    expect(cpuFeatures('Features\t: fp asimd sve\n')).toEqual(['NEON', 'SVE']);
    expect(cpuFeatures('')).toEqual([]);
  });
});
