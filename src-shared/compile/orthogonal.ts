import type { Random } from '../random';

/**
 * Keras' `Orthogonal`: rows or columns (whichever are fewer) of the `[…, in] × out` matrix are orthonormal, times
 * `gain`. The sign convention of the QR factorisation (positive diagonal of R) makes the result uniform
 * (Mezzadri 2007); modified Gram–Schmidt gives that sign by itself.
 */
export function orthogonal(shape: readonly number[], gain: number, random: Random): Float32Array {
  const columns = shape.at(-1) ?? 1;
  const rows = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  const vectors = orthonormal(Math.min(rows, columns), Math.max(rows, columns), random);
  return Float32Array.from({ length: rows * columns }, (_, i) => {
    const row = Math.floor(i / columns);
    const column = i % columns;
    const [vector, element] = rows >= columns ? [column, row] : [row, column];
    return gain * (vectors[vector]?.[element] ?? 0);
  });
}

/** `count` orthonormal vectors of `length` numbers. */
function orthonormal(count: number, length: number, random: Random): Float64Array[] {
  const vectors: Float64Array[] = [];
  for (let i = 0; i < count; i++) {
    const vector = Float64Array.from({ length }, () => random.normal());
    for (const other of vectors) {
      const along = dot(vector, other);
      other.forEach((value, j) => {
        vector[j] = (vector[j] ?? 0) - along * value;
      });
    }
    const norm = Math.sqrt(dot(vector, vector));
    vectors.push(vector.map((value) => value / norm));
  }
  return vectors;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
