import { describe, expect, it } from 'vitest';
import { speak } from './messages';
import { planLine } from './plan-lines';

const reason = { code: 'first-run' } as const;

describe('planLine', () => {
  it('adds up what is known, and says where something is not', () => {
    const known = { node: 'train', state: 'run', reason, estimate: { seconds: 40 } } as const;
    const unknown = { node: 'test', state: 'run', reason } as const;
    const kept = { node: 'digits', state: 'cached', reason } as const;
    expect(planLine([known, kept], speak('en'))).toBe('Plan: 1 to run, 1 cached, about 40 s');
    expect(planLine([known, unknown], speak('en'))).toBe('Plan: 2 to run, 0 cached, at least 40 s');
    expect(planLine([unknown], speak('en'))).toBe('Plan: 1 to run, 0 cached');
  });
});
