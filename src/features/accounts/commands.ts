import type { AccountFileContext } from './accountFileCommands';
import type { Accounts } from './accounts';
import { signIn, verify } from './signIn';
import { emptyForm, failureOfProblem, toFailure, toForm, type SignInFailure } from './signInForm';
import {
  reportError,
  reportWarning,
  type Action,
  showInformation,
  showStatusMessage,
  ask,
} from '../../ui/messages';
import * as vscode from 'vscode';
import { knownService } from './accountErrors';
import { loadService } from '../../core/services/common/accountTerms';
import { pickAccount, promptName, promptToUnmark } from './prompts';
import type { Service } from '../../core/services/contract/service';
import type { Account } from '../../core/services/contract/signIn';
import type { Sessions } from './sessions';
import {
  accountPath,
  parentPath,
  parsePath,
  type ResourcePath,
  getAccountId,
} from '../../core/services/contract/path';
import { serviceTitle } from '../../core/services/registry';
import type { Drafts } from '../actions/drafts';
import { shownPaths } from '../../ui/documents/openTabs';
import { commands, views } from '../../shared/contributions';
import type { Panels } from '../details/panels';
import { plainText } from '../../shared/plainText';
import type { Store } from '../../core/store/store';
import type { WatchList } from '../runs/watchList';
import type { CommandTable, Handler } from '../../ui/commands/commandTable';
import { showQuickPick } from '../../ui/quickInput';

interface AccountContext {
  readonly accounts: Accounts;
  readonly store: Pick<Store, 'getFailure'>;
  readonly sessions: Pick<Sessions, 'verify' | 'choices'>;
  readonly services: readonly Service[];
  readonly drafts: Pick<Drafts, 'list'>;
  readonly panels: Pick<Panels, 'list'>;
  readonly watches: Pick<WatchList, 'list'>;
}

/** Commands of accounts. */
export const accountCommands = {
  /** Asks for an account, verifies it and saves it. */
  addAccount: { rows: 'none', handler: addAccount },
  /** Asks for everything again, filled in. An empty secret keeps its value as long as the address stays the same. */
  editAccount: { rows: 'one', inTitleBar: true, handler: editAccount },
  /** Changes the name that the tree shows. */
  renameAccount: { rows: 'one', handler: renameAccount },
  /** Marks the account as production, so that every action on it asks for a name. */
  markProduction: { rows: 'one', handler: markProduction },
  /** Asks for the name of the account, then removes the mark. */
  unmarkProduction: { rows: 'one', handler: unmarkProduction },
  /** Does the one or the other, whichever the account needs. For keyboard shortcuts. */
  toggleProduction: { rows: 'one', handler: toggleProduction },
  /** Checks whether the credentials work, and shows who is signed in. */
  verifyAccount: { rows: 'one', inTitleBar: true, handler: verifyAccount },
  /** Asks for confirmation, then deletes the account and its secrets from this computer. */
  removeAccount: { rows: 'one', inTitleBar: true, handler: removeAccount },
  /** [Writes accounts](accounts.md#take-accounts-to-another-computer) to a file, without their secrets. */
  exportAccounts: { rows: 'none', handler: exportAccounts },
  /** Shows the accounts in such a file and adds those that you select. */
  importAccounts: { rows: 'none', handler: importAccounts },
  /** Adds an account for the sample of one service, or of all four. The samples run on your computer. */
  exploreSample: { rows: 'none', handler: exploreSample },
} satisfies CommandTable<AccountContext>;

function addAccount(context: AccountContext): Handler {
  return async () => {
    const services = await Promise.all(context.services.map(loadService));
    const signedIn = await signIn({ ...context, services }, emptyForm(services));
    if (!signedIn) return;
    try {
      await context.accounts.add(signedIn.definition, signedIn.secrets);
      reportWarning(signedIn.identity?.warning);
    } catch (error) {
      reportError(error);
    }
  };
}

function editAccount(context: AccountContext): Handler {
  return async (path, paths) => {
    const account = await pickAccount(
      context,
      { path, paths },
      { title: vscode.l10n.t('Edit Account'), placeHolder: vscode.l10n.t('Select an account to edit') },
    );
    if (!account) return;
    if (account.sample) {
      void showInformation(vscode.l10n.t('The sample account has no credentials to edit.'));
      return;
    }
    try {
      await edit(context, account, findFailure(context, account, path));
    } catch (error) {
      reportError(error);
    }
  };
}

