import type { Value } from '../../ops/program';
import type { ProgramBuilder } from '../../ops/program-builder';

interface Masked {
  readonly mask?: Value | undefined;
}

/** What scores of positions that do not count become: their share after softmax is 0, as in Keras. */
const never = -1e9;

/** Scores [batch, heads, query, key] without the pairs of which a mask leaves either out; causal: nor later keys. */
export function maskScores(
  b: ProgramBuilder,
  scores: Value,
  { query, value, key, isCausal }: Record<'query' | 'value' | 'key', Masked> & { readonly isCausal: boolean },
): Value {
  const asked = new Set([value.mask, key.mask].filter((mask) => mask !== undefined));
  const masks = [
    ...(query.mask ? [columnMask(b, query.mask)] : []),
    ...[...asked].map((mask) => rowMask(b, mask)),
    ...(isCausal ? [causalMask(b, scores)] : []),
  ];
  return masks.reduce((kept, mask) => b.select(mask, kept, b.constant(never)), scores);
}

/** A mask [batch, time] over the positions that ask. */
function columnMask(b: ProgramBuilder, mask: Value): Value {
  const [batch = 1, time = 1] = mask.type.shape;
  return b.reshape(mask, [batch, 1, time, 1]);
}

/** A mask [batch, time] over the positions that are asked. */
function rowMask(b: ProgramBuilder, mask: Value): Value {
  const [batch = 1, time = 1] = mask.type.shape;
  return b.reshape(mask, [batch, 1, 1, time]);
}

/** True where the position asked is not after the one that asks. */
function causalMask(b: ProgramBuilder, scores: Value): Value {
  const [rows = 0, columns = 0] = scores.type.shape.slice(2).map(Number);
  const count = (length: number, first: number) => Array.from({ length }, (_, i) => i + first);
  return b.compare(
    'greater',
    b.constant(count(rows, 1), 'int32', [rows, 1]),
    b.constant(count(columns, 0), 'int32', [1, columns]),
  );
}
