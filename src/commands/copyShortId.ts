import * as vscode from 'vscode';
import type { Store } from '../store/store';
import { idLines } from '../tree/idLines';
import { nameOf } from '../tree/nameOf';
import { copyLines } from './copyLines';
import type { Handler } from './handler';
import { identified } from './kinds';
import type { Targets } from './targets';

/** Copies the ids without the prefix that the service puts before them (`dg_`), one a line. */
export function copyShortId(targets: Targets, store: Store): Handler {
  return async (path, paths) => {
    const resources = await targets.some(
      identified,
      path,
      paths,
      vscode.l10n.t('Copy the ID without prefix of'),
    );
    const shortened = await Promise.all(
      resources.map(async (resource) => {
        const session = await store.session(resource.path);
        return { ...resource, id: session.shortId?.(resource) ?? resource.id };
      }),
    );
    await copyLines(idLines(shortened), () =>
      shortened.length === 1
        ? vscode.l10n.t('Copied ID without prefix of {0}', ...shortened.map(nameOf))
        : vscode.l10n.t('Copied {0} IDs without prefix', shortened.length),
    );
  };
}
