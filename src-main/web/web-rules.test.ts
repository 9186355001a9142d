import { symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secretOutside, TestSite, TestSocket } from './test-site';

let site: TestSite;
beforeAll(async () => {
  site = await TestSite.start();
});
afterAll(() => site.stop());

describe('the address', () => {
  it('is this machine, a free port and a token of 256 bits behind the #', () => {
    expect(site.server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}$/);
  });

  it('is not reached from the network', async () => {
    const outside = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    const addresses = outside.filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of addresses) expect(await canConnect(address, site.server.port)).toBe(false);
    expect(await canConnect('127.0.0.1', site.server.port)).toBe(true);
  });

  it('is another one at every start', async () => {
    const other = await TestSite.start();
    expect(other.token).not.toBe(site.token);
    await other.stop();
  });
});

describe('the page', () => {
  it('comes with every header that keeps others out, and a nonce for once', async () => {
    const [first, second] = [await site.ask('/'), await site.ask('/')];
    const nonce = /nonce="([^"]+)"/.exec(first.text)?.[1];
    expect(first.status).toBe(200);
    expect(first.headers['content-security-policy']).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; font-src 'self'; worker-src 'self'; ` +
        "img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(first.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(second.text).not.toContain(String(nonce));
  });

  it('allows no other origin anything', async () => {
    for (const reply of [await site.ask('/'), await site.ask('/', { method: 'OPTIONS' })]) {
      expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('serves its files with their types, and nothing else', async () => {
    const file = await site.ask('/assets/a-1.js');
    expect(file.status).toBe(200);
    expect(file.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect((await site.ask('/assets/b.js')).status).toBe(404);
    expect((await site.ask('/assets')).status).toBe(404);
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..\\secret.txt',
    '/..%5csecret.txt',
    '//secret.txt',
    '/%00',
    '/%zz',
    '/assets/%2e%2e/%2e%2e/secret.txt',
  ])('does not leave its folder for %s', async (path) => {
    const { status, text } = await site.ask(path);
    expect(status).toBe(404);
    expect(text).not.toContain(secretOutside);
  });

  it('does not follow a link out of its folder', async () => {
    await symlink(join(site.pages, '../secret.txt'), join(site.pages, 'assets/link.txt'));
    expect((await site.ask('/assets/link.txt')).status).toBe(404);
    await writeFile(join(site.pages, 'assets/inside.txt'), 'ours');
    await symlink(join(site.pages, 'assets/inside.txt'), join(site.pages, 'assets/inner-link.txt'));
    expect((await site.ask('/assets/inner-link.txt')).text).toBe('ours');
  });

  it('changes nothing by being read, and takes nothing else', async () => {
    expect((await site.ask('/', { method: 'HEAD' })).text).toBe('');
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      expect((await site.ask('/', { method, headers: { origin: site.origin } })).status).toBe(405);
    }
    expect(site.host.asked).toEqual([]);
  });
});

/** What a browser sends for somebody else's page. */
const foreign: readonly (readonly [string, Record<string, string | undefined>])[] = [
  ['a name that leads here (DNS rebinding)', { host: 'attacker.example' }],
  ['such a name with our port', { host: 'attacker.example:PORT', origin: 'http://attacker.example:PORT' }],
  ['our address without a port', { host: '127.0.0.1' }],
  ['our address with another port', { host: '127.0.0.1:1' }],
  ['another address of this machine', { host: '127.0.0.2:PORT' }],
  ['an address that only begins like ours', { host: '127.0.0.1:PORT.attacker.example' }],
  ['another site', { origin: 'https://attacker.example' }],
  ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
  ['our address over another scheme', { origin: 'https://127.0.0.1:PORT' }],
  ['the other name of this machine', { origin: 'http://localhost:PORT' }],
  ['a sandboxed frame or a local file', { origin: 'null' }],
  ['a site, by what the browser says of it', { 'sec-fetch-site': 'cross-site' }],
];

function withPort(headers: Record<string, string | undefined>): Record<string, string> {
  const known = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(known.map(([name, value]) => [name, value.replace('PORT', String(site.server.port))]));
}

describe.each(foreign)('%s', (_who, headers) => {
  it('gets no page', async () => {
    expect((await site.ask('/', { headers: withPort(headers) })).status).toBe(403);
  });

  it('cannot swap the token', async () => {
    const reply = await site.swapToken(site.token, withPort(headers));
    expect(reply.status).toBe(403);
    expect(reply.headers['set-cookie']).toBeUndefined();
  });

  it('opens no socket, even with everything else right', async () => {
    expect(await site.connect('page-0001', { headers: withPort(headers) })).toBe(403);
  });
});

describe('a program that sends no Origin', () => {
  it('may read the page and nothing more', async () => {
    expect((await site.ask('/')).status).toBe(200);
    const json = { 'content-type': 'application/json' };
    const body = JSON.stringify({ token: site.token });
    expect((await site.ask('/session', { method: 'POST', headers: json, body })).status).toBe(403);
    const { cookie, key } = await site.openSession();
    const url = `${site.origin.replace('http', 'ws')}/socket?page=page-0001&key=${key}`;
    expect(await TestSocket.open(url, { cookie })).toBe(403);
  });
});

describe('the session', () => {
  it('begins with the token, as often as there are tabs', async () => {
    for (let tab = 0; tab < 3; tab++) {
      const reply = await site.swapToken(site.token);
      expect(reply.status).toBe(200);
      expect(String(reply.headers['set-cookie'])).toMatch(/; HttpOnly; SameSite=Strict$/);
    }
  });

  it('is also had by the name localhost', async () => {
    const host = `localhost:${site.server.port}`;
    expect((await site.swapToken(site.token, { host, origin: `http://${host}` })).status).toBe(200);
  });

  it.each(['', 'a', 'A'.repeat(43), 'A'.repeat(150)])('does not begin with the token “%s”', async (token) => {
    const reply = await site.swapToken(token);
    expect(reply.status).toBe(401);
    expect(reply.headers['set-cookie']).toBeUndefined();
  });

  it('takes JSON and no form, which any page may send', async () => {
    expect((await site.swapToken(site.token, { 'content-type': 'text/plain' })).status).toBe(415);
    const headers = { origin: site.origin, 'content-type': 'application/json' };
    for (const body of ['', '{', '[]', '{"token":1}', JSON.stringify({ token: site.token, more: 1 })]) {
      expect((await site.ask('/session', { method: 'POST', headers, body })).status).toBe(401);
    }
    expect((await site.ask('/session', { method: 'POST', headers, body: ' '.repeat(10_000) })).status).toBe(413);
  });

  it('says whether it is known, for pages whose socket was refused', async () => {
    const { cookie, key } = await site.openSession();
    const status = async (headers: Record<string, string>) => (await site.ask('/session', { headers })).status;
    expect(await status({ cookie, 'x-modelyard-key': key })).toBe(204);
    expect(await status({ cookie })).toBe(401);
    expect(await status({ 'x-modelyard-key': key })).toBe(401);
  });
});

