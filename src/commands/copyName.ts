import * as vscode from 'vscode';
import { copyLines } from './copyId';
import type { Handler } from './handler';
import { identified } from './kinds';
import type { Targets } from './targets';

/** Copies the names of the selected resources, one a line. */
export function copyName(targets: Targets): Handler {
  return async (path, paths) => {
    const resources = await targets.some(identified, path, paths, vscode.l10n.t('Copy the name of'));
    await copyLines(resources.map(({ label }) => label));
  };
}