/** Why an account does not work, as the row that the command was called on says, or its own list. */
function findFailure({ store }: AccountContext, { id }: Account, path: unknown): SignInFailure | undefined {
  const row = typeof path === 'string' ? parsePath(path) : undefined;
  const lists = [row && parentPath(row), accountPath(id)].filter((list) => list !== undefined);
  const problem = lists.map((list) => store.getFailure(list)).find((found) => found?.editsAccount);
  return problem && failureOfProblem(problem);
}

/** @returns false if the user canceled. */
async function edit(context: AccountContext, chosen: Account, failure?: SignInFailure): Promise<boolean> {
  const service = await loadService(knownService(context.services, chosen.service));
  // An edit repairs unusable secrets, so it asks for all of them.
  const { account, secrets } = await context.accounts
    .credentials(chosen.id)
    .catch(() => ({ account: chosen, secrets: {} }));
  const signedIn = await signIn(
    { ...context, services: [service] },
    toForm(account, service, secrets),
    failure,
  );
  if (!signedIn) return false;
  const { definition, secrets: entered, production } = signedIn;
  const { name, settings } = definition;
  await context.accounts.update(account.id, { name, settings, ...(production && { production }) }, entered);
  reportWarning(signedIn.identity?.warning);
  return true;
}

function exportAccounts(context: AccountContext): Handler {
  return async () => {
    const { exportToFile } = await import('./accountFileCommands');
    await exportToFile(fileContext(context));
  };
}

function importAccounts(context: AccountContext): Handler {
  return async () => {
    const { importFromFile } = await import('./accountFileCommands');
    await importFromFile(fileContext(context));
  };
}

function fileContext(context: AccountContext): AccountFileContext {
  const { accounts, services } = context;
  const signInTo = async (account: Account): Promise<boolean> => {
    try {
      return await edit(context, account);
    } catch (error) {
      reportError(error);
      return false;
    }
  };
  return { accounts, services, signIn: signInTo };
}

function renameAccount(context: AccountContext): Handler {
  return async (path, paths) => {
    const account = await pickAccount(
      context,
      { path, paths },
      { title: vscode.l10n.t('Rename Account'), placeHolder: vscode.l10n.t('Select an account to rename') },
    );
    if (!account) return;
    const others = context.accounts.list().filter(({ id }) => id !== account.id);
    const title = vscode.l10n.t('Rename Account "{0}"', account.name);
    const answer = await promptName({ title, back: false }, account.name, others);
    if (answer.go !== 'next' || answer.value === account.name) return;
    await context.accounts.update(account.id, { name: answer.value }).catch(reportError);
  };
}

function markProduction(context: AccountContext): Handler {
  return async (path, paths) => {
    const texts = {
      title: vscode.l10n.t('Mark as Production'),
      placeHolder: vscode.l10n.t('Select an account to mark'),
    };
    const account = await pickAccount(context, { path, paths }, texts, {
      fits: ({ production }) => !production,
      none: vscode.l10n.t('Every account is marked as production.'),
    });
    if (account) await mark(context, account);
  };
}

function unmarkProduction(context: AccountContext): Handler {
  return async (path, paths) => {
    const account = await pickAccount(
      context,
      { path, paths },
      {
        title: vscode.l10n.t('Remove Production Mark'),
        placeHolder: vscode.l10n.t('Select the account that is no longer production'),
      },
      {
        fits: ({ production }) => production,
        none: vscode.l10n.t('No account is marked as production.'),
      },
    );
    if (account) await unmark(context, account);
  };
}

function toggleProduction(context: AccountContext): Handler {
  return async (path, paths) => {
    const title = vscode.l10n.t('Toggle Production Mark');
    const placeHolder = vscode.l10n.t('Select an account');
    const account = await pickAccount(context, { path, paths }, { title, placeHolder });
    if (account) await (account.production ? unmark : mark)(context, account);
  };
}

async function mark({ accounts }: AccountContext, { id, name }: Account): Promise<void> {
  try {
    await accounts.update(id, { production: true });
    showStatusMessage(vscode.l10n.t('Marked "{0}" as production', plainText(name)));
  } catch (error) {
    reportError(error);
  }
}

async function unmark({ accounts }: AccountContext, account: Account): Promise<void> {
  const answer = await promptToUnmark(false, account);
  if (answer.go !== 'next') return;
  await accounts.update(account.id, { production: { typedName: answer.value } }).catch(reportError);
}

