import * as l10n from '@vscode/l10n';
import { HttpError, type HttpErrorKind } from '../../http/errors';
import { accountPath, childPath, type ResourcePath } from '../contract/path';
import type { PageItem } from '../contract/page';
import type { Resource, Problem } from '../contract/resource';

/**
 * Converts an error into a problem. Only HttpErrors have messages for users that are free of secrets; the
 * messages of other errors are not shown.
 */
export function toProblem(error: unknown): Problem {
  if (!(error instanceof HttpError)) {
    return {
      title: l10n.t('An unexpected error occurred.'),
      detail: l10n.t('The extension encountered an unknown error.'),
      advice: l10n.t('Try again. If it happens again, check the log.'),
      retryable: true,
    };
  }
  const { kind, message, code, advice, account } = error;
  return {
    ...(account && account.name !== '' && { place: toPlace(account.name, account.service) }),
    title: error.hasUnknownOutcome ? l10n.t('The change may have succeeded.') : toSummary(kind),
    detail: toDetail(error),
    advice,
    retryable: kind !== 'rejected',
    ...(error.blamesAccount && account?.id !== undefined && { editsAccount: true }),
    ...(error.wrongField !== undefined && { wrongField: error.wrongField }),
    cause: [kind, code ?? '', message].join(' '),
  };
}

/** An account with its service, as messages name it. */
export function toPlace(account: string, service: string): string {
  return account === service ? account : l10n.t('{0} ({1})', account, service);
}

/** The reason, with codes that help to find it in a log, unless the message has them already. */
function toDetail({ message, status, code, requestId }: HttpError): string {
  const marks = [
    status === undefined || message.includes(`HTTP ${status}`) ? '' : l10n.t('HTTP {0}', status),
    code === undefined || message.includes(code) ? '' : l10n.t('code {0}', code),
    requestId === undefined ? '' : l10n.t('request {0}', requestId),
  ].filter((mark) => mark !== '');
  if (marks.length === 0) return message;
  // They belong to the last sentence.
  return message.endsWith('.')
    ? `${message.slice(0, -1)} (${marks.join(', ')}).`
    : `${message} (${marks.join(', ')})`;
}

function toSummary(kind: HttpErrorKind): string {
  switch (kind) {
    case 'authentication':
      return l10n.t('Sign-in failed.');
    case 'permission':
      return l10n.t('Access denied.');
    case 'notFound':
      return l10n.t('Not found.');
    case 'conflict':
      return l10n.t('Conflict with the current state.');
    case 'rejected':
      return l10n.t('Request rejected.');
    case 'rateLimit':
      return l10n.t('Rate limit reached.');
    case 'timeout':
      return l10n.t('The service did not respond in time.');
    case 'network':
      return l10n.t('The service could not be reached.');
    case 'protocol':
      return l10n.t('The service returned an invalid response.');
    case 'tooLarge':
      return l10n.t('The response is too large.');
    case 'server':
      return l10n.t('The service reported an internal error.');
  }
}

/** A problem row below `parent`. `id` is unique among the problems of that parent. */
export function problemItem(parent: Pick<Resource, 'path'>, id: string, problem: Problem): PageItem {
  const path = childPath(parent.path, 'problem', id);
  return {
    resource: {
      path,
      kind: 'problem',
      id,
      label: problem.title,
      description: problem.detail,
      hasChildren: false,
      problem,
    },
  };
}

/**
 * A row for an item of a list that cannot be shown.
 * @param position of the item, such as `0.12` for the 13th of the first page.
 * @param flaw what is wrong with it, such as `id: missing`.
 */
export function brokenItem(parent: Pick<Resource, 'path'>, position: string, flaw: string): PageItem {
  return problemItem(parent, `broken ${position}`, {
    title: l10n.t('An item cannot be shown.'),
    detail: l10n.t('Item {0} of the list is not in the documented format: {1}.', position, flaw),
    advice: l10n.t(
      'The other items of the list are shown. Refresh later to check whether the service has fixed it.',
    ),
    retryable: false,
  });
}

/** A problem as one line of text: what, why, and what to do; without its place. */
export function problemText({ title, detail, advice = '' }: Problem): string {
  const sentences = [title, detail, advice]
    .filter((part) => part !== '')
    .map((part) => (/[.!?…。]$/u.test(part) ? part : `${part}.`));
  return sentences.join(' ');
}

/** A problem as one line for a message without context, such as a notification: starts with its place. */
export function placedProblemText(problem: Problem): string {
  const text = problemText(problem);
  return problem.place === undefined ? text : l10n.t('{0}: {1}', problem.place, text);
}

/** An error as one line for a message without context: as `placedProblemText`. */
export function errorText(error: unknown): string {
  return placedProblemText(toProblem(error));
}

/** What the user can do immediately about a failure. */
export type Remedy = 'retry' | 'editAccount';

/** The remedies that every view of a failure offers, in this order. */
export function findRemedies({
  retryable,
  editsAccount,
}: Pick<Problem, 'retryable' | 'editsAccount'>): readonly Remedy[] {
  return [...(retryable ? ['retry' as const] : []), ...(editsAccount ? ['editAccount' as const] : [])];
}

/** The account to edit to fix a failure; undefined if that does not help, or it cannot be edited. */
export function accountToEdit(error: unknown): ResourcePath | undefined {
  const mends = error instanceof HttpError && findRemedies(toProblem(error)).includes('editAccount');
  const id = mends ? error.account?.id : undefined;
  return id === undefined ? undefined : accountPath(id);
}

/** The problem of a list that was loaded completely, but has fewer items than the service reported. */
export function incompleteList(total: number, came: number): Problem {
  return {
    title: l10n.t('The list may be incomplete.'),
    detail: l10n.t('The service announced {0} items but sent {1}.', total, came),
    advice: l10n.t(
      'It may have changed while loading. Try again. If this persists, the account may not have permission to see the other items.',
    ),
    retryable: true,
  };
}
