import { describe, expect, it } from 'vitest';
import { limitsText, parseNumber, stepNumber } from './number-steps';

const float = { isInt: false };
const up = { direction: 1 } as const;
const down = { direction: -1 } as const;

describe('parseNumber', () => {
  it.each([
    ['0.001', 0.001],
    ['1e-3', 0.001],
    [' .5 ', 0.5],
    ['５', 5],
    ['-2', -2],
  ])('reads %s', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it.each(['', 'abc', '1,5', '0x10', '1e999', '--1', 'Infinity'])('takes “%s” for no number', (text) => {
    expect(parseNumber(text)).toBeUndefined();
  });
});

describe('stepNumber', () => {
  it('moves the last digit that is written', () => {
    expect(stepNumber(0.001, up, float)).toBe(0.002);
    expect(stepNumber(0.2, up, float)).toBe(0.3);
    expect(stepNumber(0.99, up, float)).toBe(1);
    expect(stepNumber(5, up, float)).toBe(6);
    expect(stepNumber(1e-7, up, float)).toBe(2e-7);
  });

  it('falls below a single one without reaching zero', () => {
    expect(stepNumber(0.01, down, float)).toBe(0.009);
    expect(stepNumber(-0.01, up, float)).toBe(-0.009);
  });

  it('takes ten steps at once', () => {
    expect(stepNumber(32, { direction: 1, isBig: true }, { isInt: true })).toBe(42);
    expect(stepNumber(0.01, { direction: 1, isBig: true }, float)).toBe(0.11);
  });

  it('stops at a limit', () => {
    expect(stepNumber(1, down, { isInt: true, min: 1 })).toBe(1);
    expect(stepNumber(0.95, { direction: 1, isBig: true }, { isInt: false, max: 1 })).toBe(1);
    expect(stepNumber(0.9, up, { isInt: false, max: 1, exclusive: true })).toBe(0.9);
  });
});

it('says the limits in few signs', () => {
  const limits = { isInt: true, min: 1, max: 1000 };
  expect(limitsText(limits, (value) => value.toLocaleString('en'))).toBe('1 – 1,000');
  expect(limitsText({ isInt: false, min: 0, exclusive: true }, String)).toBe('> 0');
  expect(limitsText({ isInt: false }, String)).toBe('');
});
