import * as vscode from 'vscode';
import type { Panels } from './panels';
import type { ResourcePath } from '../../core/services/contract/path';
import { agreeToMany } from '../../ui/commands/rows';
import type { Handler } from '../../ui/commands/register';
import { kindsThat } from '../../shared/kinds';
import { toPaths, type Targets } from '../../ui/commands/targets';

/** Opens the panels of the selected resources. A path need not be loaded; with `{ preview: true }` the panel is for a look. */
export function showDetails(targets: Targets, panels: Panels): Handler {
  return async (path, how) => {
    const named = toPaths(path, how);
    const shown = named.length > 0 ? named : await choose(targets);
    if (!(await agreeToMany(shown.length, vscode.l10n.t('Open {0} editors?', shown.length)))) return;
    for (const each of shown) await panels.open(each, { preview: wantsPreview(how) });
  };
}

async function choose(targets: Targets): Promise<readonly ResourcePath[]> {
  const title = vscode.l10n.t('Show details of');
  const chosen = await targets.some(kindsThat('hasId'), undefined, undefined, title);
  return chosen.map((resource) => resource.path);
}

function wantsPreview(how: unknown): boolean {
  return typeof how === 'object' && how !== null && 'preview' in how && how.preview === true;
}
