import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../src/shared/contributions';
import { run, signedIn, until, type Signed } from './explorer';

const list = { path: /\/data\/connections$/ };
const one = { path: /\/data\/connections\/[^/]+$/ };

describe('secrets that a service repeats', () => {
  let signed: Signed;
  let secret: string;
  let folder: string;
  let tellTruth: () => void;
  const { showSaveDialog } = vscode.window;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'secrets-'));
    signed = await signedIn({ connections: 2, datasets: 1 });
    secret = signed.sample.credentials('cja').secrets.clientSecret;
    assert.ok(secret.length > 8);
    const repeated = `x ${secret.toUpperCase()} ${Buffer.from(`id:${secret}`).toString('base64')}`;
    const rewrite = (body: string): string =>
      body.replaceAll(
        /"name":"[^"]*"/g,
        () => `"name":"${repeated}","webhookSecret":{"content":["canary",1]}`,
      );
    signed.sample.inject({ match: list, rewrite });
    tellTruth = signed.sample.inject({ match: one, rewrite });
  });
  after(async () => {
    Object.assign(vscode.window, { showSaveDialog });
    rmSync(folder, { recursive: true, maxRetries: 5 });
    await signed.end();
  });

  function assertMasked(text: string): void {
    assert.ok(!text.toLowerCase().includes(secret.toLowerCase()), text);
    assert.ok(!text.includes(Buffer.from(secret).toString('base64').slice(0, 12)), text);
    assert.match(text, /x \*\*\* \*\*\*/);
  }

  it('are masked in names, in copied text, and in answers to language models', async () => {
    const [connection] = await signed.api.children();
    assert.ok(connection);
    assertMasked(connection.label);
    await run(commands.copyName, connection.path);
    assertMasked(await vscode.env.clipboard.readText());
    const input = { input: { id: connection.id }, toolInvocationToken: undefined };
    for (const tool of ['connectionsExplorer_listConnections', 'connectionsExplorer_getConnection']) {
      const { content } = await vscode.lm.invokeTool(
        tool,
        tool === 'connectionsExplorer_listConnections' ? { ...input, input: {} } : input,
      );
      assertMasked(
        content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join(),
      );
    }
  });

  it('are masked in snapshots, as are values with secret names, and not in the raw JSON', async () => {
    const [connection] = await signed.api.children();
    assert.ok(connection);
    const file = join(folder, 'snapshot.json');
    Object.assign(vscode.window, { showSaveDialog: () => Promise.resolve(vscode.Uri.file(file)) });
    void run(commands.saveSnapshot, connection.path);
    const written = (): string => {
      try {
        return readFileSync(file, 'utf8');
      } catch {
        return '';
      }
    };
    await until(() => written().endsWith('}\n'), 'the snapshot is written');
    assertMasked(written());
    assert.doesNotMatch(written(), /canary/);
    assert.match(await signed.api.read(connection.path), new RegExp(secret, 'i'));
  });

  it('are masked in errors, and placeholders stay', async () => {
    const message = `key ${secret} (${encodeURIComponent(`"${secret}/`)}): send 'Authorization: Bearer <YOUR_API_KEY>'`;
    const body = { errorCode: 'x', errorDescription: message, message };
    tellTruth();
    const mend = signed.sample.inject({ match: one, status: 400, body });
    const [connection] = await signed.api.children();
    try {
      await assert.rejects(signed.api.read(connection?.path ?? ''), (error: Error) => {
        assert.ok(!error.message.includes(secret), error.message);
        assert.match(error.message, /key \*\*\* \(.*\): send 'Authorization: Bearer <YOUR_API_KEY>'/);
        return true;
      });
    } finally {
      mend();
    }
  });
});
