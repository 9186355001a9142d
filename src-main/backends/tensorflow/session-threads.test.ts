import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lookupOp } from '../../../src-shared/ops/catalog';
import { descentProgram } from '../test-programs/descent';
import { tensorflowObstacle } from '../test-programs/tensorflow-obstacle';
import { openTensorflowRunner } from './runner';

const canCount = process.platform === 'linux' && tensorflowObstacle() === undefined;

/** How many threads a session brings with it whose ops may take so many. */
async function threadsOf(opThreads: number): Promise<number> {
  const count = () => readdirSync('/proc/self/task').length;
  const before = count();
  const session = await openTensorflowRunner({ lookup: lookupOp }).open({ ...descentProgram(), opThreads });
  const opened = count() - before;
  await session.close();
  return opened;
}

test.runIf(canCount)('a session has as many threads for ops as its program asks for', async () => {
  // The first one also brings what the process has once.
  await threadsOf(1);
  expect((await threadsOf(9)) - (await threadsOf(1))).toBe(8);
});
