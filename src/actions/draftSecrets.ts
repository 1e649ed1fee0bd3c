import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { draftScheme } from '../manifest';
import { secretPlaceholder } from '../services/secretPlaceholders';
import { createInputBox, type InputBox } from '../ui/quickInput';
import { restoreKeyLines } from './privateKey';
import { findTypedSecrets, type Insertion, type SecretSearch, type TypedSecret } from './typedSecrets';

/** A value that was entered for a placeholder. */
interface Entered {
  readonly value: string;
  /** True once it was sent: it may be wrong, so it is asked for again. */
  readonly wasSent: boolean;
}

/** A password box on the screen, for a secret that somebody types into a document. */
interface OpenBox {
  readonly uri: string;
  readonly name: string;
  readonly box: InputBox;
}

/**
 * The secrets of documents of actions. VS Code writes unsaved documents to the disk within a second, so a secret that
 * is typed into one is moved to a password box at its first character. The values are held in memory, until their
 * document is sent or closed.
 */
export class DraftSecrets implements vscode.Disposable {
  readonly #entered = new Map<string, Map<string, Entered>>();
  readonly #search: SecretSearch;
  readonly #busy = new Set<string>();
  readonly #registration: vscode.Disposable;
  #box: OpenBox | undefined;

  constructor(search: SecretSearch) {
    this.#search = search;
    this.#registration = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document.uri.scheme === draftScheme) void this.#move(document, contentChanges);
      }),
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (document.uri.scheme === draftScheme) void this.#move(document, []);
      }),
    );
    for (const document of vscode.workspace.textDocuments) {
      if (document.uri.scheme === draftScheme) void this.#move(document, []);
    }
  }

  dispose(): void {
    this.#registration.dispose();
    this.#box?.box.dispose();
  }

  /** All values that are held. */
  list(): readonly string[] {
    return [...this.#entered.values()].flatMap((values) => [...values.values()].map(({ value }) => value));
  }

  /** Forgets the values of a document. */
  forget(uri: vscode.Uri): void {
    this.#entered.delete(uri.toString());
  }

  /**
   * Asks for the values of placeholders, save those that were entered since the document was last sent.
   * @param title names what they are for.
   * @returns undefined if the user gave up.
   */
  async ask(
    uri: vscode.Uri,
    names: readonly string[],
    title: string,
  ): Promise<ReadonlyMap<string, string> | undefined> {
    const values = this.#valuesOf(uri.toString());
    const missing = names.filter((name) => values.get(name)?.wasSent !== false);
    for (const [at, name] of missing.entries()) {
      const box = passwordBox(name, values.get(name)?.value ?? '');
      box.setTexts({ title, ...(missing.length > 1 && { step: at + 1, totalSteps: missing.length }) });
      const value = await answerOf(box);
      if (value === undefined) return undefined;
      values.set(name, { value, wasSent: false });
    }
    return new Map(names.map((name) => [name, values.get(name)?.value ?? '']));
  }

  /** Has the values of a document asked for again when it is sent once more. */
  markSent(uri: vscode.Uri): void {
    const values = this.#valuesOf(uri.toString());
    for (const [name, { value }] of values) values.set(name, { value, wasSent: true });
  }

  #valuesOf(key: string): Map<string, Entered> {
    const values = this.#entered.get(key) ?? new Map<string, Entered>();
    this.#entered.set(key, values);
    return values;
  }

  /** Moves what is secret out of a document, until nothing is left. */
  async #move(
    document: vscode.TextDocument,
    changes: readonly vscode.TextDocumentContentChangeEvent[],
  ): Promise<void> {
    const key = document.uri.toString();
    const [change] = changes;
    let inserted: Insertion | undefined = change && { start: change.rangeOffset, text: change.text };
    if (this.#busy.has(key)) return;
    this.#busy.add(key);
    try {
      for (;;) {
        const secrets = findTypedSecrets(document.getText(), this.#search, inserted);
        if (secrets.length === 0) return;
        if (await replace(document, secrets)) for (const secret of secrets) this.#keep(key, secret);
        inserted = undefined;
      }
    } finally {
      this.#busy.delete(key);
    }
  }

  #keep(key: string, { name, value }: TypedSecret): void {
    if (this.#box?.uri === key && this.#box.name === name) {
      // Typed before the box had the focus.
      this.#box.box.value += value;
      return;
    }
    const values = this.#valuesOf(key);
    values.set(name, { value, wasSent: false });
    const box = passwordBox(name, value);
    box.setTexts({
      title: vscode.l10n.t('Secrets do not stay in documents'),
      prompt: vscode.l10n.t(
        'Enter the value for {0}. It is kept in memory until the document is sent.',
        secretPlaceholder(name),
      ),
    });
    this.#box?.box.dispose();
    const open = { uri: key, name, box };
    this.#box = open;
    void answerOf(box).then((answer) => {
      if (this.#box === open) this.#box = undefined;
      // Without an answer it is asked for when the document is sent.
      if (answer === undefined) values.delete(name);
      else values.set(name, { value: answer, wasSent: false });
    });
  }
}

async function replace(document: vscode.TextDocument, secrets: readonly TypedSecret[]): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  for (const { start, end, name } of secrets) {
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    edit.replace(document.uri, range, `"${secretPlaceholder(name)}"`);
  }
  // Fails where somebody typed on meanwhile; then there is more to replace.
  return vscode.workspace.applyEdit(edit);
}

function passwordBox(name: string, value: string): InputBox {
  const box = createInputBox();
  box.password = true;
  box.ignoreFocusOut = true;
  box.value = value;
  box.setTexts({
    prompt: vscode.l10n.t('The value for {0}. It goes to the service only.', secretPlaceholder(name)),
  });
  const fromFile = {
    iconPath: new vscode.ThemeIcon('folder-opened'),
    tooltip: vscode.l10n.t('Read from a File…'),
  };
  box.buttons = [fromFile];
  box.onDidTriggerButton(() => {
    void readChosenFile().then((text) => {
      if (text !== undefined) box.value = text;
    });
  });
  return box;
}

/** The text of a file that the user chooses, such as a private key: a box takes one line alone. */
async function readChosenFile(): Promise<string | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({ title: vscode.l10n.t('Read the Secret from a File') })) ?? [];
  return file && (await readFile(file.fsPath, 'utf8'));
}

async function answerOf(box: InputBox): Promise<string | undefined> {
  try {
    return await new Promise((resolve) => {
      box.onDidAccept(() => {
        if (box.value === '') box.setTexts({ validationMessage: vscode.l10n.t('Enter a value.') });
        else resolve(restoreKeyLines(box.value));
      });
      box.onDidChangeValue(() => {
        box.setTexts({ validationMessage: undefined });
      });
      box.onDidHide(() => {
        resolve(undefined);
      });
      box.show();
    });
  } finally {
    box.dispose();
  }
}
