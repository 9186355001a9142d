import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src-*/**/*.test.ts', 'scripts/**/*.test.ts', 'e2e/specs/**/*.spec.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Numbers are compared to the last bits: on a machine with a card too, tests compute on the processor.
    env: { MODELYARD_DEVICE: 'cpu' },
    pool: 'forks',
    maxWorkers: 2,
  },
});
