import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import childProcess, { type ExecFileOptions } from 'node:child_process';
import { homedir } from 'node:os';
import { beforeEach, describe, it, mock } from 'node:test';
import fc from 'fast-check';
import {
  readSecretSources,
  resolveSecrets,
  type SecretSources,
} from '../../../../src/features/accounts/secretSources';
import { sourceNameIn, sourceReference } from '../../../../src/features/accounts/secretEntry';
import { HttpError } from '../../../../src/core/http/errors';
import { readUserSetting } from '../../../../src/ui/configuration';

const CANARY = 'canary-of-a-secret';

/** A command that runs a script of Node, which may print and end as it likes. */
const node = (script: string, ...args: readonly string[]): { readonly command: readonly string[] } => ({
  command: [process.execPath, '-e', script, ...args],
});

function resolve(
  secrets: Readonly<Record<string, string>>,
  sources: unknown,
  more: { readonly environment?: NodeJS.ProcessEnv; readonly maxCommandMs?: number } = {},
): Promise<Readonly<Record<string, string>>> {
  return resolveSecrets(secrets, { sources: readSecretSources(sources), environment: process.env, ...more });
}

/** The failure of the only secret, which comes from that source. */
async function failure(source: unknown, more: Parameters<typeof resolve>[2] = {}): Promise<HttpError> {
  const failed = await resolve({ key: '${source:it}' }, { it: source }, more).catch(
    (error: unknown) => error,
  );
  assert.ok(failed instanceof HttpError, String(failed));
  assert.deepEqual([failed.kind, failed.wrongField, failed.blamesAccount], ['authentication', 'key', true]);
  assert.ok(![failed.message, failed.advice].join().includes(CANARY));
  return failed;
}

describe('The sources of secrets', () => {
  beforeEach(() => {
    editor.reset();
  });

  it('are those of the user, whatever a workspace sets', () => {
    const mine = { mine: { environmentVariable: 'MINE' } };
    editor.workspaceSettings.set('connectionsExplorer.secretSources', { theirs: node('') });
    assert.equal(readUserSetting('secretSources'), undefined);
    editor.settings.set('connectionsExplorer.secretSources', mine);
    assert.deepEqual(readUserSetting('secretSources'), mine);
  });

  it('are a variable or a command, and not neither or both', () => {
    const command = ['op', 'read', ''];
    const all = {
      ...{ 'a.b-c_1': { environmentVariable: 'A' }, run: { command } },
      ...{ both: { environmentVariable: 'A', command }, none: {}, more: { command, shell: true } },
      ...{
        text: 'A',
        list: [],
        empty: { command: [] },
        nameless: { command: ['', 'read'] },
        number: { command: [1] },
      },
      ...{ 'a b': { environmentVariable: 'A' }, assignment: { environmentVariable: 'A=B' } },
      ...{ nul: { command: ['a\0b'] }, line: { command: 'rm -rf /' } },
    };
    assert.deepEqual(
      [...readSecretSources(all)],
      [
        ['a.b-c_1', { environmentVariable: 'A' }],
        ['run', { command }],
      ],
    );
    const isSound = (sources: SecretSources): boolean =>
      [...sources].every(([name]) => sourceNameIn(sourceReference(name)) === name);
    fc.assert(fc.property(fc.anything(), (value) => isSound(readSecretSources(value))));
  });

  it('are found by a reference only, and other secrets stay unchanged', async () => {
    const secrets = { a: '${source:x', b: 'x${source:x}', c: '${env:PATH}', d: '$(id)' };
    assert.deepEqual(await resolve(secrets, { x: node('process.exit(1)') }), secrets);
  });
});