describe('the socket', () => {
  it('opens for the page that has cookie and key', async () => {
    const socket = await site.connect('page-0002');
    expect(socket).toBeInstanceOf(TestSocket);
  });

  it('does not open without the cookie, or with one of another start', async () => {
    const other = await TestSite.start();
    const { cookie } = await other.openSession();
    await other.stop();
    const renamed = cookie.replace(/^[^=]+/, `modelyard-${site.server.port}`);
    for (const wrong of [undefined, '', cookie, renamed, 'modelyard=x']) {
      expect(await site.connect('page-0003', { headers: { cookie: wrong } })).toBe(401);
    }
  });

  it('does not open for a server on another port that the browser gave our cookie', async () => {
    // It has the cookie, and as a program it can write any header; the key never leaves our page's own port.
    for (const key of ['', 'A'.repeat(43)]) expect(await site.connect('page-0004', { key })).toBe(401);
  });

  it('is at one address only', async () => {
    const { cookie, key } = await site.openSession();
    const open = (path: string) =>
      TestSocket.open(`${site.origin.replace('http', 'ws')}${path}key=${key}`, { origin: site.origin, cookie });
    expect(await open('/?page=page-0005&')).toBe(404);
    expect(await open('/socket?')).toBe(404);
    expect(await open('/socket?page=../../x&')).toBe(404);
  });
});

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
