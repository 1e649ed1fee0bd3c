import type * as vscode from 'vscode';
import type { Store } from '../../core/store/store';
import type { ActionLoader } from '../actions/actionLoader';
import type { ConnectionsView } from '../connections/view';
import type { WindowStorage } from '../../ui/storage/windowStorage';

export interface PanelContext {
  readonly store: Store;
  readonly view: Pick<ConnectionsView, 'reveal'>;
  readonly actions: Pick<ActionLoader, 'load'>;
  readonly storage: Pick<WindowStorage, 'files' | 'workspace'>;
  /** The folder of the extension. */
  readonly extension: vscode.Uri;
}

export interface OpenOptions {
  /** True: in the preview panel, which the next preview reuses. */
  readonly preview: boolean;
  /** Whether the panel gets the focus, and is kept if it had shown the same before. Default: not for a preview. */
  readonly focus?: boolean;
}
