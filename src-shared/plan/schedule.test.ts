import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Schedule, type ScheduleStep } from './schedule';

/** Runs whatever is ready until nothing is; `fails` says which steps fail. Answers the order of starts. */
function drive(schedule: Schedule, fails: (id: string) => boolean = () => false): string[] {
  const order: string[] = [];
  for (let id = schedule.next(); id !== undefined; id = schedule.next()) {
    order.push(id);
    schedule.start(id);
    schedule.finish(id, fails(id) ? 'failed' : 'done');
  }
  return order;
}

const diamond: ScheduleStep[] = [
  { id: 'a', needs: [] },
  { id: 'b', needs: ['a'] },
  { id: 'c', needs: ['a'] },
  { id: 'd', needs: ['b', 'c'] },
];

describe('Schedule', () => {
  it('starts a step once everything it needs is done', () => {
    const schedule = new Schedule(diamond);
    expect(schedule.ready).toEqual(['a']);
    schedule.start('a');
    expect(schedule.ready).toEqual([]);
    schedule.finish('a', 'done');
    expect(schedule.ready).toEqual(['b', 'c']);
    expect(drive(schedule)).toEqual(['b', 'c', 'd']);
    expect(schedule.outcome()).toBe('done');
  });

  it('does not wait for what is cached', () => {
    const schedule = new Schedule([
      { id: 'a', needs: [], isCached: true },
      { id: 'b', needs: ['a'] },
    ]);
    expect(schedule.ready).toEqual(['b']);
  });

  it('skips what needs a failed step and goes on beside it', () => {
    const schedule = new Schedule([...diamond, { id: 'x', needs: ['a'] }]);
    drive(schedule, (id) => id === 'b');
    expect(['b', 'c', 'd', 'x'].map((id) => schedule.stateOf(id))).toEqual(['failed', 'done', 'skipped', 'done']);
    expect(schedule.outcome()).toBe('failed');
  });

  it('cancels what has not started and lets the running one end', () => {
    const schedule = new Schedule(diamond);
    schedule.start('a');
    expect(schedule.cancel()).toEqual(['b', 'c', 'd']);
    expect(schedule.isFinished).toBe(false);
    schedule.finish('a', 'cancelled');
    expect(schedule.isFinished).toBe(true);
    expect(schedule.outcome()).toBe('cancelled');
  });

  it('refuses to end with steps left, and steps out of turn', () => {
    const schedule = new Schedule(diamond);
    expect(() => schedule.outcome()).toThrow('while the step a was ready');
    expect(() => schedule.start('b')).toThrow('waiting, not ready');
    expect(() => schedule.finish('a', 'done')).toThrow('ready, not running');
    expect(() => schedule.start('z')).toThrow('no step z');
  });
});

describe('Schedule of many steps', () => {
  it.each([
    ['wide', Array.from({ length: 2000 }, (_, i) => ({ id: `s${i}`, needs: [] }))],
    ['chained', Array.from({ length: 2000 }, (_, i) => ({ id: `s${i}`, needs: i > 0 ? [`s${i - 1}`] : [] }))],
    [
      'layered',
      Array.from({ length: 2000 }, (_, i) => ({
        id: `s${i}`,
        needs: i < 40 ? [] : Array.from({ length: 40 }, (_unused, j) => `s${(Math.floor(i / 40) - 1) * 40 + j}`),
      })),
    ],
  ])('runs 2,000 steps that are %s', (_name, steps) => {
    const schedule = new Schedule(steps);
    expect(drive(schedule)).toHaveLength(2000);
    expect(schedule.outcome()).toBe('done');
  });

  it('ends every random plan, with no step before its needs', () => {
    const plans = fc.array(
      fc.tuple(fc.array(fc.nat(30), { maxLength: 4 }), fc.constantFrom('done', 'failed', 'cached')),
      {
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(plans, (rows) => {
        const steps = rows.map(([needs, fate], i) => ({
          id: `s${i}`,
          needs: [...new Set(needs.filter((need) => need < i))].map((need) => `s${need}`),
          isCached: fate === 'cached',
        }));
        const schedule = new Schedule(steps);
        const order = drive(schedule, (id) => rows[Number(id.slice(1))]?.[1] === 'failed');
        for (const { id, needs } of steps) {
          for (const need of needs)
            if (order.includes(id)) expect(['done', 'cached']).toContain(schedule.stateOf(need));
        }
        expect(schedule.isFinished).toBe(true);
        expect(['done', 'failed']).toContain(schedule.outcome());
      }),
    );
  });
});
