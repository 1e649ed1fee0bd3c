import * as vscode from 'vscode';
import { compareScheme } from '../../shared/contributions';
import { LazyFiles, type TellChanges } from '../../ui/lazyFiles';
import type { ComparedDocuments, ComparedSources } from './comparedDocuments';

/** The files of comparisons, which cannot be changed. What makes their texts is loaded with the first. */
export class ComparedFiles extends LazyFiles<ComparedDocuments> {
  readonly #registration: vscode.Disposable;

  constructor(private readonly sources: ComparedSources) {
    super();
    const isReadonly = new vscode.MarkdownString(vscode.l10n.t('The sides of a comparison are read-only.'));
    const options = { isReadonly, isCaseSensitive: true };
    this.#registration = vscode.workspace.registerFileSystemProvider(compareScheme, this, options);
  }

  override dispose(): void {
    this.#registration.dispose();
    super.dispose();
  }

  override writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  protected override async start(tell: TellChanges): Promise<ComparedDocuments> {
    const { ComparedDocuments: Loaded } = await import('./comparedDocuments');
    return new Loaded(this.sources, tell);
  }

  protected override filesOf(documents: ComparedDocuments): ComparedDocuments {
    return documents;
  }
}
