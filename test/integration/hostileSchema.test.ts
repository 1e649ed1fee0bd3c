import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../src/shared/contributions';
import {
  draftScheme,
  previewScheme,
  serviceJsonFolder,
  serviceJsonLanguage,
} from '../../src/shared/identifiers';
import { run, signedIn, until, type Signed } from './explorer';
import { firstSignIn, immuta } from './services';

/** What users have set, or may: all but the first make VS Code's own JSON of our documents, whose `$schema` it follows. */
const associations: readonly Readonly<Record<string, string>>[] = [
  {},
  { '*.json': 'jsonc' },
  { '*.json': 'json', '*.jsonc': 'json' },
  { '*': 'json' },
  { '**/*.json': 'json' },
  { '*.json': 'snippets' },
  { [`/${serviceJsonFolder}/**`]: 'jsonc', 'snapshot.*': 'json' },
  { '**/before/*': 'jsonc', '**/after/*': 'jsonc', '*.json': 'json' },
];
/** Milliseconds within which VS Code has started its own JSON. */
const START_MS = 60_000;
const execute = vscode.commands.executeCommand;

describe('JSON that names a schema', function () {
  this.timeout(2 * START_MS);
  let signed: Signed;
  let server: Server;
  let folder: string;
  let paths: readonly [string, string];
  const asked: string[] = [];
  // VS Code requests each address once, and a test may be repeated.
  let round = 0;
  const dialog = vscode.window.showSaveDialog;
  const files = vscode.workspace.getConfiguration('files');

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'schema-'));
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    signed = await signedIn({ connections: 16 }, firstSignIn(immuta));
    const active = (await signed.api.children()).filter(({ status }) => status?.word === 'ACTIVE');
    const [one, other] = active;
    assert.ok(one && other);
    paths = [one.path, other.path];
  });
  beforeEach(() => {
    asked.length = 0;
  });
  after(async () => {
    Object.assign(vscode.window, { showSaveDialog: dialog });
    await files.update('associations', undefined, vscode.ConfigurationTarget.Global);
    rmSync(folder, { recursive: true, maxRetries: 5 });
    server.close();
    await signed.end();
  });
  afterEach(async () => {
    for (const { uri, isDirty } of vscode.workspace.textDocuments)
      if (isDirty && uri.scheme === draftScheme) {
        await vscode.window.showTextDocument(uri);
        await execute('workbench.action.revertAndCloseActiveEditor');
      }
    await execute('workbench.action.closeAllEditors');
    await until(() => vscode.window.visibleTextEditors.length === 0, 'all editors are closed');
  });

  function address(name: string): string {
    const { port } = server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/${name}.json`;
  }

  /** Does something in a column of its own: VS Code looks into the documents that are seen. */
  async function beside(work: () => PromiseLike<unknown>): Promise<void> {
    await execute('workbench.action.newGroupRight');
    await work();
  }

  /** Shows a file of the user, which VS Code takes for its own JSON, and waits until it follows the reference in it. */
  async function showControl(name: string): Promise<void> {
    const file = join(folder, `${name}.code-workspace.json`);
    writeFileSync(file, JSON.stringify({ $schema: address(name) }));
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
    await beside(() => vscode.window.showTextDocument(document));
    await until(() => asked.includes(`/${name}.json`), `the schema of ${name} is fetched`, START_MS);
  }

  async function showSnapshot(): Promise<void> {
    const uri = vscode.Uri.file(join(folder, 'snapshot.json'));
    Object.assign(vscode.window, { showSaveDialog: () => Promise.resolve(uri) });
    void run(commands.saveSnapshot, paths[0]);
    const isWritten = async (): Promise<boolean> =>
      vscode.workspace.fs.readFile(uri).then(
        (content) => Buffer.from(content).toString().endsWith('}\n'),
        () => false,
      );
    await until(isWritten, 'the snapshot is written');
    await vscode.window.showTextDocument(uri, { preview: false });
  }

  /** Opens a document of an action, changes it in one column, and compares it in another. */
  async function showDraft(): Promise<void> {
    await run(commands.edit, paths[0]);
    const { document } = vscode.window.activeTextEditor ?? assert.fail();
    const found = /"authenticationType": "\w*"/.exec(document.getText()) ?? assert.fail();
    const [start, end] = [found.index, found.index + found[0].length].map((at) => document.positionAt(at));
    assert.ok(start && end);
    const change = new vscode.WorkspaceEdit();
    change.replace(document.uri, new vscode.Range(start, end), '"authenticationType": "Other"');
    await vscode.workspace.applyEdit(change);
    await execute('workbench.action.splitEditor');
    // It ends when the comparison is answered.
    void run(commands.sendDraft);
    const previews = (): number =>
      vscode.window.visibleTextEditors.filter(({ document: { uri } }) => uri.scheme === previewScheme).length;
    await until(() => previews() === 2, 'the changes are shown');
  }

  async function showAll(): Promise<void> {
    await run(commands.openJson, paths[0]);
    await beside(() => run(commands.compare, ...paths));
    await beside(showSnapshot);
    await beside(showDraft);
  }

  for (const [at, setting] of associations.entries()) {
    it(`makes VS Code fetch nothing from its address: ${JSON.stringify(setting)}`, async () => {
      await files.update('associations', setting, vscode.ConfigurationTarget.Global);
      round++;
      const planted = address(`planted${round}`);
      const mend = signed.sample.inject({
        match: { path: /^\/api\/connections\/[^/]+$/ },
        change: (json) => ({ $schema: planted, ...(json as object) }),
      });
      try {
        await showAll();
      } finally {
        mend();
      }
      const languages = vscode.window.visibleTextEditors
        .filter(({ document }) => document.getText().includes(planted))
        .map(({ document }) => document.languageId);
      assert.equal(languages.length, 6, 'a document, a snapshot, two comparisons of two sides');
      const followed = at === 0 ? [serviceJsonLanguage, 'json'] : Object.values(setting);
      assert.ok(
        languages.every((language) => followed.includes(language)),
        `they are of VS Code's own languages: ${languages.join(', ')}`,
      );
      await showControl(`control${round}`);
      assert.deepEqual(asked, [`/control${round}.json`]);
    });
  }

  it('makes VS Code fetch nothing when it is copied and pasted into a file', async () => {
    await files.update('associations', undefined, vscode.ConfigurationTarget.Global);
    const planted = address('pasted');
    const mend = signed.sample.inject({
      match: { path: /^\/api\/connections\/[^/]+$/ },
      change: (json) => ({ $schema: planted, ...(json as object) }),
    });
    try {
      await run(commands.copyJson, paths[0]);
    } finally {
      mend();
    }
    const text = await vscode.env.clipboard.readText();
    assert.ok(text.includes(planted));
    const file = join(folder, 'pasted.json');
    writeFileSync(file, text);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
    await beside(() => vscode.window.showTextDocument(document));
    assert.equal(document.languageId, 'json');
    await showControl('control-pasted');
    assert.deepEqual(asked, ['/control-pasted.json']);
  });
});
