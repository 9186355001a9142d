import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { build } from '../../../scripts/build.mjs';
import { cacheFolder } from '../../../scripts/cache-folder.mjs';
import { realFs } from '../../files/fs-port';
import { checkConfig } from './check-config';
import { act, deploy } from './deploy';
import { lepton } from './lepton';
import { testOptions, writeTestBundle } from './test-bundle';
import { TestLepton } from './test-lepton';
import { openVerifiedBundle } from './verified-bundle';

const python = join(cacheFolder(), 'oracles-lepton', 'bin', 'python');
const hasOracle = existsSync(python);
if (!hasOracle) console.log('skipped: requests are checked by the leptonai package, which is not on this machine');

test.skipIf(!hasOracle)('every body is understood whole by the types of the leptonai package', async () => {
  await build(['out/server.mjs']);
  const bundle = await openVerifiedBundle(realFs, await writeTestBundle());
  const cloud = new TestLepton('canary-token');
  await cloud.listen();
  const scratch = mkdtempSync(join(tmpdir(), 'oracle-'));
  try {
    const { config = {} } = checkConfig(lepton, { nodeGroup: 'group-1', maxReplicas: 2 });
    const url = `http://127.0.0.1:${cloud.port}/api/v2/workspaces/test`;
    const { options } = testOptions(scratch, { LEPTON_WORKSPACE_URL: url, LEPTON_WORKSPACE_TOKEN: 'canary-token' });
    await deploy({ target: lepton, config, bundle }, options);
    await act({ target: lepton, config, bundle, action: 'stop' }, options);
    const sent = cloud.requests.flatMap(({ path, json }) => {
      if (json === undefined || path.startsWith('/live')) return [];
      return [{ type: path.endsWith('/usersecrets') ? 'secrets' : 'deployment', body: json }];
    });
    expect(sent.map(({ type }) => type)).toEqual(['secrets', 'deployment', 'deployment']);
    const script = 'src-main/exports/targets/oracle/check_bodies.py';
    const { status, stdout, stderr } = spawnSync(python, [script], { input: JSON.stringify(sent), encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    // Types drop what they do not know: what comes back is all that was sent.
    expect(JSON.parse(stdout)).toEqual(sent.map(({ body }) => body));
  } finally {
    await cloud.close();
    rmSync(scratch, { recursive: true });
    rmSync(join(bundle.folder, '..'), { recursive: true });
  }
});
