import type { Language, Text } from '../../src-shared/text';
import type { ColumnType } from '../../src-shared/types/ports';

/** Types and roles of columns, as files name them and as people do. */
const words: Readonly<Record<string, Text>> = {
  float: { en: 'number', zh: '数值' },
  int: { en: 'whole number', zh: '整数' },
  bool: { en: 'true or false', zh: '真/假' },
  string: { en: 'text', zh: '文本' },
  time: { en: 'time', zh: '时间' },
  feature: { en: 'feature', zh: '特征' },
  target: { en: 'target', zh: '目标' },
  id: { en: 'id', zh: '标识' },
  ignore: { en: 'ignored', zh: '忽略' },
};

/** A word of the table above in the reader's language; anything else as it is. */
export function columnWord(name: string, language: Language): string {
  return Object.hasOwn(words, name) ? (words[name]?.[language] ?? name) : name;
}

/** `number`, `text`, `28×28×1 uint8`, `[4] float32`. */
export function typeWord(type: ColumnType, language: Language): string {
  if (type.kind !== 'tensor') return columnWord(type.kind, language);
  const shape = type.shape.length > 1 ? type.shape.join('×') : `[${type.shape.join('')}]`;
  return `${shape} ${type.dtype}`;
}
