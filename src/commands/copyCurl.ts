import * as vscode from 'vscode';
import type { RequestRecipe } from '../services/service';
import type { Store } from '../store/store';
import type { Handler } from './handler';
import { identified } from './kinds';
import type { Targets } from './targets';
import { showStatusMessage } from '../ui/messages';

/** Copies the request that reads a resource as a command for a shell, with placeholders for every secret. */
export function copyCurl(targets: Targets, store: Store): Handler {
  return async (path) => {
    const resource = await targets.one(identified, path, vscode.l10n.t('Copy the request for'));
    const recipe = resource && (await store.session(resource.path)).recipe(resource);
    if (!recipe) return;
    await vscode.env.clipboard.writeText(curl(recipe));
    showStatusMessage(vscode.l10n.t('Copied the request as cURL'));
  };
}

/** The request as a POSIX shell command. Placeholders such as `$ACCESS_TOKEN` stay variables of the shell. */
export function curl({ method, url, headers }: RequestRecipe): string {
  const request = method === 'GET' ? `curl ${quoted(url)}` : `curl -X ${method} ${quoted(url)}`;
  const lines = Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  return [request, ...lines].join(' \\\n  ');
}

/** Double quotes, so that `$ACCESS_TOKEN` is filled in; all else that a shell would read is escaped. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\\`]|\$(?![A-Z][A-Z_]*\b)/g, String.raw`\$&`)}"`;
}
