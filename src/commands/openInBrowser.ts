import * as vscode from 'vscode';
import type { Resource } from '../services/service';
import type { Store } from '../store/store';
import { agreeToMany } from './forEachRow';
import type { Handler } from './handler';
import { linked } from './kinds';
import { tellLeftOut, type Targets } from './targets';

/** Opens the pages of the selected resources in the service's own UI. */
export function openInBrowser(targets: Targets, store: Store): Handler {
  return async (path, paths) => {
    const resources = await targets.some(linked, path, paths, vscode.l10n.t('Open in the browser'));
    const pages = await Promise.all(resources.map((resource) => pageOf(resource, store)));
    const links = pages.flatMap(({ link }) => link ?? []);
    if (links.length > 0) tellLeftOut(pages.filter(({ link }) => link === undefined));
    if (!(await agreeToMany(links.length, vscode.l10n.t('Open {0} pages in the browser?', links.length))))
      return;
    // VS Code opens a text as it stands, and writes a Uri anew: the second `#` of Adobe's links would become `%23`.
    for (const link of links) await vscode.commands.executeCommand('vscode.open', link);
  };
}

async function pageOf(
  resource: Resource,
  store: Store,
): Promise<Pick<Resource, 'label'> & { readonly link: string | undefined }> {
  const session = await store.session(resource.path);
  return { label: resource.label, link: session.webLink(resource) };
}
