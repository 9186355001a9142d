import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NodeId, Params, YardDocument } from '../../../src-shared/document/document';
import type { ClassificationReport } from '../../../src-shared/runs/values';
import { classesOf } from '../../../src-shared/types/signature';
import { answerRequest } from '../answer-request';
import { blobsOf, encodeValue } from '../store/value-files';
import { openTestLook, type TestLook } from './test-look';

let look: TestLook;
let at: ReturnType<TestLook['example']>;

/** Runs a document up to its test, in this process, on whatever runtime there is. */
async function run(document: YardDocument): Promise<void> {
  const parts = await look.open('run');
  const options = { signal: new AbortController().signal, onEvent: () => undefined };
  const to = document.nodes[nodeOf('evaluate.')]?.name ?? '';
  const outcome = await answerRequest(parts, { type: 'run', ask: { ...at, document, to } }, options);
  expect(outcome).toMatchObject({ state: 'done' });
  await parts.tables.close();
}

const nodeOf = (group: string): NodeId => {
  const found = Object.entries(at.document.nodes).find(([, { kind }]) => kind.startsWith(group));
  return found?.[0] ?? '';
};

function withParams(document: YardDocument, id: NodeId, params: Params): YardDocument {
  const node = document.nodes[id];
  if (!node) throw new Error(`There is no node ${id}.`);
  return { ...document, nodes: { ...document.nodes, [id]: { ...node, params: { ...node.params, ...params } } } };
}

beforeAll(async () => {
  look = await openTestLook();
  at = look.example('penguins.yard');
  at = { ...at, document: withParams(at.document, nodeOf('train.'), { epochs: 4 }) };
  await run(at.document);
});
afterAll(() => look.close());

async function reportOf(document: YardDocument) {
  const preview = await look.preview({ ...at, document }, { node: nodeOf('evaluate.'), port: 'report' });
  if (preview.kind !== 'report' || preview.report.kind !== 'classification') throw new Error(JSON.stringify(preview));
  return { ...preview, report: preview.report };
}

describe('results of a run', () => {
  it('are shown without one: the report, and the weights of the model', async () => {
    const { report, stale } = await reportOf(at.document);
    expect(stale).toBeUndefined();
    expect(report.classes).toEqual(['Adelie', 'Chinstrap', 'Gentoo']);
    const model = await look.preview(at, { node: nodeOf('train.'), port: 'model' });
    if (model.kind !== 'model') throw new Error(JSON.stringify(model));
    expect(model.outputs.map(classesOf)).toEqual([report.classes]);
    const counted = model.weights.map(({ shape, histogram }) => {
      const bars = histogram.kind === 'ranges' ? histogram.counts : [];
      return [shape.reduce((product, size) => product * size, 1), bars.reduce((sum, count) => sum + count, 0)] as const;
    });
    for (const [size, bars] of counted) expect(bars).toBe(size);
    expect(counted.reduce((sum, [size]) => sum + size, 0)).toBe(model.parameters);
    for (const { min, mean, max } of model.weights)
      expect([min, mean, max]).toEqual([min, mean, max].sort((a, b) => a - b));
  });

  it('are marked where the document has changed since, and not when it is as it was', async () => {
    const changed = withParams(at.document, nodeOf('train.'), { epochs: 5 });
    expect(await reportOf(changed)).toMatchObject({ stale: true, run: expect.stringMatching(/^r-/) });
    const seen = withParams(at.document, nodeOf('train.'), { epochs: 4 });
    expect((await reportOf(seen)).stale).toBeUndefined();
    const moved = { ...at.document.nodes };
    const id = nodeOf('evaluate.');
    moved[id] = { ...(moved[id] as NonNullable<(typeof moved)[string]>), name: 'renamed', position: [1, 1] };
    expect((await reportOf({ ...at.document, nodes: moved })).stale).toBeUndefined();
  });
});

describe('the rows behind a report', () => {
  const cellsOf = ({ confusion, classes }: ClassificationReport) =>
    classes.flatMap((truth, i) => classes.map((predicted, j) => ({ truth, predicted, count: confusion[i]?.[j] ?? 0 })));

  it('are as many in each cell as the confusion matrix says, with their values', async () => {
    const { report } = await reportOf(at.document);
    const node = nodeOf('evaluate.');
    const seen = new Set<number>();
    for (const { truth, predicted, count } of cellsOf(report)) {
      const { rows, total } = await look.examples(at, { node, truth, predicted, limit: 1000 });
      expect([total, rows.length]).toEqual([count, count]);
      for (const row of rows) {
        expect(row).toMatchObject({ truth, predicted, features: { species: truth } });
        seen.add(row.row);
      }
    }
    expect(seen.size).toBe(report.rows);
    const page = await look.examples(at, { node, offset: 2, limit: 3 });
    expect(page).toMatchObject({ offset: 2, total: report.rows });
    expect(page.rows).toHaveLength(3);
  });

  it('agree with the mistakes that the report shows', async () => {
    const { report } = await reportOf(at.document);
    const { rows } = await look.examples(at, { node: nodeOf('evaluate.'), limit: 1000 });
    for (const { row, truth, predicted, probability } of report.mistakes) {
      const found = rows.find((other) => other.row === row);
      expect(found).toMatchObject({ truth, predicted });
      expect(found?.probability).toBeCloseTo(probability, 6);
    }
  });

  it('are those of the run that made the report, also when the document has changed', async () => {
    const changed = withParams(at.document, nodeOf('train.'), { epochs: 6 });
    const { rows } = await look.examples({ ...at, document: changed }, { node: nodeOf('evaluate.'), limit: 5 });
    for (const { truth, features } of rows) expect(features?.species).toBe(truth);
  });

  it('are protected with the report that names them', async () => {
    const { report } = await reportOf(at.document);
    expect(blobsOf(encodeValue('report', report))).toEqual([report.judged?.blob]);
  });
});

describe('the residuals of a regression', () => {
  it('are given for every row, and agree with the report', async () => {
    const [split, train, last] = [nodeOf('prepare.split'), nodeOf('train.'), 'n8'];
    let document = withParams(at.document, split, { by: 'random', target: ['body_mass_g'] });
    document = withParams(document, last, { units: 1, activation: 'linear' });
    document = withParams(document, train, { loss: 'meanSquaredError' });
    const cleaned = withParams(document, nodeOf('prepare.clean'), { missing: 'drop' });
    await run(cleaned);
    const ask = { node: nodeOf('evaluate.'), limit: 1000 };
    const { rows, residuals = [] } = await look.examples({ ...at, document: cleaned }, ask);
    const preview = await look.preview({ ...at, document: cleaned }, { ...ask, port: 'report' });
    const report = preview.kind === 'report' && preview.report.kind === 'regression' ? preview.report : undefined;
    expect(residuals.map(({ row }) => row)).toEqual(rows.map(({ row }) => row));
    expect(residuals).toHaveLength(report?.rows ?? -1);
    const errors = residuals.map(({ truth, predicted }) => Math.abs(truth - predicted));
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeCloseTo(report?.mae ?? 0, 1);
    for (const { truth, features } of rows) expect(features?.body_mass_g).toBe(truth);
  });
});
