import * as vscode from 'vscode';
import type { Store } from '../../core/store/store';
import type { Panels } from '../details/panels';
import { isAbort } from '../../core/base/abort';
import { toProblem } from '../../core/services/common/problem';
import { getAccountPath, type ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import { commands } from '../../shared/contributions';
import { KINDS } from '../../shared/kinds';
import { plainText } from '../../shared/plainText';
import { accountRowItems } from '../../ui/text';
import { inNotification } from '../../ui/cancellation';
import { ask, showInformation, showStatusMessage, showWarning, reportError } from '../../ui/messages';
import { showQuickPick } from '../../ui/quickInput';
import { parseLink, targetPath, type LinkFlaw, type LinkTarget } from './link';

/** What links are made and opened with. */
export interface LinkContext {
  readonly store: Store;
  readonly panels: Pick<Panels, 'open'>;
  /** `publisher.name`, the authority of the URIs. */
  readonly extensionId: string;
}

/** A message names no more accounts. */
const MAX_NAMED_ACCOUNTS = 5;

/** An account that was asked for the target of a link. */
interface Answer {
  readonly account: Resource;
  /** The resource, or why it is not there. */
  readonly found: Resource | Error;
}

/**
 * Opens links from outside. Anybody can make them, so nothing is requested before the user agrees, and one that arrives
 * while another one is being opened is dropped.
 */
export class LinkOpener {
  #isBusy = false;

  constructor(private readonly context: LinkContext) {}

  /** Shows the details of what the query of a link names, in the account that has it. Says why if that cannot be. */
  async open(query: string): Promise<void> {
    if (this.#isBusy) {
      showStatusMessage(vscode.l10n.t('Another link is being opened'));
      return;
    }
    this.#isBusy = true;
    try {
      const target = parseLink(query);
      if (typeof target === 'string') void showWarning(flawText(target));
      else await this.#openTarget(target);
    } catch (error) {
      if (!isAbort(error)) reportError(error);
    } finally {
      this.#isBusy = false;
    }
  }

  async #openTarget(target: LinkTarget): Promise<void> {
    const { store, panels } = this.context;
    const accounts = store
      .accounts()
      .filter(({ path }) => store.account(path)?.service === target.service.id);
    if (accounts.length === 0) {
      await offerAccount(target);
      return;
    }
    if (!(await agrees(target, accounts))) return;
    const title = vscode.l10n.t('Looking for {0}', targetText(target));
    const answers = await inNotification(title, (signal) => search(store, target, accounts, signal));
    const found = answers.flatMap((answer) => (answer.found instanceof Error ? [] : [answer.account]));
    if (found.length === 0) {
      explain(target, answers);
      return;
    }
    const account = found.length > 1 ? await choose(store, target, found) : found[0];
    if (account) await panels.open(targetPath(account.path, target), { preview: false, focus: true });
  }
}

/** The target in each account that can have it. @throws the signal's reason. */
async function search(
  store: Store,
  target: LinkTarget,
  accounts: readonly Resource[],
  signal: AbortSignal,
): Promise<readonly Answer[]> {
  const likely = await accountsWith(store, target, accounts, signal);
  return Promise.all(
    likely.map(async (account) => {
      try {
        return {
          account,
          found: await store.resolve(targetPath(account.path, target), { asked: true, signal }),
        };
      } catch (error) {
        signal.throwIfAborted();
        return { account, found: error instanceof Error ? error : new Error(String(error)) };
      }
    }),
  );
}

/**
 * The accounts that have the outermost resource: one request each instead of all their lists, if the service can find it
 * by its ID. All of them if it cannot, or if none has it, so that each can say why.
 */
async function accountsWith(
  store: Store,
  { service, steps }: LinkTarget,
  accounts: readonly Resource[],
  signal: AbortSignal,
): Promise<readonly Resource[]> {
  const id = steps[0]?.id ?? '';
  if (accounts.length < 2 || !service.idPattern?.test(id)) return accounts;
  const found = [...store.find(id), ...(await store.locate(id, signal))];
  const paths = new Set<ResourcePath>(found.map(({ path }) => getAccountPath(path)));
  const likely = accounts.filter(({ path }) => paths.has(path));
  return likely.length > 0 ? likely : accounts;
}

async function agrees(target: LinkTarget, accounts: readonly Resource[]): Promise<boolean> {
  const open = vscode.l10n.t('Open');
  const message = vscode.l10n.t('Open the link to {0}?', targetText(target));
  const detail =
    accounts.length === 1
      ? vscode.l10n.t('It is looked for in the account {0}.', accountNames(accounts))
      : vscode.l10n.t('It is looked for in the accounts {0}.', accountNames(accounts));
  return (await ask({ message, detail, informs: true, harmless: true, buttons: [open] })) === open;
}

async function offerAccount(target: LinkTarget): Promise<void> {
  const add = vscode.l10n.t('Add Account');
  const text = vscode.l10n.t(
    'The link leads to {0}. You have no account of this service.',
    targetText(target),
  );
  if ((await showInformation(text, add)) === add) await vscode.commands.executeCommand(commands.addAccount);
}

async function choose(
  store: Store,
  target: LinkTarget,
  accounts: readonly Resource[],
): Promise<Resource | undefined> {
  const items = accountRowItems(store, accounts);
  const placeHolder = vscode.l10n.t('Found in several accounts. Select one');
  return (await showQuickPick(items, { title: targetText(target), placeHolder }))?.row;
}

/** Says for each account why it has no such resource. */
function explain(target: LinkTarget, answers: readonly Answer[]): void {
  const [first, ...others] = answers;
  if (first && others.length === 0) {
    reportError(first.found);
    return;
  }
  const reasons = answers.slice(0, MAX_NAMED_ACCOUNTS).map(({ account, found }) => {
    const { title, detail } = toProblem(found);
    return vscode.l10n.t('{0}: {1}', plainText(account.label, 80), detail || title);
  });
  const sentence = vscode.l10n.t('No account has {0}.', targetText(target));
  void showWarning([sentence, ...reasons].join(' '));
}

/** `Dataset "5f24" of Adobe Customer Journey Analytics` */
function targetText({ kind, id, service }: LinkTarget): string {
  return vscode.l10n.t('{0} "{1}" of {2}', KINDS[kind].noun(), plainText(id, 100), service.title);
}

function accountNames(accounts: readonly Resource[]): string {
  const names = accounts
    .slice(0, MAX_NAMED_ACCOUNTS)
    .map((account) => vscode.l10n.t('"{0}"', plainText(account.label, 80)));
  const others = accounts.length - names.length;
  return [...names, ...(others > 0 ? [vscode.l10n.t('and {0} more', others)] : [])].join(', ');
}

function flawText(flaw: LinkFlaw): string {
  switch (flaw) {
    case 'malformed':
      return vscode.l10n.t('The link cannot be opened. It is incomplete, or was changed on its way.');
    case 'tooLong':
      return vscode.l10n.t('The link cannot be opened. It is too long.');
    case 'unknownService':
      return vscode.l10n.t(
        'The link cannot be opened. This version of the extension does not know its service.',
      );
  }
}
