import { afterEach, describe, expect, it } from 'vitest';
import type { HostAnswer } from '../../src-shared/shell-link';
import { closeCodes } from './page-link';
import { TestSite, type TestSocket } from './test-site';

let site: TestSite;
afterEach(() => site.stop());

async function open(page: string): Promise<TestSocket> {
  const socket = await site.connect(page);
  if (typeof socket === 'number') throw new Error(`The socket was refused (${socket}).`);
  return socket;
}

/** An answer that a test gives when it likes. */
function lateAnswer() {
  let give: (answer: HostAnswer) => void = () => undefined;
  const answer = new Promise<HostAnswer>((resolve) => {
    give = resolve;
  });
  return { answer, give };
}

describe('a page', () => {
  it('asks and is answered by id', async () => {
    site = await TestSite.start();
    const page = await open('page-0001');
    page.ask(1, 'app:info');
    page.ask(2, 'document:open', { path: '/a' });
    expect(await page.take(2)).toEqual([
      { id: 1, answer: { ok: true, value: 'app:info' } },
      { id: 2, answer: { ok: true, value: 'document:open' } },
    ]);
    expect(site.host.asked).toEqual([
      { name: 'app:info', ask: {} },
      { name: 'document:open', ask: { path: '/a' } },
    ]);
  });

  it('is told what nobody asked for', async () => {
    site = await TestSite.start();
    const page = await open('page-0001');
    site.host.clients[0]?.emit('document:changedOutside', { id: 'd', isMissing: true });
    expect(await page.take(1)).toEqual([{ event: 'document:changedOutside', payload: { id: 'd', isMissing: true } }]);
  });

  it('opens the file that the host was started with, the first page alone', async () => {
    site = await TestSite.start({ open: ['/a.yard'] });
    const first = await open('page-0001');
    expect(await first.take(1)).toEqual([{ event: 'app:open', payload: { paths: ['/a.yard'] } }]);
    const second = await open('page-0002');
    second.ask(1, 'app:info');
    expect(await second.take(1)).toEqual([{ id: 1, answer: { ok: true, value: 'app:info' } }]);
  });
});

describe('a page that sends what is no request', () => {
  it.each([
    '{',
    'null',
    '[]',
    '{"id":1}',
    '{"id":"1","name":"app:info","ask":{}}',
    '{"id":1,"name":"a","ask":{},"x":1}',
  ])('is closed for %s', async (frame) => {
    site = await TestSite.start();
    const page = await open('page-0001');
    page.socket.send(frame);
    expect(await page.closed()).toBe(closeCodes.badFrame);
    expect(site.host.asked).toEqual([]);
  });

  it('is closed for bytes', async () => {
    site = await TestSite.start();
    const page = await open('page-0001');
    page.socket.send(Buffer.from('{"id":1,"name":"app:info","ask":{}}'), { binary: true });
    expect(await page.closed()).toBe(closeCodes.badFrame);
  });

  it('is closed for more than any ask has, before it is read', async () => {
    site = await TestSite.start();
    const page = await open('page-0001');
    page.socket.send('x'.repeat(128 * 2 ** 20 + 1));
    expect(await page.closed()).toBe(1009);
    expect(site.host.asked).toEqual([]);
  });
});

describe('the connection of a page', () => {
  it('loses nothing when its connection breaks, and has nothing done twice', async () => {
    site = await TestSite.start();
    const { answer, give } = lateAnswer();
    site.host.answer = () => answer;
    const before = await open('page-0001');
    before.ask(1, 'run:start');
    await expect.poll(() => site.host.asked.length).toBe(1);
    before.break();
    await before.closed();
    site.host.clients[0]?.emit('document:changedOutside', { id: 'd', isMissing: false });
    const after = await open('page-0001');
    after.ask(1, 'run:start');
    after.ask(2, 'app:info');
    await expect.poll(() => site.host.asked.length).toBe(2);
    give({ ok: true, value: 'once' });
    expect(await after.take(3)).toEqual([
      { event: 'document:changedOutside', payload: { id: 'd', isMissing: false } },
      { id: 1, answer: { ok: true, value: 'once' } },
      { id: 2, answer: { ok: true, value: 'once' } },
    ]);
    expect(site.host.asked.map(({ name }) => name)).toEqual(['run:start', 'app:info']);
    expect(site.host.clients.length).toBe(1);
  });

  it('lets it go when it does not come back', async () => {
    site = await TestSite.start({ graceMs: 20 });
    const gone = new Promise<void>((resolve) => {
      site.host.onGone = resolve;
    });
    const page = await open('page-0001');
    page.break();
    await gone;
    expect(site.host.gone).toEqual(['page-0001']);
  });

  it('keeps it while it is away for a moment', async () => {
    site = await TestSite.start({ graceMs: 60_000 });
    const before = await open('page-0001');
    before.break();
    await before.closed();
    const after = await open('page-0001');
    after.ask(1, 'app:info');
    await after.take(1);
    expect(site.host.gone).toEqual([]);
  });

  it('gives its place to a newer one', async () => {
    site = await TestSite.start();
    const before = await open('page-0001');
    const replaced = before.closed();
    await open('page-0001');
    expect(await replaced).toBe(closeCodes.replaced);
  });

  it('says that the host ends', async () => {
    site = await TestSite.start();
    const page = await open('page-0001');
    const closed = page.closed();
    await site.server.close();
    expect(await closed).toBe(closeCodes.goingAway);
    site = await TestSite.start();
  });
});
