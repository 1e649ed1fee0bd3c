import * as vscode from 'vscode';
import type { SecretValues } from '../http/redact';
import type { Store } from '../store/store';
import type { Handler } from './handler';
import { identified } from './kinds';
import { inView } from './progress';
import { chooseTarget, written } from './saveFile';
import type { Targets } from './targets';
import { showInformation } from '../ui/messages';

/** Saves the JSON of a resource to a file, to be kept and compared with later. */
export function saveSnapshot(targets: Targets, store: Store, secrets: SecretValues): Handler {
  return async (path, paths) => {
    const title = vscode.l10n.t('Save a Snapshot of');
    const resource = await targets.one(identified, path, paths, title);
    const file = resource && (await chooseTarget(`${title} "${resource.label}"`, resource.label, 'json'));
    if (!file) return;
    await inView(async (signal) => {
      const { snapshotText } = await import('../compare/snapshotText');
      const text = snapshotText(await store.read(resource.path, signal, { asked: true }), secrets);
      await written(file, [Buffer.from(text)]);
    });
    const open = vscode.l10n.t('Open');
    if ((await showInformation(vscode.l10n.t('Saved the snapshot.'), open)) === open) {
      await vscode.window.showTextDocument(file);
    }
  };
}
