import { once } from 'node:events';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectNoInsides, expectRefusal } from '../fixtures/clear-refusal';
import { childrenOf, type Disk, isRunning, mountDisk, peakMemory } from '../fixtures/machine';
import { Modelyard, planOf, readEvents } from '../fixtures/modelyard';
import { digitsYard, flowersCsv, tableYard } from '../fixtures/pipelines';

const modelyard = new Modelyard();
const flowers = modelyard.path('flowers.yard');
const digits = modelyard.path('digits.yard');
writeFileSync(modelyard.path('flowers.csv'), flowersCsv());
writeFileSync(flowers, tableYard('flowers.csv', { target: 'kind' }));
writeFileSync(digits, digitsYard());
afterAll(() => modelyard.close());

describe.sequential('a small disk', () => {
  const folder = modelyard.path('disk');
  const large = ['--set', 'digits.limit=30000', '--store', folder];
  let disk: Disk | undefined;
  beforeAll(() => {
    disk = mountDisk(folder, 1);
  });
  afterAll(() => {
    disk?.unmount();
  });

  it('that is full fails the step, and what was finished stays', async ({ skip }) => {
    if (!disk) skip();
    expect((await modelyard.run('run', flowers, '--store', folder)).code).toBe(0);
    const says = ['digits: There is no space left', folder, 'Free some space'];
    await expectRefusal(modelyard, { args: ['run', digits, ...large], code: 1, says });
    const { code, events } = await modelyard.events('run', flowers, '--store', folder);
    expect(code).toBe(0);
    expect(['csv', 'train', 'test'].map((node) => planOf(events, node))).toEqual(['cached', 'cached', 'cached']);
  });

  it('that is read-only can be looked at, and says what is wrong with running', async ({ skip }) => {
    if (!disk?.setReadOnly()) skip();
    const says = [folder, 'read-only', 'can be written to'];
    await expectRefusal(modelyard, { args: ['run', flowers, '--store', folder], code: 1, says });
    expect((await modelyard.run('check', flowers, '--store', folder)).code).toBe(0);
    const to = ['--to', `${folder}/deep/bundle`];
    await expectRefusal(modelyard, { args: ['export', flowers, ...to], code: 1, says: ['export: ', ...says] });
  });
});

describe('a folder that is none', () => {
  it.concurrent.each([
    ['run', 'flowers.csv'],
    ['run', 'flowers.csv/store'],
    ['check', 'flowers.csv/store'],
  ])('is told of by %s in %s', async (command, store) => {
    const says = ['flowers.csv', 'is not a folder'];
    await expectRefusal(modelyard, { args: [command, flowers, '--store', store], code: 1, says });
    expect(readFileSync(modelyard.path('flowers.csv'), 'utf8')).toBe(flowersCsv());
  });
});

describe('an export into a folder with something else', () => {
  it('is refused before anything runs, and nothing is touched', async () => {
    mkdirSync(modelyard.path('letters'));
    writeFileSync(modelyard.path('letters', 'diary.txt'), 'mine');
    const says = [modelyard.path('letters'), 'not an export', 'Choose another folder'];
    await expectRefusal(modelyard, { args: ['export', flowers, '--to', 'letters'], code: 2, says });
    expect(readdirSync(modelyard.path('letters'))).toEqual(['diary.txt']);
    expect(readFileSync(modelyard.path('letters', 'diary.txt'), 'utf8')).toBe('mine');
  });
});

describe('serving', () => {
  it('says that the port is taken, before it trains or exports', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = String((server.address() as AddressInfo).port);
    const says = [`Port ${port}`, 'in use', '--port'];
    await expectRefusal(modelyard, { args: ['serve', flowers, '--port', port], code: 1, says });
    server.close();
  });

  it.each(['abc', '99999'])('refuses the port %s', async (port) => {
    await expectRefusal(modelyard, { args: ['serve', flowers, `--port=${port}`], code: 2, says: [port, '65535'] });
  });

  it('refuses a folder that is no bundle', async () => {
    await expectRefusal(modelyard, { args: ['serve', '.'], code: 2, says: ['no bundle', 'export'] });
  });
});

