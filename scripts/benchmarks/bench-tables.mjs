import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { cacheFolder } from '../cache-folder.mjs';
import { run } from '../processes.mjs';
import { root } from '../project.mjs';
import { bundleBenchmark, ourContender } from './bundle-benchmark.mjs';
import { compare, formatTable, measure, median } from './compare.mjs';

const archive = 'vega-datasets@3.2.1';

/**
 * Tables: six nodes over three million flights beside one query written by hand, a preview beside its query, a CSV file
 * that is larger than the memory it may take, and columns as float32 beside DuckDB's own Python client.
 * @param {readonly string[]} args
 */
export async function bench(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '3' },
      jobs: { type: 'string', default: 'pipeline,preview,csv,tensor' },
      csv: { type: 'string', default: '1000' },
    },
  });
  const ours = await bundleBenchmark('tables-modelyard');
  const jobs = values.jobs.split(',');
  const file = jobs.some((job) => job === 'pipeline' || job === 'preview') ? await flights() : undefined;
  let isValid = true;
  for (const job of jobs) {
    if ((job === 'pipeline' || job === 'preview') && file) {
      isValid = (await besideQuery(ours, { job, file, rounds: Number(values.rounds) })) && isValid;
    }
    if (job === 'csv') await besideUnlimited(ours, Number(values.csv));
    if (job === 'tensor') isValid = (await tensors(ours, Number(values.rounds))) && isValid;
  }
  return isValid ? 0 : 1;
}

/** @param {string} ours @param {{ job: string, file: string, rounds: number }} options */
async function besideQuery(ours, { job, file, rounds }) {
  const contender = (/** @type {string} */ by) => ourContender(ours, ['--job', job, '--by', by, '--file', file], by);
  const result = await compare(['nodes', 'query'].map(contender), rounds, measure);
  process.stdout.write(`\n${job}, 3 million rows, ${rounds} rounds\n${formatTable(result)}\n`);
  return result.isValid;
}

/** @param {string} ours @param {number} megabytes */
async function besideUnlimited(ours, megabytes) {
  const folder = mkdtempSync(join(tmpdir(), 'modelyard-bench-'));
  try {
    const file = await writeCsv(join(folder, 'large.csv'), megabytes);
    const rows = [];
    for (const memory of ['16GB', '512MB']) {
      const args = ['--job', 'csv', '--file', file, '--memory', memory, '--repeats', '1'];
      const found = [];
      for (let round = 0; round < 3; round++) {
        found.push((await measure(ourContender(ours, args))).seconds);
      }
      rows.push(found.sort((a, b) => a - b)[1] ?? Number.NaN);
    }
    const [free = Number.NaN, limited = Number.NaN] = rows;
    process.stdout.write(
      `\nCSV, ${(statSync(file).size / 1e9).toFixed(2)} GB, read into a table and grouped, median of 3\n` +
        '| memory | s | ratio |\n|---|--:|--:|\n' +
        `| unlimited | ${free.toFixed(2)} | |\n| 512 MB | ${limited.toFixed(2)} | ${(limited / free).toFixed(2)} |\n`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const tensorRows = 3_000_000;
const tensorColumns = 16;

/** A table in memory as float32, beside DuckDB's own Python client. @param {string} ours @param {number} rounds */
async function tensors(ours, rounds) {
  const size = ['--rows', String(tensorRows), '--columns', String(tensorColumns), '--repeats', '7'];
  const contenders = [ourContender(ours, ['--job', 'tensor', ...size]), ...duckdbInPython(size)];
  const result = await compare(contenders, rounds, measure);
  const gigabytes = (tensorRows * tensorColumns * 4) / 1e9;
  const speeds = result.series.map(({ name, first, second }) => {
    const times = [...first, ...second].map(({ seconds }) => seconds);
    return `${name} ${(gigabytes / median(times)).toFixed(2)} (best ${(gigabytes / Math.min(...times)).toFixed(2)})`;
  });
  process.stdout.write(
    `\n${tensorRows / 1e6} million rows of ${tensorColumns} numbers as float32, ${rounds} rounds\n${formatTable(result)}\n` +
      `GB of tensor a second: ${speeds.join(', ')}\n`,
  );
  return result.isValid;
}

/** @param {string[]} size */
function duckdbInPython(size) {
  const python = join(cacheFolder(), 'peers-duckdb/bin/python');
  if (!existsSync(python)) {
    process.stdout.write('DuckDB in Python is left out: it is not installed (node scripts/install-oracles.mjs).\n');
    return [];
  }
  const script = join(root, 'scripts/benchmarks/tables_duckdb.py');
  return ['arrow', 'numpy'].map((by) => ({
    name: `duckdb ${by}`,
    command: python,
    args: [script, '--by', by, ...size],
  }));
}

/** Three million flights: in the archive of a package, which is fetched once into the cache. */
async function flights() {
  const folder = join(cacheFolder(), 'bench-data');
  const file = join(folder, 'package/data/flights-3m.parquet');
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const packed = await run('npm', ['pack', archive, '--silent', '--ignore-scripts'], { cwd: folder });
  const name = packed.output.trim().split('\n').at(-1) ?? '';
  if (packed.code === 0) await run('tar', ['xzf', name, 'package/data/flights-3m.parquet'], { cwd: folder });
  if (existsSync(file)) return file;
  process.stdout.write(`The flights are left out: ${archive} could not be fetched.\n`);
  return undefined;
}

/** @param {string} path @param {number} megabytes */
async function writeCsv(path, megabytes) {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const numbers = Array.from({ length: 7 }, (_, i) => `random() * ${10 ** i} AS x${i}`).join(', ');
  // About 135 bytes a row.
  const rows = Math.round((megabytes * 1e6) / 135);
  await connection.run(
    `COPY (SELECT ${numbers}, 'kind ' || (random() * 50)::INT AS kind FROM range(${rows})) TO '${path}' (FORMAT csv)`,
  );
  instance.closeSync();
  return path;
}
