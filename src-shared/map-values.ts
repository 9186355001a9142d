/** The same names with other values. */
export function mapValues<K extends string, A, B>(
  values: Readonly<Record<K, A>>,
  map: (value: A, name: K) => B,
): Record<K, B> {
  // `Object.entries` forgets the names' type.
  const entries = Object.entries(values) as [K, A][];
  return Object.fromEntries(entries.map(([name, value]) => [name, map(value, name)])) as Record<K, B>;
}
