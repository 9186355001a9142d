/**
 * Medians of some epochs' wall and CPU seconds.
 * @param {readonly { seconds: number, cpu: number }[]} epochs
 */
export function medians(epochs) {
  const of = (/** @type {number[]} */ values) => values.sort((a, b) => a - b)[values.length >> 1];
  return { seconds: of(epochs.map(({ seconds }) => seconds)), cpu: of(epochs.map(({ cpu }) => cpu)) };
}
