import type * as vscode from 'vscode';
import type { Store } from '../../core/store/store';
import type { ActionLoader } from '../actions/actionLoader';
import type { ConnectionsView } from '../connections/view';

/** What panels work with. */
export interface PanelContext {
  readonly store: Store;
  readonly view: Pick<ConnectionsView, 'reveal'>;
  readonly actions: Pick<ActionLoader, 'load'>;
  /** The folder of the extension. */
  readonly extension: vscode.Uri;
}

/** How a panel is asked for. */
export interface OpenOptions {
  /** True: for a look, in the panel that the next look reuses. */
  readonly preview: boolean;
  /** Whether the panel gets the focus; without it, the one for a look does not. */
  readonly focus?: boolean;
}
