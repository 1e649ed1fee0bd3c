import type * as vscode from 'vscode';
import { linkPath } from '../../shared/identifiers';
import type { LinkContext, LinkOpener } from './linkOpener';

/** Receives all URIs of the extension: VS Code allows one handler. Links are opened by code that is loaded with the first. */
export class Links implements vscode.UriHandler {
  #opener: Promise<LinkOpener> | undefined;

  /** @param others gets the URIs that are no links. */
  constructor(
    readonly context: LinkContext,
    private readonly others: vscode.UriHandler,
  ) {}

  async handleUri(uri: vscode.Uri): Promise<void> {
    if (uri.path === linkPath) await (await this.load()).open(uri.query);
    else await this.others.handleUri(uri);
  }

  load(): Promise<LinkOpener> {
    this.#opener ??= import('./linkOpener').then(({ LinkOpener }) => new LinkOpener(this.context));
    return this.#opener;
  }
}
