import { fail } from '../../problem';
import { type DatePart, dateParts as parts } from '../../recipe/calendar';
import type { RecipeStep } from '../../recipe/define-step';
import { readTime } from '../../recipe/read-time';
import { bool, choice, columns, text } from '../../types/params';
import type { Column } from '../../types/ports';
import { defineNode } from '../define-node';

const shown = { section: { en: 'Parts', zh: '成分' } };

type Step = Omit<RecipeStep, 'node'>;
type Form = 'number' | 'sine' | 'cosine';

const suffixes = { number: '', sine: '_sin', cosine: '_cos' } as const;
const forms: Readonly<Record<string, readonly Form[]>> = {
  number: ['number'],
  cycle: ['sine', 'cosine'],
  both: ['number', 'sine', 'cosine'],
};

export const dateParts = defineNode({
  kind: 'prepare.dateParts',
  title: { en: 'Date parts', zh: '日期成分' },
  summary: {
    en: 'Months, weekdays, hours and days of a time, as numbers',
    zh: '把时间拆成月份、星期、小时、天数等数字',
  },
  docs: {
    en: 'A model cannot learn from milliseconds since 1970; it learns from what repeats and from what goes on. Parts that repeat become the sine and cosine of where they stand in their cycle, so that December lies beside January; days go on. The time itself is then no feature any more. Times are taken as the source gives them, without a time zone of their own as UTC. An exported model computes the parts itself, from raw times.',
    zh: '模型无法从 1970 年以来的毫秒数学习，而是从重复的规律和推移的时间学习。会重复的成分变为其在周期中位置的正弦和余弦，这样十二月与一月相邻；天数则持续增长。之后时间列本身不再是特征。时间按数据来源给出的值处理，没有时区的视为 UTC。导出的模型会从原始时间自行计算这些成分。',
  },
  version: 1,
  inputs: { table: { type: ['table', 'dataset'] } },
  outputs: { table: { type: { as: 'table' }, traced: true } },
  params: {
    year: bool({ label: { en: 'Year', zh: '年' }, default: false, ...shown }),
    month: bool({ label: { en: 'Month', zh: '月' }, default: true, ...shown }),
    dayOfMonth: bool({ label: { en: 'Day of the month', zh: '每月第几天' }, default: false, ...shown }),
    dayOfWeek: bool({ label: { en: 'Day of the week', zh: '星期' }, default: true, ...shown }),
    dayOfYear: bool({ label: { en: 'Day of the year', zh: '每年第几天' }, default: false, ...shown }),
    hour: bool({ label: { en: 'Hour', zh: '小时' }, default: true, ...shown }),
    minute: bool({ label: { en: 'Minute', zh: '分钟' }, default: false, ...shown }),
    days: bool({ label: { en: 'Days since a date', zh: '距某日期的天数' }, default: false, ...shown }),
    since: text({
      label: { en: 'Date', zh: '日期' },
      help: { en: 'From which days are counted, such as 2000-01-01.', zh: '从该日期开始计算天数，例如 2000-01-01。' },
      default: '2000-01-01',
      maxLength: 40,
      showIf: { param: 'days', in: [true] },
      ...shown,
    }),
    as: choice({
      label: { en: 'What repeats', zh: '会重复的成分' },
      default: 'cycle',
      options: [
        { value: 'cycle', label: { en: 'As sine and cosine', zh: '正弦和余弦' } },
        { value: 'number', label: { en: 'As a number', zh: '数字' } },
        { value: 'both', label: { en: 'As both', zh: '两者' } },
      ],
    }),
    columns: columns({
      label: { en: 'Columns', zh: '列' },
      default: [],
      emptyMeans: { en: 'All features that are times', zh: '所有时间特征' },
    }),
  },
  mends: { 'time-feature': {} },
  step: ({ since, as, columns: named, ...chosen }, { columns: given }) => {
    const times = timeColumns(given, named);
    const start = readTime(since);
    if (start === undefined) fail('not-a-date', { value: since }, { param: 'since' });
    const wanted = (Object.keys(parts) as DatePart[]).filter((part) => chosen[part]);
    if (wanted.length === 0)
      fail('no-date-parts', {}, { param: 'month', fix: { code: 'set-param', param: 'month', to: true } });
    const steps = times.flatMap((column) => wanted.flatMap((part) => stepsOf(column, { part, as, since: start ?? 0 })));
    return {
      steps,
      roles: Object.fromEntries(times.filter(({ role }) => role === 'feature').map(({ name }) => [name, 'ignore'])),
    };
  },
});

function timeColumns(given: readonly Column[], named: readonly string[]): Column[] {
  const isTime = ({ type }: Column) => type.kind === 'time';
  if (named.length === 0) {
    const times = given.filter((column) => column.role === 'feature' && isTime(column));
    return times.length > 0 ? times : fail('no-times', {}, { param: 'columns' });
  }
  return named.map((name) => {
    const column = given.find((each) => each.name === name);
    if (!column) {
      const known = given.map((each) => each.name).join(', ');
      return fail('column-not-found', { column: name, columns: known }, { param: 'columns' });
    }
    return isTime(column) ? column : fail('not-a-time', { column: name }, { param: 'columns' });
  });
}

function stepsOf(
  { name: column }: Column,
  { part, as, since }: { readonly part: DatePart; readonly as: string; readonly since: number },
): Step[] {
  const wanted = parts[part].cycle ? (forms[as] ?? []) : (['number'] as const);
  return wanted.map((form) => {
    const name = `${column}_${part}${suffixes[form]}`;
    return { step: 'datePart', params: { name, column, part, as: form, since, role: 'feature' } };
  });
}
