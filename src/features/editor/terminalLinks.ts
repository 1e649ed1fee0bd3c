import * as vscode from 'vscode';
import { expectAbort } from '../../core/base/abort';
import type { Resource } from '../../core/services/contract/resource';
import { findService } from '../../core/services/registry';
import type { LookUp } from '../../core/store/remoteIdLookup';
import type { Store } from '../../core/store/store';
import { commands } from '../../shared/contributions';
import { inNotification } from '../../ui/cancellation';
import { showQuickPick } from '../../ui/quickInput';
import { getName } from '../../ui/text';
import { idsWithin, inLowerCase } from './idTokens';
import { findLoaded } from './knownIds';
import { reportNotFound } from './reportNotFound';

/** Characters of a line that are searched, and IDs of it that become links: a terminal may print anything. */
const MAX_LINE_CHARS = 2000;
const MAX_LINKS = 20;

/** The kind that an ID begins with, such as `dg_`. Without it, other programs have IDs of the same form. */
const HAS_PREFIX = /^[a-z]{2}_/i;

export class IdLink extends vscode.TerminalLink {
  constructor(
    readonly id: string,
    start: number,
    length: number,
  ) {
    super(start, length, vscode.l10n.t('Show Details'));
  }
}

/** The IDs of a line that are loaded, or that tell by their form what they are. Sends no request. */
export function idLinks(store: Pick<Store, 'find' | 'accounts' | 'account'>, line: string): IdLink[] {
  const links: IdLink[] = [];
  for (const { text, start, end } of idsWithin(line.slice(0, MAX_LINE_CHARS), 0)) {
    if (links.length >= MAX_LINKS) break;
    // With and without its prefix, an ID has one link.
    if (links.some((link) => link.startIndex + link.length === end) || !isKnown(store, text)) continue;
    links.push(new IdLink(text, start, end - start));
  }
  return links;
}

/** Shows the details of the resource with an ID, which is looked up if it is not loaded. Says if no account has it. */
export async function openIdLink(
  store: Pick<Store, 'find' | 'lookUp' | 'account'>,
  id: string,
): Promise<void> {
  const lookUp = await findAnywhere(store, id);
  if (!lookUp) return;
  const { found, failures } = lookUp;
  const resource = found.length > 1 ? await choose(store, id, found) : found[0];
  if (resource) await vscode.commands.executeCommand(commands.showDetails, resource.path);
  else if (found.length === 0) reportNotFound(vscode.l10n.t('No account has {0}.', id), failures);
}

/** @returns undefined if the user canceled. */
async function findAnywhere(store: Pick<Store, 'find' | 'lookUp'>, id: string): Promise<LookUp | undefined> {
  const loaded = findLoaded(store, id);
  if (loaded.length > 0) return { found: loaded, failures: [] };
  try {
    const title = vscode.l10n.t('Looking for {0}', id);
    return await inNotification(title, (signal) => store.lookUp(inLowerCase(id), signal));
  } catch (error) {
    expectAbort(error);
    return undefined;
  }
}

function isKnown(store: Pick<Store, 'find' | 'accounts' | 'account'>, id: string): boolean {
  if (findLoaded(store, id).length > 0) return true;
  if (!HAS_PREFIX.test(id)) return false;
  return store.accounts().some(({ path }) => {
    const service = findService(store.account(path)?.service ?? '');
    return service?.idPattern?.test(inLowerCase(id)) === true;
  });
}

async function choose(
  store: Pick<Store, 'account'>,
  id: string,
  found: readonly Resource[],
): Promise<Resource | undefined> {
  const items = found.map((resource) => ({
    label: getName(resource),
    description: store.account(resource.path)?.name ?? '',
    resource,
  }));
  const placeHolder = vscode.l10n.t('Select the resource to show');
  return (await showQuickPick(items, { title: id, placeHolder, matchOnDescription: true }))?.resource;
}
