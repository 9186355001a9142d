// What the app's tables take for one job; prints one JSON line with seconds.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { openView } from '../../src-main/engine/preview/open-view';
import { BlobFolder } from '../../src-main/engine/store/blobs';
import { Database } from '../../src-main/engine/tables/database';
import { createTables, type TablesService } from '../../src-main/engine/tables/tables';
import { hashFile } from '../../src-main/files/content-hash';
import { realFs } from '../../src-main/files/fs-port';
import { lookupNode } from '../../src-shared/nodes/catalog';
import type { NodeDefinition } from '../../src-shared/nodes/define-node';
import { contributionOf } from '../../src-shared/plan/infer-step';
import { isProblem } from '../../src-shared/problem';
import { lookupStep } from '../../src-shared/recipe/catalog';
import { columnsAfter, withRoles } from '../../src-shared/recipe/columns';
import type { RunContext } from '../../src-shared/runs/run-context';
import type { TabularValue } from '../../src-shared/runs/values';
import { defaultParams } from '../../src-shared/types/params';

const { values } = parseArgs({
  options: {
    job: { type: 'string', default: 'pipeline' },
    by: { type: 'string', default: 'nodes' },
    file: { type: 'string', default: '' },
    memory: { type: 'string', default: '' },
    repeats: { type: 'string', default: '5' },
    rows: { type: 'string', default: '' },
    columns: { type: 'string', default: '' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'modelyard-bench-'));
const store = new BlobFolder(realFs, join(folder, 'blobs'));

function openTables(): TablesService {
  const memory = values.memory === '' ? {} : { memory: values.memory };
  return createTables({
    store,
    blobPath: (hash) => store.localPath(hash),
    tempFolder: join(folder, 'temp'),
    ...memory,
  });
}

function contextOf(tables: TablesService): RunContext {
  const files = { resolve: (path: string) => path, hash: (path: string) => hashFile(realFs, path) };
  // Table nodes use nothing else of a run's context.
  return { tables, store, files, signal: new AbortController().signal } as unknown as RunContext;
}

function node(kind: string): NodeDefinition {
  const definition = lookupNode(kind);
  if (!definition) throw new Error(`There is no ${kind}.`);
  return definition;
}

/** What a node with `execute` gives at `table`. */
async function executed(
  kind: string,
  params: object,
  { tables, table }: { tables: TablesService; table?: TabularValue },
) {
  const definition = node(kind);
  const all = { ...defaultParams(definition.params), ...params };
  const outputs = await definition.execute?.({ table } as never, all as never, contextOf(tables));
  return (outputs as unknown as { table: TabularValue }).table;
}

/** The table with what a preparation node adds, as a run traces it. */
function prepared(table: TabularValue, kind: string, params: object): TabularValue {
  const definition = node(kind);
  const columns = columnsAfter(withRoles(table.source.columns, table.roles), table.steps, lookupStep);
  if (isProblem(columns)) throw new Error(columns.code);
  const all = { ...defaultParams(definition.params), ...params };
  const added = contributionOf({ definition, name: kind, params: all, columns, seed: 1 });
  const split = added.split ? { split: { ...added.split, at: table.steps.length } } : {};
  const steps = [...table.steps, ...added.steps];
  return { ...table, roles: { ...table.roles, ...added.roles }, steps, ...split };
}

/** Reads a source once: what is known of a file is remembered from then on, so that no run pays for it again. */
async function readSource(tables: TablesService): Promise<TabularValue> {
  return executed('data.parquet', { file: values.file }, { tables });
}

/** read → filter → derive → scale → split: lazily, nothing is computed here. */
function prepare(source: TabularValue): TabularValue {
  const filtered = prepared(source, 'prepare.filter', { condition: 'delay > -60 and distance > 100' });
  const derived = prepared(filtered, 'prepare.derive', { name: 'far', expression: 'distance / 500' });
  const scaled = prepared(derived, 'prepare.normalize', { columns: ['delay'] });
  return prepared(scaled, 'prepare.split', { test: 0.2 });
}

const groups = { by: ['origin'], measures: { delay: 'mean', far: 'mean' } };

/** The same by hand, in one query. */
const byHand = (file: string) => `
  WITH flights AS (
    SELECT origin, delay, distance / 500.0 AS far, random() < 0.8 AS train
    FROM read_parquet('${file.replaceAll("'", "''")}') WHERE delay > -60 AND distance > 100
  ), scale AS (SELECT avg(delay) AS mean, stddev_pop(delay) AS deviation FROM flights WHERE train)
  SELECT origin, count(*) AS "rows", avg((delay - mean) / deviation) AS delay_mean, avg(far) AS far_mean
  FROM flights, scale GROUP BY origin ORDER BY origin`;

type Job = (repeat: number) => Promise<number>;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

async function pipeline(): Promise<Job> {
  const tables = openTables();
  const source = await readSource(tables);
  return () => timed(() => executed('prepare.group', groups, { tables, table: prepare(source) }));
}

async function query(): Promise<Job> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  return () => timed(async () => (await connection.runAndReadAll(byHand(values.file))).getRows());
}

/** A page of 100 rows of the prepared table, opened anew each time. */
async function preview(): Promise<Job> {
  const tables = openTables();
  const source = await readSource(tables);
  const { signal } = new AbortController();
  return () =>
    timed(async () => {
      const view = await openView(tables, prepare(source), { limit: 1000, signal });
      await view.page({ offset: 0, limit: 100 }, signal);
      await view.close();
    });
}

async function previewQuery(): Promise<Job> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const sql = `SELECT *, distance / 500.0 AS far FROM read_parquet('${values.file.replaceAll("'", "''")}')
    WHERE delay > -60 AND distance > 100 LIMIT 100`;
  return () => timed(async () => (await connection.runAndReadAll(sql)).getRows());
}

