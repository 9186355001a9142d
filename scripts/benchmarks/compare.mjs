import { run } from '../processes.mjs';

/**
 * @typedef {{ name: string, command: string, args: string[], env?: Record<string, string> }} Contender
 * @typedef {{ seconds: number, cpu: number, cold?: number }} Sample
 * @typedef {{ name: string, first: Sample[], second: Sample[] }} Series
 * @typedef {{ series: Series[], sameAgain: number, isValid: boolean, bounds: readonly [number, number] }} Comparison
 */

/** By how much an A/A ratio may miss 1: beyond that the machine was too restless to compare anything. */
const usualTolerance = 0.1;

/**
 * Runs a contender as a process of its own; its last line of JSON is what it measured.
 * @param {Contender} contender
 * @returns {Promise<any>}
 */
export async function measure({ name, command, args, env = {} }) {
  const { code, output } = await run(command, args, { env });
  const line = output.split('\n').findLast((text) => text.startsWith('{'));
  if (code !== 0 || !line) throw new Error(`${name} failed:\n${output}`);
  return JSON.parse(line);
}

/**
 * Runs contenders forwards and backwards in every round. The first one runs once more as a contender of its own: how
 * far its ratio to itself is from 1 says how restless the machine was (A/A).
 * @param {readonly Contender[]} contenders the first is the one the others are compared with
 * @param {number} rounds
 * @param {(contender: Contender) => Promise<Sample>} measure
 * @returns {Promise<Comparison>}
 */
export async function compare(contenders, rounds, measure) {
  const all = [...contenders, ...contenders.slice(0, 1)];
  const series = all.map(({ name }) => ({
    name,
    first: /** @type {Sample[]} */ ([]),
    second: /** @type {Sample[]} */ ([]),
  }));
  for (let round = 0; round < rounds; round++) {
    for (const [i, contender] of all.entries()) series[i]?.first.push(await measure(contender));
    for (const [i, contender] of [...all.entries()].reverse()) series[i]?.second.push(await measure(contender));
    process.stderr.write(`round ${round + 1} of ${rounds}\r`);
  }
  const [own] = series;
  const again = series.pop();
  const sameAgain = own && again ? median(roundRatios(again, own)) : Number.NaN;
  return judge({ series, sameAgain }, usualTolerance);
}

/**
 * Judges a comparison by another tolerance of its A/A ratio.
 * @param {Pick<Comparison, 'series' | 'sameAgain'>} comparison
 * @param {number} tolerance
 * @returns {Comparison}
 */
export function judge({ series, sameAgain }, tolerance) {
  return { series, sameAgain, isValid: Math.abs(sameAgain - 1) <= tolerance, bounds: [1 - tolerance, 1 + tolerance] };
}

/** @param {Comparison} comparison */
export function formatTable({ series, sameAgain, isValid, bounds }) {
  const [own] = series;
  const ownCpu = own ? medianCpu(own) : Number.NaN;
  const rows = series.map((one) => {
    const all = [...one.first, ...one.second];
    const best = Math.min(...all.map(({ seconds }) => seconds));
    return [
      one.name,
      best.toFixed(3),
      median(all.map(({ seconds }) => seconds)).toFixed(3),
      medianCpu(one).toFixed(3),
      own ? (best / Math.min(...[...own.first, ...own.second].map(({ seconds }) => seconds))).toFixed(2) : '',
      own ? median(roundRatios(one, own)).toFixed(2) : '',
      (medianCpu(one) / ownCpu).toFixed(2),
    ];
  });
  const header = ['', 'best s', 'median s', 'median CPU s', 'ratio of best', 'median of round ratios', 'ratio of CPU'];
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width, i) => (i === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  const verdict = isValid ? '' : ` VOID: outside ${bounds.join('–')}`;
  return [line(header), rule, ...rows.map(line), `A/A ratio ${sameAgain.toFixed(3)}${verdict}`].join('\n');
}

/** @param {Series} one */
function medianCpu({ first, second }) {
  return median([...first, ...second].map(({ cpu }) => cpu));
}

/** How many times as long the peer took, round by round. @param {Series} peer @param {Series} own */
function roundRatios(peer, own) {
  return own.first.map((sample, i) => {
    const ours = sample.seconds + (own.second[i]?.seconds ?? 0);
    return ((peer.first[i]?.seconds ?? 0) + (peer.second[i]?.seconds ?? 0)) / ours;
  });
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
