import { expect, test } from 'vitest';
import type { DeployEvent } from '../../src-shared/deploy';
import { foldDeploy, leaving, paceOf, startSending, stepsDone } from './deploy-progress';

const does = { en: 'Upload', zh: '上传' };
const transfer = (bytes: number, leaves = true) => ({ bytes, to: 'store', leaves });
const steps = [
  { id: 'a', does, transfer: transfer(100) },
  { id: 'b', does, transfer: transfer(1000) },
  { id: 'c', does },
];
const step = (id: string, state: 'started' | 'there' | 'done'): DeployEvent => {
  return { type: 'deploy-step', step: id, state, index: 0, does };
};

function fold(events: readonly (readonly [at: number, event: DeployEvent])[]) {
  return events.reduce((state, [at, event]) => foldDeploy(state, event, at), startSending('t', 'start'));
}

test('steps go from waiting to done; bytes count once and not what was there', () => {
  const half = fold([
    [0, { type: 'deploy-planned', target: 's3', steps }],
    [10, step('a', 'there')],
    [1000, step('b', 'started')],
    [2000, { type: 'deploy-progress', step: 'b', done: 400, total: 1000, unit: 'bytes', message: 'big.bin' }],
  ]);
  expect(half.steps.map(({ state, moved }) => [state, moved])).toEqual([
    ['there', 0],
    ['started', 400],
    ['waiting', 0],
  ]);
  expect(half.steps[1]?.message).toBe('big.bin');
  expect(paceOf(half)).toEqual({ moved: 400, rate: 400 });
  const whole = foldDeploy(half, step('b', 'done'), 3000);
  expect([stepsDone(whole), paceOf(whole)]).toEqual([2, { moved: 1000, rate: 500 }]);
});

test('waiting for replicas moves no bytes, and there is no rate before something could move', () => {
  const waiting = fold([
    [0, { type: 'deploy-planned', target: 'lepton', steps }],
    [100, step('c', 'started')],
    [150, { type: 'deploy-progress', step: 'c', done: 0, total: 1, unit: 'replicas', message: 'Starting' }],
  ]);
  expect(paceOf(waiting)).toEqual({ moved: 0, rate: undefined });
});

test('the end tells what was sent and where it stands', () => {
  const end = fold([
    [0, { type: 'deploy-finished', target: 's3', sent: 5, location: 's3://models/a/', endpoint: 'https://e' }],
  ]);
  expect(end).toMatchObject({ sent: 5, place: { location: 's3://models/a/', endpoint: 'https://e' } });
});

test('only what leaves is added up, each host once', () => {
  const plan = [...steps, { transfer: transfer(9, false) }];
  expect(leaving(plan)).toEqual({ bytes: 1100, hosts: ['store'] });
});
