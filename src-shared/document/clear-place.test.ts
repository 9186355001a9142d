import { describe, expect, it } from 'vitest';
import { clearPlace, noteBoxes } from './clear-place';

const size = { width: 128, height: 64 };

describe('clearPlace', () => {
  it('leaves a place that is free', () => {
    expect(clearPlace({ a: { x: 0, y: 0, ...size } }, [0, 64], size)).toEqual([0, 64]);
  });

  it('goes on to the right of whatever is in the way, one after another', () => {
    const boxes = { a: { x: 0, y: 0, ...size }, b: { x: 170, y: 8, width: 300, height: 64 } };
    expect(clearPlace(boxes, [8, 8], size)).toEqual([520, 8]);
  });

  it('covers no note', () => {
    const notes = { n: { text: 'Read me', position: [0, 0], size: [200, 100] } } as const;
    expect(clearPlace(noteBoxes({ notes }), [8, 8], size)).toEqual([248, 8]);
  });
});
