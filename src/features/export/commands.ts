import * as vscode from 'vscode';
import type { Ending } from '../../core/export/formats';
import type { InventoryCounts } from '../../core/export/writeInventory';
import type { Resource } from '../../core/services/contract/resource';
import { findService } from '../../core/services/registry';
import type { SecretValues } from '../../core/redaction/redact';
import type { Store } from '../../core/store/store';
import { accountRowItems } from '../../ui/text';
import type { CommandTable, Handler } from '../../ui/commands/commandTable';
import { inNotification } from '../../ui/cancellation';
import { chooseTarget, written } from '../../ui/saveFile';
import type { Targets } from '../../ui/commands/targets';
import { showInformation, showWarning } from '../../ui/messages';
import { showQuickPick } from '../../ui/quickInput';

interface ExportContext {
  readonly targets: Targets;
  readonly store: Store;
  readonly secrets: SecretValues;
}

/** Commands that export resources. */
export const exportCommands = {
  /** [Writes the connections](exporting.md) of one or all accounts to a file. */
  exportInventory: { rows: 'several', inTitleBar: true, handler: exportInventory },
} satisfies CommandTable<ExportContext>;

function exportInventory({ targets, store, secrets }: ExportContext): Handler {
  return async (path, paths) => {
    const given = await targets.among(['account'], path, paths);
    // A single account may be selected by accident.
    const meant = path !== undefined || given.length > 1 ? given : [];
    const accounts = meant.length > 0 ? meant : await chooseAccounts(store);
    const ending = accounts.length > 0 ? await chooseFormat() : undefined;
    if (!ending) return;
    const [only] = accounts.length === 1 ? accounts : [];
    const groups = await chooseGroups(store, accounts);
    if (!groups) return;
    const title = vscode.l10n.t('Export Inventory');
    const file = await chooseTarget(title, only?.label ?? vscode.l10n.t('Connections'), ending);
    if (!file) return;
    const counts = await inNotification(vscode.l10n.t('Exporting inventory'), async (signal, report) => {
      const [{ writeInventory }, { formats }] = await Promise.all([
        import('../../core/export/writeInventory'),
        import('../../core/export/formats'),
      ]);
      const format = formats[ending](new Date());
      const onProgress = (progress: InventoryCounts): void => {
        report(countText(progress));
      };
      const options = { format, secrets, signal, groups, onProgress };
      return writeInventory(store, accounts, options, (parts) => written(file, parts));
    });
    await showResult(file, counts);
  };
}

/** If there are several accounts, the user chooses one or all of them. */
async function chooseAccounts(store: Store): Promise<readonly Resource[]> {
  const accounts = store.accounts();
  if (accounts.length < 2) return accounts;
  const all = { label: vscode.l10n.t('All Accounts'), accounts };
  const each = accountRowItems(store, accounts).map(({ row, ...item }) => ({ ...item, accounts: [row] }));
  const title = vscode.l10n.t('Export Inventory');
  const placeHolder = vscode.l10n.t('Select the account to export');
  const options = { title, placeHolder, matchOnDescription: true };
  return (await showQuickPick([all, ...each], options))?.accounts ?? [];
}

async function chooseFormat(): Promise<Ending | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly ending: Ending })[] = [
    { ending: 'csv', label: 'CSV', detail: vscode.l10n.t('One line per resource, for spreadsheets') },
    {
      ending: 'json',
      label: 'JSON',
      detail: vscode.l10n.t('Connections with their children, for scripts'),
    },
    { ending: 'md', label: 'Markdown', detail: vscode.l10n.t('One table per account, for reading') },
  ];
  const title = vscode.l10n.t('Export Inventory');
  return (await showQuickPick(items, { title, placeHolder: vscode.l10n.t('Select a format') }))?.ending;
}

/**
 * If a service has groups of resources below connections that cost a request each, the user chooses whether to include
 * them. @returns their IDs; undefined if the user canceled.
 */
async function chooseGroups(
  store: Store,
  accounts: readonly Resource[],
): Promise<ReadonlySet<string> | undefined> {
  const services = new Set(accounts.map(({ path }) => store.account(path)?.service ?? ''));
  const groups = [...services].flatMap((id) => findService(id)?.inventoryGroups?.() ?? []);
  if (groups.length === 0) return new Set();
  const titles = [...new Set(groups.map(({ title }) => title))].join(', ');
  const items = [
    { label: vscode.l10n.t('Without {0}', titles), groups: [] },
    {
      label: vscode.l10n.t('With {0}', titles),
      detail: vscode.l10n.t('Sends one more request per connection'),
      groups: groups.map(({ id }) => id),
    },
  ];
  const title = vscode.l10n.t('Export Inventory');
  const chosen = await showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('Select what to include'),
  });
  return chosen && new Set(chosen.groups);
}

function countText({ connections, items }: InventoryCounts): string {
  return vscode.l10n.t('{0} connections and {1} resources below them', connections, items);
}

async function showResult(file: vscode.Uri, counts: InventoryCounts): Promise<void> {
  const { problems } = counts;
  const open = vscode.l10n.t('Open');
  const done = vscode.l10n.t('Exported {0}.', countText(counts));
  const chosen =
    problems === 0
      ? await showInformation(done, open)
      : await showWarning(
          `${done} ${vscode.l10n.t('Some data could not be read ({0}). See the file for details.', problems)}`,
          open,
        );
  if (chosen === open) await vscode.commands.executeCommand('vscode.open', file);
}
