import { problem } from '../../src-shared/problem';
import { foreignRuntimes } from './foreign-runtimes';
import type { ParityAnswer, ParityJob } from './parity-job';
import { runParity } from './run-parity';

/** A process of its own, so that the formats are loaded where nothing of the engine is. One job, one answer. */
process.once('message', (message) => {
  // The one sender is `parity.ts`, which forked this process.
  void answer(message as ParityJob);
});

async function answer(job: ParityJob): Promise<void> {
  const result: ParityAnswer = await runParity(job, foreignRuntimes).catch((error: unknown) => ({
    problem: problem('parity-failed', { message: error instanceof Error ? error.message : String(error) }),
  }));
  process.send?.(result, () => process.disconnect());
}
