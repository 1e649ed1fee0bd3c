import * as vscode from 'vscode';
import type { Store } from '../store/store';
import { copyLines } from './copyId';
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
    const ids = resources.map(
      async (resource) => (await store.session(resource.path)).shortId?.(resource) ?? resource.id,
    );
    await copyLines(await Promise.all(ids));
  };
}
