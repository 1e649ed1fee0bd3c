import * as vscode from 'vscode';
import type { Panels } from './panels';
import type { ResourcePath } from '../../core/services/contract/path';
import { confirmMany } from '../../ui/commands/rows';
import type { Store } from '../../core/store/store';
import type { CommandTable, Handler } from '../../ui/commands/commandTable';
import { kindsThat } from '../../shared/kinds';
import { accountRowItems } from '../../ui/text';
import { showStatusMessage } from '../../ui/messages';
import { showQuickPick } from '../../ui/quickInput';
import { toPaths, type Targets } from '../../ui/commands/targets';

/** The kinds of rows that have details. */
const detailKinds = [...kindsThat('hasId'), ...(['account'] as const)];

interface DetailsContext {
  readonly store: Pick<Store, 'accounts' | 'account'>;
  readonly targets: Targets;
  readonly panels: Pick<Panels, 'open'>;
}

/** Commands of the details panel. */
export const detailsCommands = {
  /**
   * Opens the [details](details-panel.md): of one row as a preview, which stays open if you ask for it again, and of
   * several in panels that stay open. The shortcut is for the focused row.
   */
  showDetails: { rows: 'several', handler: showDetails },
  /** Opens the [overview of an account](details-panel.md#accounts): what is failing, and what has changed since you last looked. */
  showAccountOverview: { rows: 'none', handler: showAccountOverview },
} satisfies CommandTable<DetailsContext>;

/** A path need not be loaded. With `{ preview: true }` as second argument, the focus does not move, as for a click. */
function showDetails({ targets, panels }: DetailsContext): Handler {
  return async (path, options) => {
    const atFocus = await targets.atFocus(detailKinds, path);
    if (atFocus?.length === 0) {
      showStatusMessage(vscode.l10n.t('This row has no details'));
      return;
    }
    const named = atFocus?.map((resource) => resource.path) ?? toPaths(path, options);
    const shown = named.length > 0 ? named : await choose(targets);
    if (!(await confirmMany(shown.length, vscode.l10n.t('Open {0} editors?', shown.length)))) return;
    for (const each of shown)
      await panels.open(each, { preview: shown.length === 1, focus: !isClick(options) });
  };
}

async function choose(targets: Targets): Promise<readonly ResourcePath[]> {
  const title = vscode.l10n.t('Show Details');
  const chosen = await targets.some(kindsThat('hasId'), undefined, undefined, title);
  return chosen.map((resource) => resource.path);
}

function showAccountOverview({ store, panels }: DetailsContext): Handler {
  return async () => {
    const items = accountRowItems(store, store.accounts());
    const title = vscode.l10n.t('Show Account Overview');
    const placeHolder = vscode.l10n.t('Select an account');
    const chosen =
      items.length > 1
        ? await showQuickPick(items, { title, placeHolder, matchOnDescription: true })
        : items[0];
    if (chosen) await panels.open(chosen.row.path, { preview: true, focus: true });
  };
}

function isClick(options: unknown): boolean {
  return typeof options === 'object' && options !== null && 'preview' in options && options.preview === true;
}
