import * as vscode from 'vscode';
import { tellError } from '../accounts/tell';
import { inNotification } from '../commands/progress';
import type { BatchVerb } from '../commands/rowScopes';
import { commands } from '../manifest';
import type { ResourcePath } from '../services/path';
import type { Resource } from '../services/service';
import { plainText } from '../text/plainText';
import { ask, showError, showInformation, showWarning } from '../ui/messages';
import { showQuickPick } from '../ui/quickInput';
import { askToType, questionAbout, verbPhrase } from './agree';
import { unexpectedOf, type BatchResult } from './batch';
import {
  batchDetail,
  batchQuestion,
  batchReport,
  resultText,
  rowName,
  type LeftOutRow,
  type NamedRow,
} from './batchTexts';
import { deedFor, doDeeds, type Deed, type DeedContext, type LeftOut } from './deeds';
import type { LostAnswers } from './lostAnswers';

/** What an action of several rows needs of the performer. */
export interface BatchContext extends Omit<DeedContext, 'tellWell'> {
  /** Reads lists again. */
  readonly refresh: (paths: readonly ResourcePath[]) => Promise<void>;
  readonly lost: Pick<LostAnswers, 'has'>;
}

/**
 * Does what a verb says to all of several resources that offer it: asks once, tells how far it is, goes on after a
 * failure, and tells what came of each.
 */
export async function performSeveral(
  context: BatchContext,
  resources: readonly Resource[],
  verb: BatchVerb,
): Promise<void> {
  const offers = await Promise.all(resources.map((resource) => deedFor(context, resource, verb)));
  const deeds = offers.filter((offer) => 'action' in offer);
  const leftOut = offers.filter((offer) => 'reason' in offer);
  const agreed = await agreeToAll(context, verb, deeds, leftOut);
  const [first] = agreed;
  if (!first) return;
  const title = verbPhrase(first.action);
  const tellWell = (count: number, total: number): void => {
    void showInformation(vscode.l10n.t('{0}: {1} of {2} ended well.', title, count, total));
  };
  const { results, changed } = await inNotification(title, (signal, report) =>
    doDeeds({ ...context, tellWell }, agreed, {
      signal,
      report: (position, { names }) => {
        report(vscode.l10n.t('{0} of {1}: {2}', position, agreed.length, rowName({ names })));
      },
    }),
  );
  // What cannot be read shows in its row.
  const refreshing = context.refresh(changed).catch(() => undefined);
  tellResults(title, results, leftOut);
  await refreshing;
}

/** Asks once about all, by name where an account is production, and about answers that were lost. @returns what to do. */
async function agreeToAll(
  { lost }: BatchContext,
  verb: BatchVerb,
  deeds: readonly Deed[],
  leftOut: readonly LeftOut[],
): Promise<readonly Deed[]> {
  const [first, ...others] = deeds;
  const detail = batchDetail(deeds, leftOut);
  if (!first) {
    const message = vscode.l10n.t('This can be done to none of the selected rows now.');
    await ask({ message, detail, buttons: [], informs: true, harmless: true });
    return [];
  }
  const single = questionAbout(first.intent);
  const message = others.length > 0 ? batchQuestion(verb, deeds.length) : single.message;
  const { yes, ...texts } = single;
  const answer = await ask({ ...texts, message, detail, buttons: [yes] });
  if (answer !== yes || !(await typeAccounts(message, deeds))) return [];
  return withoutLost(first, deeds, lost);
}

/** Has the name of each production account typed. @returns false if one was not. */
async function typeAccounts(message: string, deeds: readonly Deed[]): Promise<boolean> {
  const accounts = new Map(deeds.map((deed) => [deed.account.id, deed]));
  for (const { account, service } of accounts.values()) {
    if (!account.production) continue;
    const place = [plainText(account.name), service, vscode.l10n.t('Production')].join(' · ');
    if (!(await askToType(plainText(account.name), message, place))) return false;
  }
  return true;
}

/** Asks about those whose last answer was lost. @returns what to do. */
async function withoutLost(
  { action }: Deed,
  deeds: readonly Deed[],
  lost: BatchContext['lost'],
): Promise<readonly Deed[]> {
  const open = deeds.filter(({ intent }) => lost.has(intent));
  if (open.length === 0) return deeds;
  const [again, leave] = [vscode.l10n.t('Do It Again'), vscode.l10n.t('Leave Out')];
  const message = vscode.l10n.t(
    '{0}: it may have been done already for {1} of these, because the answer was lost. Do it again?',
    verbPhrase(action),
    open.length,
  );
  const rest = deeds.filter((deed) => !open.includes(deed));
  const buttons = rest.length > 0 ? [again, leave] : [again];
  const answer = await ask({ message, detail: batchDetail(open, []), buttons });
  return answer === again ? deeds : answer === leave ? rest : [];
}

/**
 * Tells what came of a batch; on demand of each row. Does not wait for the user.
 * @throws the first failure that no service explains, for the log.
 */
export function tellResults(
  title: string,
  results: readonly BatchResult<TellableRow>[],
  leftOut: readonly (LeftOutRow & TellableRow)[],
): void {
  const { text, severity } = batchReport(title, results, leftOut);
  const show = severity === 'info' ? showInformation : severity === 'warning' ? showWarning : showError;
  const each = vscode.l10n.t('Show Results');
  show(text, each)
    .then((chosen) => (chosen === each ? showEach(title, results, leftOut) : undefined))
    .catch(tellError);
  const unexpected = unexpectedOf(results);
  if (unexpected instanceof Error) throw unexpected;
}

/** A row that is named in results, and can be revealed. */
type TellableRow = NamedRow & { readonly resource: Resource };

async function showEach(
  title: string,
  results: readonly BatchResult<TellableRow>[],
  leftOut: readonly (LeftOutRow & TellableRow)[],
): Promise<void> {
  const items = [
    ...results.map((result) => ({ row: result.item, detail: resultText(result) })),
    ...leftOut.map((row) => ({ row, detail: vscode.l10n.t('Left out: {0}', row.reason) })),
  ].map(({ row, detail }) => ({ label: rowName(row), detail, path: row.resource.path }));
  const placeHolder = vscode.l10n.t('Choose a row to reveal it in the tree');
  const chosen = await showQuickPick(items, { title, placeHolder, matchOnDetail: true });
  if (chosen) await vscode.commands.executeCommand(commands.revealInTree, chosen.path);
}
