import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder } from '../cache-folder.mjs';
import { root } from '../project.mjs';
import { bundleBenchmark, ourContender } from './bundle-benchmark.mjs';
import { compare, formatTable, measure, median } from './compare.mjs';

const nodes = 2000;

/**
 * What a node costs that does nothing: graphs of 2,000 of them through the engine (types, keys, plan, journal, events,
 * store) beside Dask's threaded scheduler, then runs of graphs whose results are there already.
 * @param {readonly string[]} args
 */
export async function bench(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '3' },
      graphs: { type: 'string', default: 'wide,chain,layered' },
    },
  });
  const ours = await bundleBenchmark('schedule-modelyard');
  let isValid = true;
  for (const graph of values.graphs.split(',')) {
    const contenders = [ourContender(ours, ['--graph', graph, '--nodes', String(nodes)]), ...dask(graph)];
    const result = await compare(contenders, Number(values.rounds), measure);
    process.stdout.write(`\n${graph}, ${nodes} nodes, ${values.rounds} rounds\n${formatTable(result)}\n`);
    process.stdout.write(`First run of a process: ${firstRuns(result).join(', ')}\n`);
    isValid &&= result.isValid;
  }
  await reruns(ours);
  return isValid ? 0 : 1;
}

/** What each took where nothing was warm. @param {import('./compare.mjs').Comparison} result */
function firstRuns({ series }) {
  return series.map(({ name, first, second }) => {
    const times = [...first, ...second].map(({ cold = Number.NaN }) => cold);
    return `${name} ${median(times).toFixed(3)} s`;
  });
}

/** @param {string} graph */
function dask(graph) {
  const python = join(cacheFolder(), 'peers-dask/bin/python');
  if (!existsSync(python)) {
    process.stdout.write('Dask is left out: it is not installed (node scripts/install-oracles.mjs).\n');
    return [];
  }
  const script = join(root, 'scripts/benchmarks/schedule_dask.py');
  return ['get', 'delayed'].map((by) => {
    return { name: `dask ${by}`, command: python, args: [script, '--graph', graph, '--interface', by] };
  });
}

/** What a run costs that finds everything done, and one where a single node changed. @param {string} ours */
async function reruns(ours) {
  const rows = [];
  for (const graph of ['wide', 'chain', 'layered']) {
    for (const job of ['again', 'leaf']) {
      const args = ['--graph', graph, '--nodes', '1000', '--job', job];
      const { seconds, fixed, ran } = await measure(ourContender(ours, args));
      const perNode = (seconds / 1000) * 1000;
      rows.push(`| ${graph} | ${job} | ${ran} | ${perNode.toFixed(3)} | ${(fixed * 1000).toFixed(1)} |`);
    }
  }
  const head = '| 1000 nodes | run | nodes that ran | ms a node | run of one node ms |\n|---|---|--:|--:|--:|';
  process.stdout.write(`\n${head}\n${rows.join('\n')}\n`);
}
