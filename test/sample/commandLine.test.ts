import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { it } from 'node:test';
import { at } from './signedIn';

function start(...args: readonly string[]): ChildProcessWithoutNullStreams {
  // From out/sample/, where the bundle of this test stands.
  return spawn(process.execPath, [join(__dirname, '../../dist/sample.js'), ...args]);
}

it('serves, tells the credentials of every service, and ends with the pipe that its starter holds', async () => {
  const program = start('--connections', '1', '--lifetime', '30');
  const [output] = (await once(program.stdout, 'data')) as [Buffer];
  const account: unknown = JSON.parse(output.toString());
  const reply = await fetch(`${String(at(account, 'origin'))}/data/connections`);
  assert.equal(reply.status, 403);
  for (const service of ['cja', 'datadog', 'krenalis', 'immuta']) {
    assert.equal(typeof at(account, service, 'settings', 'endpoint'), 'string', service);
    assert.ok(Object.keys(Object(at(account, service, 'secrets')) as object).length > 0, service);
  }
  program.stdin.end();
  assert.deepEqual(await once(program, 'exit'), [0, null]);
});

it('ends by itself, and when it is told to', async () => {
  assert.deepEqual(await once(start('--lifetime', '1'), 'exit'), [0, null]);
  const program = start();
  await once(program.stdout, 'data');
  program.kill('SIGTERM');
  assert.deepEqual(await once(program, 'exit'), [0, null]);
});

it('explains arguments that are wrong', async () => {
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
