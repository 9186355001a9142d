import { statSync, utimesSync } from 'node:fs';
import { link, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { YardDocument } from '../../src-shared/document/document';
import { bundledPath } from '../files/bundled';
import { EngineService } from './engine-service';
import type { FromEngine, RequestName, Requests, ToEngine } from './messages';
import { openTestLook, type TestLook } from './preview/test-look';

/** More of the large file, which makes reading all of it last. */
const copies = ['large-2.csv', 'large-3.csv'];

let look: TestLook;
beforeAll(async () => {
  look = await openTestLook();
  const line = `${'0.123456789,'.repeat(19)}word\n`;
  const header = `${Array.from({ length: 20 }, (_, i) => `c${i}`).join(',')}\n`;
  await writeFile(join(look.folder, 'large.csv'), header + line.repeat(300_000));
  for (const name of copies) await link(join(look.folder, 'large.csv'), join(look.folder, name));
  await writeFile(join(look.folder, 'small.csv'), 'x,y\n1,a\n2,b\n');
  // Files that have just been written are not remembered yet.
  for (const name of ['large.csv', 'small.csv']) utimesSync(join(look.folder, name), 1_700_000_000, 1_700_000_000);
});
afterAll(() => look.close());

/** A look engine in this process: asks, and the answers in the order in which they come. */
function openService() {
  const answered: number[] = [];
  const waiting = new Map<number, (message: FromEngine) => void>();
  const service = new EngineService(
    'look',
    async () => look.parts,
    (message) => {
      if (message.type !== 'answer' && message.type !== 'refused') return;
      answered.push(message.id);
      waiting.get(message.id)?.(message);
    },
  );
  const ask = <N extends RequestName>(id: number, type: N, more: Omit<Requests[N]['ask'], 'base' | 'name'>) => {
    const answer = new Promise<FromEngine>((resolve) => waiting.set(id, resolve));
    // `type` and the ask belong together by the signature.
    service.receive({ type, id, ask: { base: look.folder, name: 'a.yard', ...more } } as unknown as ToEngine);
    return answer;
  };
  return { answered, ask, cancel: (id: number) => service.receive({ type: 'cancel', id }) };
}

function documentOf(...files: readonly string[]): YardDocument {
  const nodes = files.map((file, i) => {
    const node = { kind: 'data.csv', version: 1, name: `file_${i}`, params: { file }, position: [0, 0] as const };
    return [`n${i}`, node] as const;
  });
  const rest = { edges: {}, notes: {}, groups: {}, flows: {} };
  return { format: 'modelyard', version: 1, settings: { seed: 1 }, nodes: Object.fromEntries(nodes), ...rest };
}

/** The answer to a probe. */
function probed(message: FromEngine): Requests['probe']['answer'] {
  if (message.type !== 'answer' || !('facts' in message.answer)) throw new Error(JSON.stringify(message));
  return message.answer;
}

describe('an engine that looks', () => {
  it('says at once what the start of a large file shows, and other sources where one is missing', async () => {
    const { ask } = openService();
    expect(statSync(join(look.folder, 'large.csv')).size).toBeGreaterThan(60_000_000);
    const document = documentOf('large.csv', 'gone.csv', 'small.csv');
    const { facts, problems, contents } = probed(await ask(1, 'probe', { document, quick: true }));
    expect(facts.n0).toMatchObject({ exact: false });
    expect(facts.n0?.columns.map(({ type }) => type.kind)).toEqual([...new Array(19).fill('float'), 'string']);
    expect(facts.n2?.columns.map(({ name }) => name)).toEqual(['x', 'y']);
    expect(problems).toMatchObject([{ code: 'file-not-found', node: 'file_1', param: 'file' }]);
    expect(contents).toEqual({});
  });

  it('leaves out quickly what only a whole large file can tell', async () => {
    const { ask } = openService();
    const params = { images: bundledPath('mnist/train-images'), labels: bundledPath('mnist/train-labels') };
    const images = { kind: 'data.idx', version: 1, name: 'images', params, position: [0, 0] as const };
    const document = { ...documentOf(), nodes: { n0: images } };
    expect(probed(await ask(1, 'probe', { document, quick: true }))).toMatchObject({ facts: {}, problems: [] });
    expect(probed(await ask(2, 'probe', { document })).facts.n0).toMatchObject({ rows: 60_000, exact: true });
  });

  it('answers quick asks and previews of other files while a large one is read through', async () => {
    const { answered, ask } = openService();
    const exact = ask(1, 'probe', { document: documentOf('large.csv', ...copies) });
    const quick = ask(2, 'probe', { document: documentOf('large.csv'), quick: true });
    const page = { node: 'n0', port: 'table', offset: 0, limit: 5 };
    const preview = ask(3, 'preview', { document: documentOf('small.csv'), ...page });
    expect(await preview).toMatchObject({ type: 'answer', answer: { kind: 'table', total: 2 } });
    await Promise.all([exact, quick]);
    expect(answered.at(-1)).toBe(1);
    expect(probed(await exact).facts.n0).toMatchObject({ exact: true, rows: 300_000 });
    const again = probed(await ask(4, 'probe', { document: documentOf('large.csv'), quick: true }));
    expect(again.facts.n0).toMatchObject({ exact: true, rows: 300_000 });
    expect(again.contents['large.csv']).toMatch(/^sha256:/);
  });

  it('stops a query that nobody waits for, and goes on with the next', async () => {
    const { ask, cancel } = openService();
    const document: YardDocument = {
      ...documentOf('large.csv'),
      nodes: { n0: { ...documentOf('large.csv').nodes.n0, params: { file: 'large.csv', nullTexts: 'none' } } as never },
    };
    const stopped = ask(1, 'probe', { document });
    cancel(1);
    expect(await stopped).toMatchObject({ type: 'refused', problem: { code: 'request-cancelled' } });
    expect(probed(await ask(2, 'probe', { document })).facts.n0).toMatchObject({ exact: true });
  });
});
