import { expect, it } from 'vitest';
import { evaluate } from '../../src-main/backends/evaluate-steps';
import { lookupOp } from '../ops/catalog';
import { ProgramBuilder } from '../ops/program-builder';
import type { Column } from '../types/ports';
import { signedLog } from './signed-log';

const column: Column = { name: 'x', type: { kind: 'float' }, role: 'feature' };
const context = { fitted: {}, params: { columns: [] } };

it('is undone by its inverse, on both sides of zero', async () => {
  const b = new ProgramBuilder(lookupOp);
  const value = b.input('x', { dtype: 'float32', shape: ['batch'] });
  const scaled = signedLog.apply?.(b, { column, value }, context) ?? value;
  const back = signedLog.invert?.(b, scaled, context) ?? value;
  const data = Float32Array.of(-40000, -1, 0, 0.5, 250000);
  const result = await evaluate(
    b.build({ scaled, back }),
    { x: { dtype: 'float32', shape: [5], data } },
    { runner: 'tfjs' },
  );
  expect(Number(result.scaled?.data[4])).toBeCloseTo(Math.log(250001), 4);
  Array.from(data).forEach((x, i) => {
    expect(Number(result.back?.data[i]) / (x || 1)).toBeCloseTo(x === 0 ? 0 : 1, 4);
  });
});

it('refuses a column that is not there', () => {
  expect(signedLog.columns([column], { columns: ['y'] })).toMatchObject({ code: 'column-not-found' });
});