function verifyAccount(context: AccountContext): Handler {
  return async (path, paths) => {
    const account = await pickAccount(
      context,
      { path, paths },
      { title: vscode.l10n.t('Verify Account'), placeHolder: vscode.l10n.t('Select an account to verify') },
    );
    if (!account) return;
    try {
      const saved = await context.accounts.credentials(account.id);
      const identity = await verify(context.sessions, saved.account, saved.secrets);
      if (!identity) return;
      const text = vscode.l10n.t('"{0}" is signed in as {1}.', account.name, identity.name);
      if (identity.warning) reportWarning(identity.warning);
      else void showInformation(text);
    } catch (error) {
      reportError(error, ...remedies(context, account, error));
    }
  };
}

function remedies(context: AccountContext, account: Account, error: unknown): readonly Action[] {
  const { executeCommand } = vscode.commands;
  const editIt = {
    title: vscode.l10n.t('Edit Account'),
    run: () => edit(context, account, toFailure(error)).catch(reportError),
  };
  const showLog = { title: vscode.l10n.t('Show Log'), run: () => executeCommand(commands.showLog) };
  return account.sample ? [showLog] : [editIt, showLog];
}

function removeAccount(context: AccountContext): Handler {
  return async (path, paths) => {
    const account = await pickAccount(
      context,
      { path, paths },
      { title: vscode.l10n.t('Remove Account'), placeHolder: vscode.l10n.t('Select an account to remove') },
    );
    if (!account) return;
    const title = serviceTitle(account.service);
    const message = vscode.l10n.t('Remove the account "{0}" for {1}?', plainText(account.name), title);
    const detail = [
      vscode.l10n.t('The saved credentials are deleted from this computer. Nothing changes at the service.'),
      ...(await consequences(account, context)),
    ].join('\n');
    const remove = vscode.l10n.t('Remove');
    if ((await ask({ message, detail, buttons: [remove] })) !== remove) return;
    await context.accounts.remove(account.id).catch(reportError);
  };
}

/** What removing an account does to open documents, panels and watches: one line for each kind. */
async function consequences(
  { id }: Account,
  { drafts, panels, watches }: AccountContext,
): Promise<readonly string[]> {
  const isOwn = (path: ResourcePath): boolean => getAccountId(path) === id;
  const documents = (await drafts.list()).filter(({ resource }) => isOwn(resource.path)).length;
  const details = panels.list().filter(isOwn).length;
  const comparisons = comparedPaths().filter((paths) => paths.some(isOwn)).length;
  const watched = watches.list().filter(isOwn).length;
  return [
    documents > 0 && vscode.l10n.t('Unsent documents: {0}. They stay open as untitled documents.', documents),
    details > 0 && vscode.l10n.t('Details that will be closed: {0}.', details),
    comparisons > 0 && vscode.l10n.t('Comparisons that will be closed: {0}.', comparisons),
    watched > 0 && vscode.l10n.t('Resources that will no longer be watched: {0}.', watched),
  ].filter((line) => line !== false);
}

/** The resources of each open comparison. */
function comparedPaths(): readonly (readonly ResourcePath[])[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) => (input instanceof vscode.TabInputTextDiff ? [input] : []))
    .map(({ original, modified }) => [original, modified].flatMap(shownPaths));
}

/** The ID of a service as argument selects it. The first session starts the sample. */
function exploreSample(context: AccountContext): Handler {
  return async (serviceId) => {
    const given = context.services.filter(({ id }) => id === serviceId);
    const chosen = given.length > 0 ? given : await choose(context.services);
    try {
      for (const service of chosen ?? []) await add(context, service);
      if (chosen) await vscode.commands.executeCommand(`${views.connections}.focus`);
    } catch (error) {
      reportError(error);
    }
  };
}

async function choose(services: readonly Service[]): Promise<readonly Service[] | undefined> {
  const each = services.map((service) => ({ label: service.title, chosen: [service] as readonly Service[] }));
  const all = { label: vscode.l10n.t('All'), chosen: services };
  const title = vscode.l10n.t('Explore Sample Data');
  const placeHolder = vscode.l10n.t('Select a service');
  return (await showQuickPick([...each, all], { title, placeHolder }))?.chosen;
}

async function add({ accounts, services }: AccountContext, service: Service): Promise<void> {
  if (accounts.list().some((account) => account.sample && account.service === service.id)) return;
  const sample = vscode.l10n.t('Sample Data');
  // Only the samples of the main service need no name of a service.
  const name = service === services[0] ? sample : `${sample} – ${service.title}`;
  await accounts.add({ service: service.id, name, sample: true, settings: {} }, {});
}
