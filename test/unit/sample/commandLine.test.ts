import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { it } from 'node:test';
import { root } from '../../scripts/lib/paths';
import { SERVICE_IDS } from '../../support/service';
import { at } from './signedIn';

function start(...args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [join(root, 'dist/sample.js'), ...args]);
}

it('serves, prints the credentials of every service, and ends with the pipe of its parent', async () => {
  const program = start('--connections', '1', '--lifetime', '30');
  const [output] = (await once(program.stdout, 'data')) as [Buffer];
  const account: unknown = JSON.parse(output.toString());
  const reply = await fetch(`${String(at(account, 'origin'))}/data/connections`);
  assert.equal(reply.status, 403);
  for (const service of SERVICE_IDS) {
    assert.equal(typeof at(account, service, 'settings', 'endpoint'), 'string', service);
    assert.ok(Object.keys(Object(at(account, service, 'secrets')) as object).length > 0, service);
  }
  program.stdin.end();
  assert.deepEqual(await once(program, 'exit'), [0, null]);
});

it('pages in the requested envelope', async () => {
  for (const [flags, connections, dataViews] of [
    [[], 'lastPage', 'lastPage'],
    [['--spring'], 'last', 'last'],
    [['--mixed'], 'lastPage', 'last'],
  ] as const) {
    const program = start('--connections', '1', '--rate', '0', '--lifetime', '30', ...flags);
    const [output] = (await once(program.stdout, 'data')) as [Buffer];
    const printed: unknown = JSON.parse(output.toString());
    const origin = String(at(printed, 'origin'));
    const { clientId, orgId } = at(printed, 'cja', 'settings') as Readonly<Record<string, string>>;
    const form = { client_id: clientId ?? '', grant_type: 'client_credentials', scope: 'openid' };
    const client_secret = String(at(printed, 'cja', 'secrets', 'clientSecret'));
    const body = new URLSearchParams({ ...form, client_secret });
    const token: unknown = await (await fetch(`${origin}/ims/token/v3`, { method: 'POST', body })).json();
    const headers = {
      authorization: `Bearer ${String(at(token, 'access_token'))}`,
      'x-api-key': clientId ?? '',
      'x-gw-ims-org-id': orgId ?? '',
    };
    const json = async (path: string): Promise<unknown> => (await fetch(origin + path, { headers })).json();
    assert.equal(typeof at(await json('/data/connections'), connections), 'boolean', flags.join());
    assert.equal(typeof at(await json('/data/dataviews'), dataViews), 'boolean', flags.join());
    program.stdin.end();
    await once(program, 'exit');
  }
});

it('ends by itself, and on request', async () => {
  assert.deepEqual(await once(start('--lifetime', '1'), 'exit'), [0, null]);
  const program = start();
  await once(program.stdout, 'data');
  program.kill('SIGTERM');
  assert.deepEqual(await once(program, 'exit'), [0, null]);
});

it('explains wrong arguments', async () => {
  for (const [args, problem] of [
    [['--prot', '1'], /--prot/],
    [['--port', '70000'], /--port takes a whole number from 0 to 65535, not '70000'/],
    [['--rate', '-1'], /--rate/],
  ] as const) {
    const program = start(...args);
    let text = '';
    program.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const [code] = (await once(program, 'close')) as [number];
    assert.equal(code, 2);
    assert.match(text, problem);
    assert.match(text, /--connections N/);
  }
});
