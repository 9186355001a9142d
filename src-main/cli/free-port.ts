import { once } from 'node:events';
import { createServer } from 'node:net';
import { fail } from '../../src-shared/problem';
import { isDiskError } from '../files/fs-port';
import { readOptions } from '../serving/server-options';
import { asInput } from './wrong-input';

/**
 * Looks whether the server of a bundle will be able to listen, before any work is done for it.
 * @param port as it was given; absent where the server chooses
 * @throws WrongInput `port-invalid`; ProblemError `port-in-use`, `port-not-allowed`
 */
export async function requireFreePort(port: string | undefined, env: NodeJS.ProcessEnv): Promise<void> {
  if (port !== undefined && !/^\d{1,5}$/.test(port.trim())) await asInput(() => fail('port-invalid', { port }));
  if (Number(port ?? 0) > 65_535) await asInput(() => fail('port-invalid', { port: port ?? '' }));
  const wanted = readOptions(port === undefined ? [] : ['--port', port], env, '.');
  if (wanted === 'help') return;
  const server = createServer();
  try {
    server.listen(wanted.port, wanted.host);
    await once(server, 'listening');
    server.close();
  } catch (error) {
    if (!isDiskError(error)) throw error;
    const values = { port: wanted.port, host: wanted.host, code: error.code ?? '' };
    fail(error.code === 'EADDRINUSE' ? 'port-in-use' : 'port-not-allowed', values);
  }
}
