import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ApiResource } from '../../src/api';
import { commands, settings, settingsSection } from '../../src/shared/contributions';
import { stateIcons } from '../../src/shared/status';
import { completions, describeDocument, hints, hoverText, open, shown, withSetting } from './editors';
import { first, run, signedIn, until, type Signed } from './explorer';

/** An id of the service's form that no account has. */
const unknown = 'dg_00000000-0000-4000-8000-000000000000';

describe('in editors', () => {
  let signed: Signed;
  let connection: ApiResource;
  let other: ApiResource;
  let dataset: ApiResource;

  before(async () => {
    signed = await signedIn({ connections: 6, datasets: 2 });
    const rows = (await signed.api.children()).filter(({ kind }) => kind === 'connection');
    [connection, other] = [rows[0] ?? assert.fail(), rows[1] ?? assert.fail()];
    dataset = first(await signed.api.children(connection.path), 'dataset');
  });
  after(() => signed.end());
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const short = (id: string): string => id.replace('dg_', '');

  describe('a hover', () => {
    for (const language of ['json', 'sql', 'python', 'plaintext', 'markdown']) {
      it(`describes the resource of an ID (${language})`, async () => {
        const text = await hoverText(await open(`x "${connection.id}" y`, language), 0, 10);
        assert.ok(text.includes(shown(connection.label)), text);
        assert.match(text, /Adobe Customer Journey Analytics &#183; Test/);
        assert.match(text, /Datasets&#58; 2/);
      });
    }

    it('shows account, status, contents and age, with links', async () => {
      await signed.api.children(connection.path);
      const text = await hoverText(await open(connection.id, 'plaintext'), 0, 3);
      const { state, word } = connection.status ?? assert.fail();
      assert.match(text, /\$\(plug\) \*\*/);
      assert.match(text, /\$\(account\) Adobe Customer Journey Analytics &#183; Test/);
      assert.match(text, new RegExp(`\\$\\(${stateIcons[state]}\\) ${shown(word)}`));
      assert.match(text, /\$\(table\) Datasets&#58; 2/);
      assert.match(text, /\$\(history\) Last backfill&#58; /);
      const links = [...text.matchAll(/\[([^\]]+)\]\(command:([\w.]+)\?/g)].map(([, title]) => title);
      assert.deepEqual(links, ['Show Details', 'Reveal in Tree', 'Copy ID', 'Open in Browser']);
      const aged = await hoverText(await open(dataset.id, 'plaintext'), 0, 3);
      assert.match(aged, /\$\(calendar\) [^:]+&#58; [^\n]*(ago|yesterday|now|last|in )/);
    });

    it('recognizes the ID without its prefix, and datasets', async () => {
      const document = await open(`${short(connection.id)}\n${dataset.id}`, 'yaml');
      for (const [line, { label }] of [connection, dataset].entries()) {
        const hasHover = async (): Promise<boolean> =>
          (await hoverText(document, line, 3)).includes(shown(label));
        // The list is reloaded if the account is reported as changed once more.
        await signed.api.children(connection.path);
        await until(hasHover, () => `${label} in ${describeDocument(document)}`);
      }
    });

    it('requests nothing that is known', async () => {
      const document = await open(connection.id, 'plaintext');
      await hoverText(document, 0, 3);
      signed.sample.clearRequests();
      assert.match(await hoverText(document, 0, 3), /Last backfill/);
      assert.deepEqual(signed.sample.requests, []);
    });

    it('loads what is below a connection with one request', async () => {
      signed.sample.clearRequests();
      const text = await hoverText(await open(other.id, 'plaintext'), 0, 3);
      assert.match(text, /Datasets&#58; 2/);
      assert.match(text, /Last backfill/);
      assert.equal(signed.sample.requests.length, 1);
    });

    it('requests an unknown ID of the right form once, and never other words', async () => {
      signed.sample.clearRequests();
      const document = await open(`${unknown}\nhello_world_123\n${short(unknown)}`, 'plaintext');
      for (const line of [0, 1, 2, 0]) assert.equal(await hoverText(document, line, 5), '');
      const paths = signed.sample.requests.map(({ path }) => path);
      assert.deepEqual(paths, [`/data/connections/${unknown}`, `/data/connections/${short(unknown)}`]);
    });

    it('lists every account that has the ID, and no removed one', async () => {
      const second = await signed.api.accounts.add(
        { service: 'cja', name: 'Second', settings: { ...signed.sample.credentials('cja').settings } },
        { ...signed.sample.credentials('cja').secrets },
      );
      const document = await open(connection.id, 'plaintext');
      await signed.api.children(`account:${second.id}`);
      assert.match(await hoverText(document, 0, 3), /Test[^]*Second|Second[^]*Test/);
      await signed.api.accounts.remove(second.id);
      const text = await hoverText(document, 0, 3);
      assert.ok(text.includes('Test') && !text.includes('Second'), text);
    });
  });

  describe('the IDs of dimensions and metrics', () => {
    const city = 'variables/placeContext.geo.city';

    /** The data views of the first two connections, with their dimensions loaded. */
    async function loadDimensions(): Promise<readonly ApiResource[]> {
      const dataViews: ApiResource[] = [];
      for (const { path } of [connection, other]) {
        const group = first(await signed.api.children(path), 'group');
        const dataView = first(await signed.api.children(group.path), 'dataView');
        await signed.api.children(first(await signed.api.children(dataView.path), 'group').path);
        dataViews.push(dataView);
      }
      return dataViews;
    }

    it('are known once they are loaded, and never requested because of typing', async () => {
      signed.sample.clearRequests();
      const document = await open('{"d": "variables/place"}', 'json');
      await completions(document, 0, 22);
      await hoverText(await open(`x = "${city}"`, 'python'), 0, 12);
      const asked = signed.sample.requests.filter(({ path }) => /dimensions|metrics/.test(path));
      assert.deepEqual(asked, []);
    });

    it('are hovered with their data view, whatever key they have', async () => {
      const dataViews = await loadDimensions();
      signed.sample.clearRequests();
      for (const [text, language] of [
        [`x = "${city}"`, 'python'],
        [`dimension: ${city}`, 'yaml'],
      ] as const) {
        const hover = await hoverText(await open(text, language), 0, text.indexOf('geo'));
        assert.match(hover, /\*\*City\*\*/);
        assert.ok(
          dataViews.some(({ label }) => hover.includes(`in ${shown(label)} and 1 more`)),
          hover,
        );
      }
      // A data view that is loaded has only its lists below it, which take no request.
      await hoverText(await open(first(dataViews, 'dataView').id, 'plaintext'), 0, 3);
      assert.deepEqual(signed.sample.requests, []);
    });

    it('are completed by their beginning and by name, with their data view', async () => {
      const dataViews = await loadDimensions();
      signed.sample.clearRequests();
      for (const [text, language] of [
        ['{"d": "variables/place"}', 'json'],
        ['dimension: variables/place', 'yaml'],
        ['x = "Page N"', 'python'],
      ] as const) {
        const column = /(?:place|Page N)/.exec(text);
        const items = await completions(
          await open(text, language),
          0,
          (column?.index ?? 0) + (column?.[0].length ?? 0),
        );
        const item = items.find(
          ({ insertText }) => typeof insertText === 'string' && insertText.startsWith('variables/'),
        );
        assert.ok(item, text);
        const { description = '' } = item.label as vscode.CompletionItemLabel;
        assert.ok(
          dataViews.some(({ label }) => description.startsWith(`${label} +1 · `)),
          description,
        );
        assert.equal(item.kind, vscode.CompletionItemKind.Variable);
      }
      assert.deepEqual(signed.sample.requests, []);
    });
  });

  describe('completion', () => {
    it('offers an ID by the name, in strings', async () => {
      const word = connection.label.slice(0, 4);
      const items = await completions(await open(`x = "${word}"`, 'python'), 0, 5 + word.length);
      const item = items.find(({ insertText }) => insertText === connection.id);
      assert.ok(item, items.map(({ sortText }) => sortText).join(' '));
      const { description = '', label } = item.label as vscode.CompletionItemLabel;
      assert.equal(label, connection.label);
      assert.match(description, /^(?:prod|stage|dev) · Test$/);
      assert.match(item.detail ?? '', /Adobe Customer Journey Analytics · Test/);
      assert.equal(item.kind, vscode.CompletionItemKind.Reference);
    });

    for (const [language, text] of [
      ['json', '{"a": "dg_"}'],
      ['yaml', 'a: dg_'],
      ['sql', "SELECT 'dg_'"],
      ['javascript', 'f(`dg_`)'],
      ['go', 'x := "dg_"'],
      ['java', 'String a = "dg_";'],
      ['plaintext', 'dg_'],
    ] as const) {
      it(`offers IDs by their beginning (${language})`, async () => {
        const items = await completions(await open(text, language), 0, text.indexOf('dg_') + 3);
        assert.ok(items.some(({ insertText }) => insertText === connection.id));
      });
    }

    it('distinguishes datasets from connections by their icons', async () => {
      const items = await completions(await open(`"${dataset.id.slice(0, 8)}"`, 'json'), 0, 9);
      const item = items.find(({ insertText }) => insertText === dataset.id);
      assert.equal(item?.kind, vscode.CompletionItemKind.Struct);
    });

    it('offers nothing for an identifier of a program, nor for fewer than three letters of a name', async () => {
      const word = connection.label.slice(0, 4);
      for (const text of [`x = ${word}`, `x = "${word.slice(0, 2)}`]) {
        const document = await open(text, 'python');
        const items = await completions(document, 0, text.length);
        const offered = items.some(({ insertText }) => insertText === connection.id);
        assert.ok(!offered, `${text} in ${describeDocument(document)}`);
      }
    });

    it('inserts the ID as it was started, with its prefix or without', async () => {
      const begun = short(connection.id).slice(0, 6);
      for (const [typed, id] of [
        [`dg_${begun}`, connection.id],
        [begun, short(connection.id)],
      ] as const) {
        const items = await completions(await open(`x = "${typed}"`, 'javascript'), 0, 5 + typed.length);
        assert.ok(
          items.some(({ insertText }) => insertText === id),
          typed,
        );
      }
    });

    it('inserts the ID without its prefix if others nearby have none', async () => {
      const word = connection.label.slice(0, 4);
      const document = await open(`a: ${short(other.id)}\nb: ${word}`, 'yaml');
      const items = await completions(document, 1, 3 + word.length);
      assert.ok(
        items.some(({ insertText }) => insertText === short(connection.id)),
        `${items.map(({ insertText }) => JSON.stringify(insertText)).join(' ')} in ${describeDocument(document)}`,
      );
    });

    it('is off in one language if the user sets that', async () => {
      const key = `${settingsSection}.${settings.completion}`;
      const languages = (): vscode.WorkspaceConfiguration =>
        vscode.workspace.getConfiguration(undefined, { languageId: 'json' });
      await languages().update(key, false, vscode.ConfigurationTarget.Global, true);
      const offers = async (language: string): Promise<boolean> =>
        (await completions(await open('"dg_"', language), 0, 4)).some(
          ({ insertText }) => insertText === connection.id,
        );
      try {
        assert.deepEqual([await offers('json'), await offers('yaml')], [false, true]);
      } finally {
        await languages().update(key, undefined, vscode.ConfigurationTarget.Global, true);
      }
    });

    it('sends no request, and is off if the user sets that', async () => {
      const document = await open('"dg_"', 'json');
      signed.sample.clearRequests();
      assert.ok((await completions(document, 0, 4)).length > 0);
      assert.deepEqual(signed.sample.requests, []);
      await withSetting(settings.completion, false, async () => {
        const items = await completions(document, 0, 4);
        assert.ok(!items.some(({ insertText }) => insertText === connection.id));
      });
    });
  });

  describe('inlay hints', () => {
    it('are off by default, and show names when they are on', async () => {
      const document = await open(`{"a": "${connection.id}", "b": "${unknown}"}`, 'json');
      assert.deepEqual(await hints(document), []);
      await withSetting(settings.inlayHints, true, async () => {
        // VS Code gives none while it takes in that the provider has changed.
        await until(
          async () => (await hints(document)).length > 0,
          () => `hints in ${describeDocument(document)}`,
        );
        const [hint, ...others] = await hints(document);
        assert.equal(hint?.label, connection.label);
        assert.equal(hint.position.character, 7 + connection.id.length);
        assert.deepEqual(others, []);
      });
    });
  });

  it('inserts several IDs one per line, at every cursor', async () => {
    const document = await open('a b', 'plaintext');
    const editor = await vscode.window.showTextDocument(document);
    editor.selections = [new vscode.Selection(0, 0, 0, 1), new vscode.Selection(0, 2, 0, 3)];
    await run(commands.insertId, connection.path, other.path);
    const ids = `${connection.id}\n${other.id}`;
    assert.equal(document.getText().replaceAll('\r', ''), `${ids} ${ids}`);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('inserts several IDs as a JSON array if the setting says so', async () => {
    const document = await open('', 'json');
    await vscode.window.showTextDocument(document);
    await withSetting(settings.insertAs, 'json', async () => {
      await run(commands.insertId, connection.path, other.path);
    });
    assert.deepEqual(JSON.parse(document.getText()), [connection.id, other.id]);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  describe('Insert ID at Cursor', () => {
    /** What a document of a language holds once the ID is inserted at `|`. */
    const inserted = async (language: string, text: string): Promise<string> => {
      const at = text.indexOf('|');
      const document = await open(text.replace('|', ''), language);
      const editor = await vscode.window.showTextDocument(document);
      const cursor = document.positionAt(at);
      editor.selections = [new vscode.Selection(cursor, cursor)];
      await run(commands.insertId, connection.path);
      return document.getText().replaceAll(connection.id, 'ID');
    };
    const cases = [
      ['typescript', "const a = 'b';\nconst id = |;", "const a = 'b';\nconst id = 'ID';"],
      ['typescript', 'const a = "b";\nconst id = |;', 'const a = "b";\nconst id = "ID";'],
      ['typescript', 'const text = `of ${x} |`;', 'const text = `of ${x} ID`;'],
      ['typescript', '// of |', '// of ID'],
      ['sql', 'select * from t where id = |;', "select * from t where id = 'ID';"],
      ['sql', "where id = '|'", "where id = 'ID'"],
      ['sql', '-- of |', '-- of ID'],
      ['python', "a = 'b'\nid = |", "a = 'b'\nid = 'ID'"],
      ['python', 'text = """of |"""', 'text = """of ID"""'],
      ['python', '# of |', '# of ID'],
      ['plaintext', 'source: |', 'source: ID'],
    ] as const;
    for (const [language, before, after] of cases)
      it(`writes ${JSON.stringify(after)} (${language})`, async () => {
        assert.equal(await inserted(language, before), after);
      });
  });

  it('reveals the ID at the cursor in the tree', async () => {
    const document = await open(`x "${dataset.id}"`, 'plaintext');
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 6, 0, 6);
    await run(commands.revealId);
    await run(commands.copyId);
    assert.equal(await vscode.env.clipboard.readText(), dataset.id);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('reveals the ID around a part of it, around quotes, in whole lines, and at each cursor', async () => {
    const lines = [`x "${dataset.id}" y`, `y: ${connection.id}`, other.id.toUpperCase()];
    const document = await open(lines.join('\n'), 'plaintext');
    const editor = await vscode.window.showTextDocument(document);
    const revealed = async (...selections: readonly vscode.Selection[]): Promise<string> => {
      editor.selections = selections;
      await run(commands.revealId);
      await run(commands.copyId);
      return vscode.env.clipboard.readText();
    };
    const at = (line: number, from: number, to: number, last = line): vscode.Selection =>
      new vscode.Selection(line, from, last, to);
    assert.equal(await revealed(at(1, 15, 19)), connection.id, 'a double click');
    assert.equal(await revealed(at(0, 2, 4 + dataset.id.length)), dataset.id, 'with its quotes');
    assert.equal(await revealed(at(1, 0, 0, 2)), connection.id, 'a whole line');
    assert.equal(await revealed(at(2, 3, 3)), other.id, 'in upper case');
    assert.equal(await revealed(at(0, 0, 0), at(0, 9, 9)), dataset.id, 'the second cursor');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('offers IDs in documents of actions only in members that hold IDs', async () => {
    const text = `{"name": "${connection.label.slice(0, 4)}", "parentDataGroupId": "dg_"}`;
    await run(commands.create, connection.path);
    const document = vscode.window.activeTextEditor?.document ?? assert.fail();
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    await vscode.workspace.applyEdit(edit);
    const offered = async (part: string): Promise<readonly vscode.CompletionItem[]> =>
      (await completions(document, 0, text.indexOf(part) + part.length)).filter(
        ({ insertText }) => insertText === connection.id,
      );
    assert.deepEqual(await offered(`"${connection.label.slice(0, 4)}`), []);
    assert.equal((await offered('"dg_')).length, 1);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('acts on the resource of a hover although it is not loaded', async () => {
    const second = await signed.api.accounts.add(
      { service: 'cja', name: 'Second', settings: { ...signed.sample.credentials('cja').settings } },
      { ...signed.sample.credentials('cja').secrets },
    );
    await vscode.env.clipboard.writeText('');
    await run(commands.copyId, `account:${second.id}/connection:${connection.id}`);
    assert.equal(await vscode.env.clipboard.readText(), connection.id);
    await signed.api.accounts.remove(second.id);
  });
});

describe('in editors, before the connections were viewed', () => {
  const options = { connections: 2 };
  let signed: Signed;
  let connection: ApiResource;

  before(async () => {
    // The same account once more, because the list of this one is already loaded.
    const known = await signedIn(options);
    connection = first(await known.api.children(), 'connection');
    await known.end();
    signed = await signedIn(options);
  });
  after(() => signed.end());
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('inlay hints show names, loaded with one request', async () => {
    const document = await open(`{"a": "${connection.id}"}`, 'json');
    signed.sample.clearRequests();
    await withSetting(settings.inlayHints, true, async () => {
      await until(async () => (await hints(document)).length > 0, 'hints');
      assert.equal((await hints(document))[0]?.label, connection.label);
    });
    const asked = signed.sample.requests.map(({ path }) => path).filter((path) => !path.startsWith('/ims/'));
    assert.deepEqual(asked, ['/data/connections']);
  });
});
