import * as vscode from 'vscode';
import { draftScheme } from '../../shared/identifiers';
import { secretPlaceholder } from '../../core/services/common/documentSecrets';
import { showInformation } from '../../ui/messages';
import { askForSecret } from './secretBox';
import { findTypedSecrets, type Insertion, type SecretSearch, type TypedSecret } from './typedSecrets';

/** The value of a placeholder. */
interface Entered {
  readonly value: string;
  /** False if it was typed without being shown, or was sent and may be wrong: it is asked for again. */
  readonly isConfirmed: boolean;
}

/** Shorter values may be ordinary words, which other documents contain for other reasons. */
const MIN_KNOWN_LENGTH = 12;

/**
 * Keeps secrets out of documents of actions. VS Code backs up unsaved documents to disk within a second, so a
 * secret that is typed into one is replaced by a placeholder at once. When the document is sent, a password
 * box asks for the value, prefilled with what was typed. Values are kept in memory until their document is
 * sent or closed.
 */
export class DraftSecrets implements vscode.Disposable {
  readonly #entered = new Map<string, Map<string, Entered>>();
  readonly #busy = new Set<string>();
  readonly #registration: vscode.Disposable;

  constructor(private readonly search: SecretSearch) {
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
  }

  /** All known values that are long enough to be recognized in other texts. */
  list(): readonly string[] {
    return [...this.#entered.values()]
      .flatMap((values) => [...values.values()].map(({ value }) => value))
      .filter((value) => value.length >= MIN_KNOWN_LENGTH);
  }

  /** Forgets the values of a document. */
  forget(uri: vscode.Uri): void {
    this.#entered.delete(uri.toString());
  }

  /**
   * Asks for the values of placeholders, except those that were asked for since the document was last sent.
   * @param title names what they are for.
   * @returns undefined if the user canceled.
   */
  async ask(
    uri: vscode.Uri,
    names: readonly string[],
    title: string,
  ): Promise<ReadonlyMap<string, string> | undefined> {
    const values = this.#getValues(uri.toString());
    const missing = names.filter((name) => !values.get(name)?.isConfirmed);
    for (const [at, name] of missing.entries()) {
      const steps = missing.length > 1 ? { step: at + 1, totalSteps: missing.length } : {};
      const value = await askForSecret(name, values.get(name)?.value ?? '', { title, ...steps });
      if (value === undefined) return undefined;
      values.set(name, { value, isConfirmed: true });
    }
    return new Map(names.map((name) => [name, values.get(name)?.value ?? '']));
  }

  /** Marks the values of a document to be asked for again when it is sent again. */
  markSent(uri: vscode.Uri): void {
    const values = this.#getValues(uri.toString());
    for (const [name, { value }] of values) values.set(name, { value, isConfirmed: false });
  }

  #getValues(key: string): Map<string, Entered> {
    const values = this.#entered.get(key) ?? new Map<string, Entered>();
    this.#entered.set(key, values);
    return values;
  }

  /** Replaces secrets in a document until none is left. */
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
        const secrets = findTypedSecrets(document.getText(), this.search, inserted);
        if (secrets.length === 0) return;
        if (await replace(document, secrets)) for (const secret of secrets) this.#keep(key, secret);
        inserted = undefined;
      }
    } finally {
      this.#busy.delete(key);
    }
  }

  #keep(key: string, { name, value, isMore }: TypedSecret): void {
    const values = this.#getValues(key);
    const before = values.get(name);
    const begun = isMore && before && !before.isConfirmed ? before.value : '';
    values.set(name, { value: begun + value, isConfirmed: false });
    if (before) return;
    void showInformation(
      vscode.l10n.t(
        'Secrets are not kept in documents. The value you typed for {0} is held in memory, and you are asked for it when the document is sent.',
        secretPlaceholder(name),
      ),
    );
  }
}

/** @returns false if the user typed meanwhile; then there is more to replace. */
async function replace(document: vscode.TextDocument, secrets: readonly TypedSecret[]): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  const text = document.getText();
  for (const secret of secrets) {
    const { start, end, by } = changedPart(text, secret);
    edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), by);
  }
  return vscode.workspace.applyEdit(edit);
}

/**
 * The part in which a secret differs from its placeholder. The quotation marks stay, and the cursor stays
 * between them.
 */
function changedPart(
  text: string,
  { start, end, name }: TypedSecret,
): { readonly start: number; readonly end: number; readonly by: string } {
  const [old, by] = [text.slice(start, end), `"${secretPlaceholder(name)}"`];
  const shorter = Math.min(old.length, by.length);
  let before = 0;
  while (before < shorter && old[before] === by[before]) before++;
  let after = 0;
  while (after < shorter - before && old.at(-1 - after) === by.at(-1 - after)) after++;
  return { start: start + before, end: end - after, by: by.slice(before, by.length - after) };
}