describe('a machine without the native library', () => {
  const cache = modelyard.path('no cache');
  const bare = new Modelyard({ MODELYARD_LIBTENSORFLOW: '/nowhere', XDG_CACHE_HOME: cache });
  const portable = new Modelyard({ MODELYARD_RUNNER: 'tfjs', XDG_CACHE_HOME: cache });
  const unknown = new Modelyard({ MODELYARD_RUNNER: 'abacus' });
  afterAll(() => [bare, portable, unknown].map((each) => each.close()));

  it('says what it runs on and why', async () => {
    const says = ["TensorFlow's library is not on this machine", '/nowhere', 'doctor'];
    await expectRefusal(bare, { args: ['run', flowers], code: 0, says, isWarning: true });
    const { events } = await bare.events('run', flowers);
    expect(events[0]?.backend).toMatch(/^tfjs/);
  });

  it('trains with the portable runtime', async () => {
    const { code, events, ...rest } = await portable.events('run', flowers);
    expect(code).toBe(0);
    expectNoInsides({ code, ...rest });
    expect(events[0]?.backend).toMatch(/^tfjs .*(wasm|cpu)/);
    expect(events.some(({ type }) => type === 'report')).toBe(true);
  });

  it('refuses a runtime nobody knows', async () => {
    const says = ['“abacus”', 'libtensorflow, tfjs-node, tfjs'];
    await expectRefusal(unknown, { args: ['run', flowers], code: 1, says });
  });
});

describe.sequential('a run that is stopped', () => {
  const long = [digits, '--set', 'train.epochs=60', '--to', 'train', '--store', modelyard.path('stopped')];

  it('by Ctrl+C ends with 130 and goes on where it was', async () => {
    const { child, done, output } = modelyard.start('run', ...long, '--json');
    await until(child.stdout, output, '"checkpoint-saved"');
    child.kill('SIGINT');
    const { code, out } = await done;
    expect(code).toBe(130);
    expect(readEvents(out).at(-1)).toMatchObject({ type: 'run-finished', state: 'cancelled' });
    const again = await modelyard.events('run', ...long);
    expect(again.code).toBe(0);
    const epochs = again.events.filter(({ type }) => type === 'epoch-finished').map(({ epoch }) => Number(epoch));
    expect(epochs[0]).toBeGreaterThan(1);
    expect(epochs.at(-1)).toBe(60);
  });

  it('by killing the command leaves no engine behind, and the store is whole', async ({ skip }) => {
    if (process.platform !== 'linux') skip();
    const endless = [...long, '--set', 'train.epochs=5000'];
    const { child, done, output } = modelyard.start('run', ...endless, '--json');
    await until(child.stdout, output, '"training-progress"');
    const engines = childrenOf(child.pid ?? 0);
    expect(engines.length).toBeGreaterThan(0);
    child.kill('SIGKILL');
    await done;
    await expect.poll(() => engines.filter(isRunning), { timeout: 5_000 }).toEqual([]);
    const { events } = await modelyard.events('run', ...long);
    expect(planOf(events, 'digits')).toBe('cached');
    expect(planOf(events, 'train')).toBe('cached');
  });
});

describe('two runs on one store at once', () => {
  it('both finish, and the third has nothing to do', async () => {
    const args = ['run', digits, '--to', 'test', '--store', modelyard.path('shared')];
    const [first, second] = await Promise.all([modelyard.run(...args), modelyard.run(...args)]);
    expect([first?.code, second?.code], `${first?.out}\n${second?.out}`).toEqual([0, 0]);
    const { out } = await modelyard.run(...args);
    expect(out).toContain('Nothing has changed');
  });
});

describe('a large CSV file', () => {
  const isLong = process.env.MODELYARD_LONG_TESTS === '1';
  const megabytes = isLong ? 1024 : 150;

  it('is read in bounded memory', { timeout: 600_000 }, async ({ skip }) => {
    if (process.platform !== 'linux') skip();
    console.info(`Large CSV: ${megabytes} MB${isLong ? '' : '; MODELYARD_LONG_TESTS=1 takes 1 GB'}.`);
    const rows = flowersCsv(70_000).slice('length,width,kind\n'.length);
    writeFileSync(modelyard.path('large.csv'), 'length,width,kind\n');
    const pieces = Math.ceil((megabytes * 2 ** 20) / rows.length);
    for (let piece = 0; piece < pieces; piece++) appendFileSync(modelyard.path('large.csv'), rows);
    writeFileSync(modelyard.path('large.yard'), tableYard('large.csv', { target: 'kind' }));
    const { child, done } = modelyard.start('check', 'large.yard');
    let peak = 0;
    const watch = setInterval(() => {
      for (const pid of childrenOf(child.pid ?? 0)) peak = Math.max(peak, peakMemory(pid));
    }, 50);
    const { code, out } = await done;
    clearInterval(watch);
    expect(code, out).toBe(0);
    expect(out).toContain(`${(pieces * 70_000).toLocaleString('en')} rows`);
    expect(peak).toBeGreaterThan(0);
    expect(peak).toBeLessThan(800 * 2 ** 20);
  });
});

/** Waits until the output holds a text. */
async function until(stdout: NodeJS.ReadableStream | null, output: () => string, text: string): Promise<void> {
  while (!output().includes(text)) {
    if (!stdout) throw new Error('The command has no output.');
    await once(stdout, 'data');
  }
}
