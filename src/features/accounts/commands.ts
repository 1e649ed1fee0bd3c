import type { Accounts } from './accounts';
import { signIn, type SignInContext, verify } from './signIn';
import { emptyForm, toForm } from './signInForm';
import { tellError, tellWarning, type Action } from '../../ui/errorMessages';
import * as vscode from 'vscode';
import { knownService } from './accountErrors';
import { pickAccount, type PickContext, promptName, promptToUnmark } from './prompts';
import type { Service } from '../../core/services/contract/service';
import type { Account } from '../../core/services/contract/signIn';
import { showInformation, ask } from '../../ui/messages';
import type { Sessions } from './sessions';
import { accountPath, type ResourcePath, getAccountId } from '../../core/services/contract/path';
import { serviceTitle } from '../../core/services/registry';
import type { Drafts } from '../actions/drafts';
import { parseComparedText } from '../../ui/documents/comparedText';
import { compareScheme, views } from '../../shared/contributions';
import type { Panels } from '../details/panels';
import { plainText } from '../../shared/plainText';
import type { WatchList } from '../runs/watchList';
import type { Handler } from '../../ui/commands/register';
import { showQuickPick } from '../../ui/quickInput';

/** Asks for an account, verifies it, and saves it. */
export function addAccount(
  context: SignInContext & { readonly accounts: Pick<Accounts, 'add'> },
): () => Promise<void> {
  return async () => {
    const signedIn = await signIn(context, emptyForm(context.services));
    if (!signedIn) return;
    try {
      await context.accounts.add(signedIn.definition, signedIn.secrets);
      tellWarning(signedIn.identity?.warning);
    } catch (error) {
      tellError(error);
    }
  };
}

/** What editing an account works with. */
export interface EditContext extends SignInContext, PickContext {
  readonly accounts: Pick<Accounts, 'list' | 'get' | 'credentials' | 'update'>;
}

/** Asks all questions of an account again, its answers filled in, verifies it, and saves it. */
export function editAccount(context: EditContext): (path?: unknown, paths?: unknown) => Promise<void> {
  return async (path, paths) => {
    const account = await pickAccount(context, { path, paths }, vscode.l10n.t('Select an account to edit'));
    if (!account) return;
    if (account.sample) {
      void showInformation(vscode.l10n.t('The sample account has no credentials to edit.'));
      return;
    }
    try {
      await edit(context, account);
    } catch (error) {
      tellError(error);
    }
  };
}

async function edit(context: EditContext, chosen: Account): Promise<void> {
  const service = knownService(context.services, chosen.service);
  // Secrets that cannot be used are what an edit repairs: they are all asked for.
  const { account, secrets } = await context.accounts
    .credentials(chosen.id)
    .catch(() => ({ account: chosen, secrets: {} }));
  const signedIn = await signIn(context, toForm(account, service, secrets));
  if (!signedIn) return;
  const { definition, secrets: entered, production } = signedIn;
  const { name, settings } = definition;
  await context.accounts.update(account.id, { name, settings, ...(production && { production }) }, entered);
  tellWarning(signedIn.identity?.warning);
}

/** Asks for another name of an account. */
export function renameAccount(
  context: PickContext & { readonly accounts: Pick<Accounts, 'update'> },
): (path?: unknown, paths?: unknown) => Promise<void> {
  return async (path, paths) => {
    const account = await pickAccount(context, { path, paths }, vscode.l10n.t('Select an account to rename'));
    if (!account) return;
    const others = context.accounts.list().filter(({ id }) => id !== account.id);
    const title = vscode.l10n.t('Rename Account "{0}"', account.name);
    const answer = await promptName({ title, back: false }, account.name, others);
    if (answer.go !== 'next' || answer.value === account.name) return;
    await context.accounts.update(account.id, { name: answer.value }).catch(tellError);
  };
}

/** Marks an account as production, or takes the mark away, which asks for the account's name. */
export function toggleProduction(
  context: PickContext & { readonly accounts: Pick<Accounts, 'update'> },
): (path?: unknown, paths?: unknown) => Promise<void> {
  return async (path, paths) => {
    const placeholder = vscode.l10n.t('Select an account to mark or unmark as production');
    const account = await pickAccount(context, { path, paths }, placeholder);
    if (!account) return;
    if (!account.production) {
      await context.accounts.update(account.id, { production: true }).catch(tellError);
      return;
    }
    const answer = await promptToUnmark(false, account);
    if (answer.go !== 'next') return;
    await context.accounts.update(account.id, { production: { typedName: answer.value } }).catch(tellError);
  };
}

/** What verifying an account works with. */
export interface VerifyContext extends PickContext {
  readonly accounts: Pick<Accounts, 'list' | 'get' | 'credentials'>;
  readonly sessions: Pick<Sessions, 'verify'>;
  readonly editAccount: (path: ResourcePath) => unknown;
  readonly showLog: () => unknown;
}

