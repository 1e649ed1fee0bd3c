import * as vscode from 'vscode';
import type { Comparisons } from '../compare/comparisons';
import { plainText } from '../text/plainText';
import type { Handler } from './handler';
import { identified } from './kinds';
import type { Targets } from './targets';
import { showStatusMessage } from '../ui/messages';

/** Remembers a resource, so that another one can be compared with it. */
export function selectForCompare(targets: Targets, comparisons: Comparisons): Handler {
  return async (path, paths) => {
    const resource = await targets.one(identified, path, paths, vscode.l10n.t('Select for Compare'));
    if (!resource) return;
    comparisons.select(resource);
    showStatusMessage(vscode.l10n.t('Selected {0}', plainText(resource.label, 80)));
  };
}
