import * as vscode from 'vscode';
import type { Panels } from '../panel/panels';
import { parsePath } from '../services/path';
import type { Handler } from './handler';
import { identified } from './kinds';
import type { Targets } from './targets';

/** Opens the panel of a resource. A path need not be loaded; with `{ preview: true }` the panel is for a look. */
export function showDetails(targets: Targets, panels: Panels): Handler {
  return async (path, how) => {
    const named = typeof path === 'string' ? parsePath(path) : undefined;
    const shown =
      named ?? (await targets.one(identified, undefined, vscode.l10n.t('Show the details of')))?.path;
    if (shown) await panels.open(shown, { preview: wantsPreview(how) });
  };
}

function wantsPreview(how: unknown): boolean {
  return typeof how === 'object' && how !== null && 'preview' in how && how.preview === true;
}
