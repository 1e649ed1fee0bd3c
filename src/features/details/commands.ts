import * as vscode from 'vscode';
import type { Panels } from './panels';
import type { ResourcePath } from '../../core/services/contract/path';
import { confirmMany } from '../../ui/commands/rows';
import type { CommandTable, Handler } from '../../ui/commands/commandTable';
import { kindsThat } from '../../shared/kinds';
import { toPaths, type Targets } from '../../ui/commands/targets';

interface DetailsContext {
  readonly targets: Targets;
  readonly panels: Pick<Panels, 'open'>;
}

/** Commands of the details panel. */
export const detailsCommands = {
  /** Opens the [details](details-panel.md) in a panel that stays open. A click in the tree opens a preview. */
  showDetails: { rows: 'several', handler: showDetails },
} satisfies CommandTable<DetailsContext>;

/** A path need not be loaded. With `{ preview: true }` as second argument the panel is a preview. */
function showDetails({ targets, panels }: DetailsContext): Handler {
  return async (path, options) => {
    const named = toPaths(path, options);
    const shown = named.length > 0 ? named : await choose(targets);
    if (!(await confirmMany(shown.length, vscode.l10n.t('Open {0} editors?', shown.length)))) return;
    for (const each of shown) await panels.open(each, { preview: wantsPreview(options) });
  };
}

async function choose(targets: Targets): Promise<readonly ResourcePath[]> {
  const title = vscode.l10n.t('Show details of');
  const chosen = await targets.some(kindsThat('hasId'), undefined, undefined, title);
  return chosen.map((resource) => resource.path);
}

function wantsPreview(options: unknown): boolean {
  return typeof options === 'object' && options !== null && 'preview' in options && options.preview === true;
}
