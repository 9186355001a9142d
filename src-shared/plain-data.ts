/** Caps on what a message may hold. */
export interface PlainLimits {
  readonly depth: number;
  /** Values, counted one by one. */
  readonly values: number;
}

/**
 * Whether this is JSON's kind of data within the caps, without keys that reach into prototypes. Walks without
 * recursion, since what it looks at may be nested to harm.
 */
export function isPlainData(data: unknown, { depth, values }: PlainLimits): boolean {
  const open: { readonly value: unknown; readonly at: number }[] = [{ value: data, at: 0 }];
  for (let seen = 0; ; seen++) {
    const next = open.pop();
    if (!next) return true;
    if (seen > values || next.at > depth || !isPlainValue(next.value)) return false;
    if (typeof next.value !== 'object' || next.value === null) continue;
    for (const value of Object.values(next.value)) open.push({ value, at: next.at + 1 });
  }
}

function isPlainValue(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return false;
  return Array.isArray(value) || isPlainObject(value);
}

function isPlainObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return !Object.hasOwn(value, '__proto__') && !reachesPrototype(value);
}

/** `constructor.prototype`: code that copies by path would write into every object. */
function reachesPrototype(value: object): boolean {
  const inner = Object.getOwnPropertyDescriptor(value, 'constructor')?.value;
  return typeof inner === 'object' && inner !== null && Object.hasOwn(inner, 'prototype');
}