/** Groups a CSV file by a column, through the nodes. */
async function csv(): Promise<Job> {
  return async () => {
    const tables = openTables();
    const context = { tables };
    const facts = await tables.sniff({ path: values.file, overrides: {}, quick: true });
    const scan = { kind: 'csv', path: values.file, hash: 'sha256:0', options: facts.csv } as const;
    const source = { scan, columns: facts.columns, rows: 0, blocks: {} };
    const table = { source, roles: {}, steps: [] } as unknown as TabularValue;
    const seconds = await timed(async () => {
      const open = await tables.open(table);
      await open.close();
      await executed('prepare.group', { by: ['kind'], measures: { x0: 'mean' } }, { ...context, table });
    });
    await tables.close();
    return seconds;
  };
}

/** Numbers of a table that is open as float32. */
async function tensor(): Promise<Job> {
  const tables = openTables();
  const path = join(folder, 'numbers.parquet');
  const database = await Database.create({ tempFolder: folder });
  const list = Array.from({ length: Number(values.columns) }, (_, i) => `random() * ${i + 1} AS c${i}`);
  await database.run(`COPY (SELECT ${list.join(', ')} FROM range(${values.rows})) TO '${path}' (FORMAT parquet)`);
  database.close();
  const open = await tables.open(await executed('data.parquet', { file: path }, { tables }));
  const names = open.columns.map(({ name }) => name);
  return () => timed(() => open.readAll(names));
}

const jobs: Readonly<Record<string, () => Promise<Job>>> = {
  'pipeline nodes': pipeline,
  'pipeline query': query,
  'preview nodes': preview,
  'preview query': previewQuery,
  'csv nodes': csv,
  'tensor nodes': tensor,
};

const job = await jobs[`${values.job} ${values.by}`]?.();
if (!job) throw new Error(`There is no job ${values.job} by ${values.by}.`);
const cpu = process.cpuUsage();
const samples: number[] = [];
const repeats = Number(values.repeats);
for (let repeat = repeats > 1 ? -1 : 0; repeat < repeats; repeat++) {
  const seconds = await job(repeat);
  if (repeat >= 0) samples.push(seconds);
}
const { user, system } = process.cpuUsage(cpu);
const middle = samples.sort((a, b) => a - b)[Math.floor(samples.length / 2)] ?? Number.NaN;
rmSync(folder, { recursive: true, force: true });
console.log(JSON.stringify({ seconds: middle, cpu: (user + system) / 1e6 / samples.length }));
process.exit(0);
