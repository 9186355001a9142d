import { type Dim, evaluateDim, formatShape } from '../../src-shared/ops/dims';
import type { Language, Text } from '../../src-shared/text';
import type { Column, WireType } from '../../src-shared/types/ports';
import { classesOf, type Meaning } from '../../src-shared/types/signature';
import { countText } from '../i18n/format';

/** What wires carry, in words; each in as few as tell one type from another. */
const names: Readonly<Record<WireType['type'], Text>> = {
  table: { en: 'table', zh: '表格' },
  dataset: { en: 'dataset', zh: '数据集' },
  tensor: { en: 'layer', zh: '层' },
  estimator: { en: 'untrained model', zh: '未训练的模型' },
  model: { en: 'model', zh: '模型' },
  predictions: { en: 'predictions', zh: '预测结果' },
  report: { en: 'report', zh: '报告' },
  artifact: { en: 'export', zh: '导出包' },
};

const meanings: Readonly<Record<Meaning['kind'], Text>> = {
  classes: { en: 'classification', zh: '分类' },
  classMap: { en: 'classes of pixels', zh: '逐像素分类' },
  labels: { en: 'labels', zh: '多标签' },
  number: { en: 'regression', zh: '回归' },
  vector: { en: 'vector', zh: '向量' },
  cluster: { en: 'clusters', zh: '聚类' },
  score: { en: 'score', zh: '分数' },
  quantiles: { en: 'quantiles', zh: '分位数' },
  action: { en: 'actions', zh: '动作' },
};

const splits = {
  train: { en: 'train', zh: '训练' },
  validation: { en: 'validation', zh: '验证' },
  test: { en: 'test', zh: '测试' },
} as const satisfies Record<string, Text>;

export function wireName(name: WireType['type'], language: Language): string {
  return names[name][language];
}

export function splitName(name: keyof typeof splits, language: Language): string {
  return splits[name][language];
}

/** The lines of a type: what it is, then what there is to say of it. */
export function typeLines(type: WireType, language: Language): string[] {
  const name = wireName(type.type, language);
  switch (type.type) {
    case 'table':
    case 'dataset':
      return tableLines(type, language);
    case 'tensor':
      return [`${formatShape(type.shape)} ${type.dtype}`];
    case 'estimator':
      return [joined(name, type.learns, language), parameters(type.parameters, language)];
    case 'model':
      return [
        joined(name, meaningsOf(type), language),
        classes(onlyClasses(type), language),
        parameters(type.parameters, language),
      ].filter(Boolean);
    case 'predictions':
      return [
        [joined(name, meaningsOf(type), language), classes(onlyClasses(type), language)].filter(Boolean).join(' · '),
      ];
    default:
      return [name];
  }
}

type Outputs = Pick<Extract<WireType, { readonly type: 'model' | 'predictions' }>, 'outputs'>;

/** `model · classification, regression`. */
function joined(name: string, kinds: readonly Meaning['kind'][], language: Language): string {
  if (kinds.length === 0) return name;
  const words = [...new Set(kinds)].map((kind) => meanings[kind][language]);
  return `${name} · ${words.join(language === 'zh' ? '、' : ', ')}`;
}

function meaningsOf({ outputs }: Outputs): Meaning['kind'][] {
  return outputs.map(({ means }) => means.kind);
}

/** Of a model with one output. */
function onlyClasses({ outputs: [first, ...more] }: Outputs): readonly string[] | undefined {
  return first && more.length === 0 ? classesOf(first) : undefined;
}

type Table = Extract<WireType, { readonly type: 'table' | 'dataset' }>;

function tableLines({ rows, columns, splits: sizes }: Table, language: Language): string[] {
  const count = columns.length;
  const width =
    language === 'zh' ? `${countText(count, language)} 列` : `${count} ${count === 1 ? 'column' : 'columns'}`;
  const height = rows === undefined ? '?' : countText(rows, language);
  const size = language === 'zh' ? `${height} 行 × ${width}` : `${height} rows × ${width}`;
  const parts = Object.entries(sizes ?? {}).flatMap(([split, part]) => {
    // The keys of `splits` are the names of splits.
    return part === undefined || part === 0
      ? []
      : [`${countText(part, language)} ${splitName(split as never, language)}`];
  });
  return parts.length > 0 ? [size, parts.join(' · ')] : [size];
}

function classes(known: readonly string[] | undefined, language: Language): string {
  if (!known) return '';
  return language === 'zh' ? `${known.length} 类` : `${known.length} classes`;
}

function parameters(count: number, language: Language): string {
  return language === 'zh' ? `${countText(count, language)} 个参数` : `${countText(count, language)} parameters`;
}

/** `121,930 parameters · 5.1 MFLOP per row`. */
export function costText(cost: { readonly parameters: number; readonly flops?: Dim }, language: Language): string {
  const flops = cost.flops === undefined ? undefined : flopsOfRow(cost.flops);
  const parts = [parameters(cost.parameters, language)];
  if (flops) parts.push(language === 'zh' ? `每行 ${flopText(flops)}` : `${flopText(flops)} per row`);
  return parts.join(' · ');
}

function flopsOfRow(flops: Dim): number | undefined {
  try {
    return evaluateDim(flops, { batch: 1 });
  } catch {
    // It also depends on a length that only the data know.
    return undefined;
  }
}

function flopText(flops: number): string {
  const units = ['FLOP', 'kFLOP', 'MFLOP', 'GFLOP', 'TFLOP'];
  let value = flops;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : value.toPrecision(2)} ${units[unit]}`;
}

/** What is known of the values of a column, in a few words: range, classes, missing. */
export function columnFacts({ nulls, range, classes: known }: Column, language: Language): string {
  const parts: string[] = [];
  if (range) parts.push(`${compact(range[0])} – ${compact(range[1])}`);
  if (known) parts.push(known.length <= 6 ? known.join(', ') : classes(known, language));
  if (nulls)
    parts.push(language === 'zh' ? `缺失 ${countText(nulls, language)}` : `${countText(nulls, language)} missing`);
  return parts.join(' · ');
}

function compact(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}