/** Asks the service whether an account's credentials work, and tells the user. */
export function verifyAccount(context: VerifyContext): (path?: unknown, paths?: unknown) => Promise<void> {
  return async (path, paths) => {
    const account = await pickAccount(context, { path, paths }, vscode.l10n.t('Select an account to verify'));
    if (!account) return;
    try {
      const saved = await context.accounts.credentials(account.id);
      const identity = await verify(context.sessions, saved.account, saved.secrets);
      if (!identity) return;
      const text = vscode.l10n.t('"{0}" is signed in as {1}.', account.name, identity.name);
      if (identity.warning) tellWarning(identity.warning);
      else void showInformation(text);
    } catch (error) {
      tellError(error, ...remedies(context, account));
    }
  };
}

function remedies({ editAccount, showLog }: VerifyContext, account: Account): readonly Action[] {
  const edit = { title: vscode.l10n.t('Edit Account'), run: () => editAccount(accountPath(account.id)) };
  const log = { title: vscode.l10n.t('Show Log'), run: showLog };
  return account.sample ? [log] : [edit, log];
}

/** What holds something of an account in this window. */
export interface AccountUsers {
  readonly drafts: Pick<Drafts, 'list'>;
  readonly panels: Pick<Panels, 'list'>;
  readonly watches: Pick<WatchList, 'list'>;
}

/** Forgets an account and its secrets, after the user has agreed. */
export function removeAccount(
  context: PickContext & AccountUsers & { readonly accounts: Pick<Accounts, 'remove'> },
): (path?: unknown, paths?: unknown) => Promise<void> {
  return async (path, paths) => {
    const account = await pickAccount(context, { path, paths }, vscode.l10n.t('Select an account to remove'));
    if (!account) return;
    const title = serviceTitle(account.service);
    const message = vscode.l10n.t('Remove the account "{0}" for {1}?', plainText(account.name), title);
    const detail = [
      vscode.l10n.t('The saved credentials are deleted from this computer. Nothing changes at the service.'),
      ...(await consequences(account, context)),
    ].join('\n');
    const remove = vscode.l10n.t('Remove');
    if ((await ask({ message, detail, buttons: [remove] })) !== remove) return;
    await context.accounts.remove(account.id).catch(tellError);
  };
}

/** What becomes of what is open, a line for each kind. */
async function consequences(
  { id }: Account,
  { drafts, panels, watches }: AccountUsers,
): Promise<readonly string[]> {
  const isOf = (path: ResourcePath): boolean => getAccountId(path) === id;
  const documents = (await drafts.list()).filter(({ resource }) => isOf(resource.path)).length;
  const details = panels.list().filter(isOf).length;
  const comparisons = comparedPaths().filter((paths) => paths.some(isOf)).length;
  const watched = watches.list().filter(isOf).length;
  return [
    documents > 0 && vscode.l10n.t('Unsent documents: {0}. They stay open as untitled documents.', documents),
    details > 0 && vscode.l10n.t('Details that will be closed: {0}.', details),
    comparisons > 0 && vscode.l10n.t('Comparisons that will be closed: {0}.', comparisons),
    watched > 0 && vscode.l10n.t('Resources that will no longer be watched: {0}.', watched),
  ].filter((line) => line !== false);
}

/** The resources of each comparison that is open. */
function comparedPaths(): readonly (readonly ResourcePath[])[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) => (input instanceof vscode.TabInputTextDiff ? [input] : []))
    .map(({ original, modified }) =>
      [original, modified]
        .filter(({ scheme }) => scheme === compareScheme)
        .flatMap(({ query }) => getPath(query)),
    );
}

function getPath(query: string): readonly ResourcePath[] {
  const source = parseComparedText(query)?.source;
  return source && 'path' in source ? [source.path] : [];
}

/** What exploring the samples works with. */
export interface ExploreContext {
  readonly accounts: Pick<Accounts, 'list' | 'add'>;
  readonly services: readonly Service[];
}

/**
 * Shows sample data: the account of a service's sample is added where there is none. The sample is started by the
 * first session. The id of a service as argument chooses it; without one the user does.
 */
export function exploreSample(context: ExploreContext): Handler {
  return async (serviceId) => {
    const given = context.services.filter(({ id }) => id === serviceId);
    const chosen = given.length > 0 ? given : await choose(context.services);
    try {
      for (const service of chosen ?? []) await add(context, service);
      if (chosen) await vscode.commands.executeCommand(`${views.connections}.focus`);
    } catch (error) {
      tellError(error);
    }
  };
}

async function choose(services: readonly Service[]): Promise<readonly Service[] | undefined> {
  const each = services.map((service) => ({ label: service.title, chosen: [service] as readonly Service[] }));
  const all = { label: vscode.l10n.t('All'), chosen: services };
  const title = vscode.l10n.t('Explore sample data of');
  return (await showQuickPick([...each, all], { title }))?.chosen;
}

async function add({ accounts, services }: ExploreContext, service: Service): Promise<void> {
  if (accounts.list().some((account) => account.sample && account.service === service.id)) return;
  const sample = vscode.l10n.t('Sample Data');
  // The first service is the main one; others say whose samples they are.
  const name = service === services[0] ? sample : `${sample} – ${service.title}`;
  await accounts.add({ service: service.id, name, sample: true, settings: {} }, {});
}
