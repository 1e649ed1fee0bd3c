import * as vscode from 'vscode';
import { decodeText } from '../../core/base/decodeText';
import { loadService } from '../../core/services/common/accountTerms';
import type { LoadedService, Service } from '../../core/services/contract/service';
import type { Account } from '../../core/services/contract/signIn';
import { showError, showInformation, showStatusMessage, reportError } from '../../ui/messages';
import { accountItem } from '../../ui/text';
import { showQuickPickMany } from '../../ui/quickInput';
import { chooseTarget, written } from '../../ui/saveFile';
import { formatAccountFile, parseAccountFile, planImport, type PlannedAccount } from './accountFile';
import type { Accounts } from './accounts';
import { productionLines } from './productionWarning';
import { uniqueName } from './signInForm';

export interface AccountFileContext {
  readonly accounts: Pick<Accounts, 'list' | 'add'>;
  readonly services: readonly Service[];
  /** Asks for the credentials of an account. @returns false if the user canceled. */
  readonly signIn: (account: Account) => Promise<boolean>;
}

/** In bytes. */
const MAX_FILE_BYTES = 1_000_000;

/** Lets the user choose accounts and a file, and writes them to it without their secrets. */
export async function exportToFile({ accounts, services }: AccountFileContext): Promise<void> {
  const own = accounts.list().filter(({ sample }) => !sample);
  if (own.length === 0) {
    void showInformation(vscode.l10n.t('There are no accounts. Add an account first.'));
    return;
  }
  const title = vscode.l10n.t('Export Accounts');
  const chosen = own.length === 1 ? own : await chooseToExport(own, title);
  if (!chosen || chosen.length === 0) return;
  const file = await chooseTarget(title, vscode.l10n.t('Accounts'), 'json');
  if (!file) return;
  try {
    const text = formatAccountFile(chosen, await loadAll(services));
    await written(file, [Buffer.from(text)]);
    showStatusMessage(vscode.l10n.t('Accounts exported without their secrets: {0}', chosen.length));
  } catch (error) {
    reportError(error);
  }
}

async function chooseToExport(
  accounts: readonly Account[],
  title: string,
): Promise<readonly Account[] | undefined> {
  const items = accounts.map((account) => ({
    ...accountItem(account),
    picked: true,
    account,
  }));
  const placeHolder = vscode.l10n.t('Select the accounts to export. Their secrets are left out.');
  return (await showQuickPickMany(items, { title, placeHolder, matchOnDescription: true }))?.map(
    ({ account }) => account,
  );
}

/** Lets the user choose a file, shows what it would add, adds what is chosen, and offers to sign in. */
export async function importFromFile(context: AccountFileContext): Promise<void> {
  const services = await loadAll(context.services);
  const plans = await readPlans(context, services);
  if (!plans) return;
  if (plans.length === 0) {
    void showInformation(vscode.l10n.t('The file has no accounts.'));
    return;
  }
  const chosen = await chooseToImport(plans, context.accounts.list());
  if (!chosen || chosen.length === 0) return;
  const added: Account[] = [];
  try {
    for (const plan of chosen) added.push(await add(context, plan));
  } catch (error) {
    reportError(error);
  }
  if (added.length > 0) await offerSignIn(context, added);
}

function loadAll(services: readonly Service[]): Promise<readonly LoadedService[]> {
  return Promise.all(services.map(loadService));
}

/** @returns undefined if the user canceled or the file is refused, which is shown. */
async function readPlans(
  { accounts }: AccountFileContext,
  services: readonly LoadedService[],
): Promise<readonly PlannedAccount[] | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Import Accounts'),
      openLabel: vscode.l10n.t('Import'),
      filters: { JSON: ['json'] },
    })) ?? [];
  if (!file) return undefined;
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    if (size > MAX_FILE_BYTES)
      throw new Error(vscode.l10n.t('The file is too large for a file of accounts.'));
    const text = decodeText(await vscode.workspace.fs.readFile(file));
    return planImport(parseAccountFile(text, services), accounts.list(), services);
  } catch (error) {
    void showError(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** Shows each account with all addresses that its secrets will be sent to. Those that exist are not selected. */
async function chooseToImport(
  plans: readonly PlannedAccount[],
  existing: readonly Account[],
): Promise<readonly PlannedAccount[] | undefined> {
  const items = plans.map((plan) => ({
    label: plan.account.name,
    description: [plan.service.title, ...plan.origins].join(' · '),
    detail: details(plan, existing).join(' '),
    picked: plan.twin === undefined,
    plan,
  }));
  const title = vscode.l10n.t('Import Accounts');
  const placeHolder = vscode.l10n.t('Select the accounts to add. Nothing that exists is changed.');
  return (await showQuickPickMany(items, { title, placeHolder, matchOnDescription: true }))?.map(
    ({ plan }) => plan,
  );
}

function details(
  { account, service, twin, newName }: PlannedAccount,
  existing: readonly Account[],
): string[] {
  return [
    ...(twin === undefined ? [] : [vscode.l10n.t('The same account exists as "{0}".', twin)]),
    ...(newName === undefined
      ? []
      : [vscode.l10n.t('It will be named "{0}", because the name is taken.', newName)]),
    ...productionLines(service, account, existing),
  ];
}

/** Names may have been taken while the user was choosing. */
function add({ accounts }: AccountFileContext, { account }: PlannedAccount): Promise<Account> {
  const taken = accounts.list().map(({ name }) => name);
  return accounts.add({ ...account, name: uniqueName(account.name, taken) });
}

async function offerSignIn({ signIn }: AccountFileContext, added: readonly Account[]): Promise<void> {
  const button = vscode.l10n.t('Sign In');
  const message = vscode.l10n.t('Accounts added: {0}. Enter their credentials to sign in.', added.length);
  if ((await showInformation(message, button)) !== button) return;
  for (const account of added) if (!(await signIn(account))) return;
}
