import * as vscode from 'vscode';
import { abortSignalOf } from '../editor/abortSignalOf';
import { HttpError } from '../http/errors';
import { compareScheme, contextKeys, settings, settingsSection } from '../manifest';
import type { ResourcePath } from '../services/path';
import type { Resource } from '../services/service';
import { readSettings } from '../settings';
import type { Store } from '../store/store';
import { plainText } from '../tree/plainText';
import { comparedTextOf, queryOf, type Source } from './comparedText';

/** One side of a comparison, and what it is called. */
export interface Side {
  readonly label: string;
  readonly source: Source;
}

/**
 * Comparisons in VS Code's diff editor, of JSON in normal form. Their documents are read-only, and made from their URI
 * alone.
 */
export class Comparisons implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #store: Store;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;
  /** Texts that were made before their document asked for them, by URI. */
  readonly #ready = new Map<string, string>();
  #selected: ResourcePath | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(store: Store) {
    this.#store = store;
    this.#registration = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(compareScheme, this),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration(`${settingsSection}.${settings.compareServerMade}`)) return;
        for (const { uri } of vscode.workspace.textDocuments) {
          if (uri.scheme === compareScheme) this.#changed.fire(uri);
        }
      }),
    );
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  /** What "Compare with Selected" compares with; undefined where it is gone, or nothing was selected. */
  get selected(): Resource | undefined {
    return this.#selected && this.#store.get(this.#selected);
  }

  select({ path }: Resource): void {
    this.#selected = path;
    void vscode.commands.executeCommand('setContext', contextKeys.canCompareWithSelected, true);
  }

  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const ready = this.#ready.get(uri.toString());
    this.#ready.delete(uri.toString());
    return ready ?? this.#text(uri, abortSignalOf(token));
  }

  /**
   * Shows what differs between two sides, both read anew.
   * @throws HttpError where one of them cannot be read or is no JSON.
   */
  async open(left: Side, right: Side, signal: AbortSignal): Promise<void> {
    const services = new Set([left, right].flatMap(({ source }) => this.#serviceOf(source)));
    const [before, after] = [left, right].map((side) => uriOf(side, [...services]));
    if (!before || !after) return;
    await Promise.all([before, after].map((uri) => this.#prepare(uri, signal)));
    const title = `${plainText(left.label, 80)} ↔ ${plainText(right.label, 80)}`;
    await vscode.commands.executeCommand('vscode.diff', before, after, title, { preview: true });
  }

  async #prepare(uri: vscode.Uri, signal: AbortSignal): Promise<void> {
    this.#ready.set(uri.toString(), await this.#text(uri, signal));
    const known = vscode.workspace.textDocuments.some((open) => open.uri.toString() === uri.toString());
    if (known) this.#changed.fire(uri);
  }

  async #text(uri: vscode.Uri, signal: AbortSignal): Promise<string> {
    const compared = comparedTextOf(uri.query);
    if (!compared) throw new HttpError('notFound', vscode.l10n.t('{0} names no comparison.', uri.toString()));
    const { source, services } = compared;
    const { readNormal } = await import('./readNormal');
    const { compareServerMade } = readSettings();
    return readNormal(this.#store, source, { services, keepServerMade: compareServerMade }, signal);
  }

  #serviceOf(source: Source): readonly string[] {
    return 'path' in source ? [this.#store.account(source.path)?.service ?? []].flat() : [];
  }
}

function uriOf({ label, source }: Side, services: readonly string[]): vscode.Uri {
  const name = plainText(label, 80).replaceAll(/[\\/]/g, ' ');
  return vscode.Uri.from({
    scheme: compareScheme,
    path: `/${name.endsWith('.json') ? name : `${name}.json`}`,
    query: queryOf({ source, services }),
  });
}
