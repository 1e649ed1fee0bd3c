import * as vscode from 'vscode';
import type { CommandTable, Handler } from '../../ui/commands/commandTable';
import type { Resource } from '../../core/services/contract/resource';
import { kindsThat } from '../../shared/kinds';
import { copyLines, reportLeftOut, type Targets } from '../../ui/commands/targets';
import { showWarning } from '../../ui/messages';
import { showInputBox } from '../../ui/quickInput';
import { getName } from '../../ui/text';
import { linkPath } from '../../shared/identifiers';
import { findLink, linkQuery } from './link';
import type { Links } from './links';

interface LinksContext {
  readonly targets: Targets;
  readonly links: Pick<Links, 'context' | 'load'>;
}

/** Commands of links to resources. */
export const linkCommands = {
  /** Copies a [link](links.md) that opens the details, one per line: for tickets, wikis and colleagues. */
  copyLink: { rows: 'several', handler: copyLink },
  /** Opens a [link](links.md) that you paste, where a click on it does not lead to this window. */
  openLink: { rows: 'none', handler: openLink },
} satisfies CommandTable<LinksContext>;

function copyLink({ targets, links }: LinksContext): Handler {
  return async (path, paths) => {
    const title = vscode.l10n.t('Copy Link');
    const resources = await targets.some(kindsThat('hasId'), path, paths, title);
    const linked = resources.flatMap((resource) => {
      const address = toAddress(resource, links);
      return address === undefined ? [] : [{ resource, address }];
    });
    if (resources.length > 0 && linked.length === 0)
      void showWarning(
        vscode.l10n.t('There is no link to this row, because its ID is too long or has unusual characters.'),
      );
    else reportLeftOut(resources.filter((each) => !linked.some(({ resource }) => resource === each)));
    await copyLines(
      linked.map(({ address }) => address),
      () =>
        linked.length === 1
          ? vscode.l10n.t('Copied link to {0}', ...linked.map(({ resource }) => getName(resource)))
          : vscode.l10n.t('Copied {0} links', linked.length),
    );
  };
}

function toAddress(
  { path }: Resource,
  { context: { store, extensionId } }: LinksContext['links'],
): string | undefined {
  const query = linkQuery(store.account(path)?.service ?? '', path);
  return query && `${vscode.env.uriScheme}://${extensionId}${linkPath}?${query}`;
}

function openLink({ links }: LinksContext): Handler {
  return async () => {
    const { extensionId } = links.context;
    const clipboard = await vscode.env.clipboard.readText();
    const text = await showInputBox({
      title: vscode.l10n.t('Open Link'),
      prompt: vscode.l10n.t('Paste a link from Copy Link.'),
      placeHolder: `${vscode.env.uriScheme}://${extensionId}${linkPath}?…`,
      ...(findLink(clipboard, extensionId) !== undefined && { value: clipboard.trim() }),
      validateInput: (entered) =>
        entered === '' || findLink(entered, extensionId) !== undefined
          ? undefined
          : vscode.l10n.t('This is not a link from Copy Link.'),
    });
    const query = text === undefined ? undefined : findLink(text, extensionId);
    if (query !== undefined) await (await links.load()).open(query);
  };
}