describe('A secret of an environment variable', () => {
  it('is its value, without surrounding spaces', async () => {
    const secrets = { key: '${source:it}', other: 'typed' };
    const environment = { MINE: `  ${CANARY}\n` };
    assert.deepEqual(await resolve(secrets, { it: { environmentVariable: 'MINE' } }, { environment }), {
      ...{ key: CANARY, other: 'typed' },
    });
  });

  it('is missing if the variable is not set, or empty', async () => {
    for (const environment of [{}, { MINE: '' }, { MINE: ' ' }]) {
      const { message } = await failure({ environmentVariable: 'MINE' }, { environment });
      assert.equal(message, 'The environment variable MINE is not set.');
    }
  });
});

describe('A secret of a command', () => {
  it('is the first line with text that it prints', async () => {
    const print = `process.stdout.write('\\r\\n  ${CANARY} \\r\\nmore')`;
    assert.deepEqual(await resolve({ key: '${source:it}' }, { it: node(print) }), { key: CANARY });
    const utf16 = `process.stdout.write(Buffer.from('\\uFEFF${CANARY}\\r\\n', 'utf16le'))`;
    assert.deepEqual(await resolve({ key: '${source:it}' }, { it: node(utf16) }), { key: CANARY });
  });

  it('is requested without a shell, outside the workspace, without input', async () => {
    const print = `let given = ''; process.stdin.on('data', (part) => given += part).on('end', () =>
      console.log(JSON.stringify([process.argv[1], process.cwd(), given])))`;
    const { key = '' } = await resolve(
      { key: '${source:it}' },
      { it: node(print, '$HOME; `id` && echo "*"') },
    );
    assert.deepEqual(JSON.parse(key), ['$HOME; `id` && echo "*"', homedir(), '']);
  });

  it('opens no console window on Windows', async () => {
    const start = mock.method(childProcess, 'execFile');
    await resolve({ key: '${source:it}' }, { it: node('console.log(1)') });
    start.mock.restore();
    const [call] = start.mock.calls;
    const [, , options] = call?.arguments ?? assert.fail();
    assert.equal((options as ExecFileOptions | undefined)?.windowsHide, true);
  });

  it('is requested once for an account that needs it twice', async () => {
    const { a, b } = await resolve(
      { a: '${source:it}', b: '${source:it}' },
      { it: node('console.log(process.pid)') },
    );
    assert.ok(a !== undefined && a === b);
  });

  it('is missing if the command fails, whatever it prints', async () => {
    const { message, advice } = await failure(
      node(`console.log('${CANARY}'); console.error('${CANARY}'); process.exit(3)`),
    );
    assert.equal(message, 'The command of the secret source "it" failed with exit code 3.');
    assert.equal(advice, 'Run the command in a terminal to see why, or correct the setting.');
  });

  it('is missing if it prints nothing, or no text', async () => {
    for (const script of [
      '',
      'console.log("\\n \\n")',
      'process.stdout.write(Buffer.from([255, 216, 255]))',
    ]) {
      const { message } = await failure(node(script));
      assert.equal(message, 'The command of the secret source "it" printed no text.');
    }
  });

  it('is missing if the command does not end in time, and ends it', async () => {
    const stuck = node(`console.log('${CANARY}'); setInterval(() => {}, 1000)`);
    const { message } = await failure(stuck, { maxCommandMs: 500 });
    assert.equal(message, 'The command of the secret source "it" did not end within 0.5 s.');
  });

  it('is missing if it prints endlessly', async () => {
    const endless = node(`const more = () => process.stdout.write('${CANARY}'.repeat(999), more); more()`);
    const { message } = await failure(endless);
    assert.equal(message, 'The command of the secret source "it" printed more than 65536 bytes.');
  });

  it('is missing if there is no such program, or no such source', async () => {
    const { message } = await failure({ command: ['no-such-program-of-ours', CANARY] });
    assert.equal(message, 'The command of the secret source "it" could not be run: ENOENT.');
    const missing = await failure('invalid');
    assert.equal(
      missing.message,
      'The user setting connectionsExplorer.secretSources has no valid source "it".',
    );
  });
});
