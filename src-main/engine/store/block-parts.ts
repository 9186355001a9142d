import { mapValues } from '../../../src-shared/map-values';
import type { Block, BlockPart, TableSource, TabularValue } from '../../../src-shared/runs/values';

/** Stores written before blocks had parts hold all rows in one blob. */
type StoredBlock = Block | (Omit<Block, 'parts'> & Pick<BlockPart, 'blob'>);

/** A table as it is kept now, from any store. */
export function withParts(value: TabularValue): TabularValue {
  const { source } = value;
  return { ...value, source: { ...source, blocks: mapValues(source.blocks, (block) => inParts(block, source)) } };
}

function inParts(block: StoredBlock, { rows }: TableSource): Block {
  if ('parts' in block) return block;
  const { blob, ...type } = block;
  return { ...type, parts: [{ blob, rows }] };
}
