import type { CsvOverrides } from '../../runs/values';
import { choice, file, map, type ParamsOf, text } from '../../types/params';
import { defineNode } from '../define-node';
import { columnsOfFile, requireFile, tableOfFile } from './table-file';

const params = {
  file: file({ label: { en: 'File', zh: '文件' }, default: '', extensions: ['csv', 'tsv', 'txt'] }),
  delimiter: choice({
    label: { en: 'Delimiter', zh: '分隔符' },
    default: 'auto',
    options: [
      { value: 'auto', label: { en: 'As found', zh: '自动' } },
      { value: ',', label: { en: 'Comma', zh: '逗号' } },
      { value: ';', label: { en: 'Semicolon', zh: '分号' } },
      { value: 'tab', label: { en: 'Tab', zh: '制表符' } },
      { value: '|', label: { en: 'Bar', zh: '竖线' } },
    ],
  }),
  header: choice({
    label: { en: 'First line is a header', zh: '第一行为表头' },
    default: 'auto',
    options: [
      { value: 'auto', label: { en: 'As found', zh: '自动' } },
      { value: 'yes', label: { en: 'Yes', zh: '是' } },
      { value: 'no', label: { en: 'No', zh: '否' } },
    ],
  }),
  encoding: choice({
    label: { en: 'Encoding', zh: '编码' },
    default: 'auto',
    options: [
      { value: 'auto', label: { en: 'As found', zh: '自动' } },
      { value: 'utf-8', label: { en: 'UTF-8', zh: 'UTF-8' } },
      { value: 'utf-16', label: { en: 'UTF-16', zh: 'UTF-16' } },
      { value: 'gbk', label: { en: 'GBK (Chinese)', zh: 'GBK（中文）' } },
      { value: 'latin-1', label: { en: 'Latin-1 (Western)', zh: 'Latin-1（西欧）' } },
    ],
  }),
  nullTexts: text({
    label: { en: 'Texts that mean "missing"', zh: '表示“缺失”的文本' },
    help: {
      en: 'Separated by commas. An empty field is always missing. Empty: NA, N/A, NaN, null and ?.',
      zh: '用逗号分隔。空字段始终为缺失。留空则为 NA、N/A、NaN、null 和 ?。',
    },
    default: '',
  }),
  types: map({
    label: { en: 'Types', zh: '类型' },
    help: { en: 'What a column is read as, where the file is misread.', zh: '当自动识别有误时，指定列的类型。' },
    default: {},
    options: ['float', 'int', 'bool', 'string', 'time'],
  }),
  roles: map({
    label: { en: 'Roles', zh: '角色' },
    help: {
      en: 'What a column is for. Columns that are not named are features.',
      zh: '列的用途。未指定的列为特征。',
    },
    default: {},
    options: ['feature', 'target', 'id', 'ignore'],
  }),
};
type CsvParams = ParamsOf<typeof params>;

function overridesOf({ delimiter, header, encoding, nullTexts, types }: CsvParams): CsvOverrides {
  const texts = nullTexts.split(/[,，]/).map((each) => each.trim());
  return {
    header,
    encoding,
    types,
    ...(delimiter === 'auto' ? {} : { delimiter: delimiter === 'tab' ? '\t' : delimiter }),
    ...(nullTexts.trim() === '' ? {} : { nullTexts: [...new Set(['', ...texts])] }),
  };
}

export const csv = defineNode({
  kind: 'data.csv',
  title: { en: 'CSV file', zh: 'CSV 文件' },
  summary: { en: 'A table from a text file', zh: '从文本文件读取表格' },
  docs: {
    en: 'Delimiter, header, encoding and types are found by looking at the file and can be set here where that goes wrong. Large files are never held in memory.',
    zh: '分隔符、表头、编码和类型会自动识别，识别有误时可在此设置。大文件不会整个载入内存。',
  },
  version: 1,
  inputs: {},
  outputs: { table: { type: 'table' } },
  params,
  probe: (given, { files, sniffCsv }) => sniffCsv(files.resolve(requireFile(given.file)), overridesOf(given)),
  infer: (_inputs, given, { facts }) => {
    requireFile(given.file);
    return facts ? tableOfFile(facts, given) : {};
  },
  execute: async (_inputs, given, ctx) => {
    const path = ctx.files.resolve(requireFile(given.file));
    const facts = ctx.facts?.exact ? ctx.facts : await ctx.tables.sniffCsv(path, overridesOf(given));
    const { csv: options, rows } = facts;
    if (!options || rows === undefined) throw new Error('Exact facts of a CSV file say how it is read.');
    const scan = { kind: 'csv', path, hash: await ctx.files.hash(given.file), options } as const;
    const source = { scan, columns: columnsOfFile(facts, given), rows, blocks: {} };
    return { table: { source, roles: {}, steps: [] } };
  },
});
