import { file, map } from '../../types/params';
import { defineNode } from '../define-node';
import { columnsOfFile, requireFile, tableOfFile } from './table-file';

export const parquet = defineNode({
  kind: 'data.parquet',
  title: { en: 'Parquet file', zh: 'Parquet 文件' },
  summary: { en: 'A table from a Parquet file', zh: '从 Parquet 文件读取表格' },
  docs: {
    en: 'Names and types come from the file. Numbers, texts, truth values, dates and times are read; columns of other types are left out, with a word. Only the columns that are needed are read.',
    zh: '列名和类型来自文件。可读取数字、文本、真假值、日期和时间；其他类型的列会被略去并给出提示。只读取需要的列。',
  },
  version: 1,
  inputs: {},
  outputs: { table: { type: 'table' } },
  params: {
    file: file({ label: { en: 'File', zh: '文件' }, default: '', extensions: ['parquet'] }),
    roles: map({
      label: { en: 'Roles', zh: '角色' },
      help: {
        en: 'What a column is for. Columns that are not named are features.',
        zh: '列的用途。未指定的列为特征。',
      },
      default: {},
      options: ['feature', 'target', 'id', 'ignore'],
    }),
  },
  probe: (given, { files, sniffParquet }) => sniffParquet(files.resolve(requireFile(given.file))),
  infer: (_inputs, given, { facts }) => {
    requireFile(given.file);
    return facts ? tableOfFile(facts, given) : {};
  },
  execute: async (_inputs, given, ctx) => {
    const path = ctx.files.resolve(requireFile(given.file));
    const facts = ctx.facts?.exact ? ctx.facts : await ctx.tables.sniffParquet(path);
    const { parquet: found, rows } = facts;
    if (!found || rows === undefined) throw new Error('Exact facts of a Parquet file say how it is read.');
    const scan = { kind: 'parquet-file', path, hash: await ctx.files.hash(given.file), types: found.types } as const;
    return {
      table: { source: { scan, columns: columnsOfFile(facts, given), rows, blocks: {} }, roles: {}, steps: [] },
    };
  },
});
