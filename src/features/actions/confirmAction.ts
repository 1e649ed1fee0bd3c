import * as vscode from 'vscode';
import { isSameName, plainText } from '../../shared/plainText';
import type { ActionInfo } from '../../core/services/contract/action';
import type { Account } from '../../core/services/contract/signIn';
import type { Resource } from '../../core/services/contract/resource';
import { kindPresentation } from '../../ui/tree/render';
import { ask } from '../../ui/messages';
import { showInputBox } from '../../ui/quickInput';

/** What the user is asked to agree to. */
export interface ActionRequest {
  readonly action: ActionInfo;
  /** What it is done to; of something that is created, what it becomes a part of. */
  readonly resource: Pick<Resource, 'path' | 'kind' | 'label'>;
  /** What is created. */
  readonly creates?: Pick<Resource, 'kind' | 'label'> | undefined;
  /** The name of what it is linked to. */
  readonly other?: string | undefined;
  /** The resources around it, from the account's own down. */
  readonly ancestors: readonly Pick<Resource, 'kind' | 'label'>[];
  readonly account: Account;
  /** The name of the service, for people. */
  readonly service: string;
}

/** A question, and the words of its answers. */
export interface Question {
  readonly message: string;
  readonly yes: string;
  /** What else is said to keep all as it is. */
  readonly keep?: string;
  /** Instead of VS Code's Cancel, where that could be taken for the action. */
  readonly cancel?: string;
}

/** Asks the user as far as the action calls for it: what, where, and in which account. @returns true to go on. */
export async function confirmAction(request: ActionRequest): Promise<boolean> {
  switch (requiredConfirmation(request)) {
    case 'harmless':
      return true;
    case 'confirm':
      return confirm(request);
    case 'typeName':
      return typeName(request);
  }
}

/**
 * Asks the user who has seen in a comparison what a document changes, and chose to send it: only for the name, where
 * that is called for.
 */
export async function confirmComparedAction(request: ActionRequest): Promise<boolean> {
  return requiredConfirmation(request) === 'typeName' ? typeName(request) : true;
}

/** The question whether to send a document that is compared: one line, for the title of the comparison. */
export function toQuestionText(request: ActionRequest): string {
  const { ancestors, account, service } = request;
  const where = [service, account.name, ...ancestors.map(({ label }) => label)];
  const production = account.production ? [vscode.l10n.t('Production')] : [];
  const texts = [...where.map((text) => plainText(text, 80)), ...production];
  return `${questionAbout(request).message} (${texts.join(', ')})`;
}

/** The title of an action inside a sentence or on a button: without the dots that promise a question. */
export function verbPhrase({ title }: Pick<ActionInfo, 'title'>): string {
  return title.replace(/(…|\.\.\.)$/, '');
}

/** What an action is about: what it creates, else what it is done to. */
export function getName({ creates, resource }: Pick<ActionRequest, 'creates' | 'resource'>): string {
  return plainText((creates ?? resource).label);
}

/** How much is asked before an action: on a production account always the name, else what the action calls for. */
function requiredConfirmation({
  action,
  account,
}: Pick<ActionRequest, 'action' | 'account'>): ActionInfo['confirmation'] {
  return account.production ? 'typeName' : action.confirmation;
}

async function confirm(request: ActionRequest): Promise<boolean> {
  const { yes, ...texts } = questionAbout(request);
  const detail = toPlace(request).join('\n');
  return (await ask({ ...texts, detail, buttons: [yes] })) === yes;
}

async function typeName(request: ActionRequest): Promise<boolean> {
  return askToType(getName(request), questionAbout(request).message, toPlace(request).join(' · '));
}

/** Asks for a name to be typed. @returns true if it was. */
export async function askToType(name: string, title: string, place: string): Promise<boolean> {
  const typed = await showInputBox({
    title,
    prompt: `${vscode.l10n.t('Type "{0}" to confirm.', name)} ${place}`,
    ignoreFocusOut: true,
    validateInput: (text) =>
      text === '' || isSameName(text, name) ? undefined : vscode.l10n.t('The name does not match: {0}', name),
  });
  return typed !== undefined && isSameName(typed, name);
}

/** The question whether to do an action, and the words of its answers. */
export function questionAbout(request: ActionRequest): Question {
  const name = getName(request);
  const title = verbPhrase(request.action);
  switch (request.action.verb) {
    case 'create':
      return { message: vscode.l10n.t('Create "{0}"?', name), yes: vscode.l10n.t('Create') };
    case 'edit':
      return { message: vscode.l10n.t('Send changes to "{0}"?', name), yes: vscode.l10n.t('Send') };
    case 'duplicate':
      return { message: vscode.l10n.t('Duplicate "{0}"?', name), yes: title };
    case 'delete':
      return { message: vscode.l10n.t('Delete "{0}"?', name), yes: title };
    case 'activate':
      return { message: vscode.l10n.t('Activate "{0}"?', name), yes: title };
    case 'deactivate':
      return { message: vscode.l10n.t('Deactivate "{0}"?', name), yes: title };
    case 'validate':
      return { message: vscode.l10n.t('Validate "{0}"?', name), yes: title };
    case 'sync':
      return { message: vscode.l10n.t('Sync data objects of "{0}"?', name), yes: title };
    case 'start':
      return { message: vscode.l10n.t('Start a run of "{0}"?', name), yes: title };
    case 'enable':
      return { message: vscode.l10n.t('Enable "{0}"?', name), yes: title };
    case 'disable':
      return { message: vscode.l10n.t('Disable "{0}"?', name), yes: title };
    case 'link':
      return { message: vscode.l10n.t('Link "{0}" to "{1}"?', name, request.other ?? '?'), yes: title };
    case 'unlink':
      return { message: vscode.l10n.t('Unlink "{0}" from "{1}"?', name, request.other ?? '?'), yes: title };
    case 'cancel':
      return {
        message: vscode.l10n.t('Stop run "{0}"?', name),
        yes: vscode.l10n.t('Stop Run'),
        keep: vscode.l10n.t('Keep Running'),
        cancel: vscode.l10n.t('Close'),
      };
  }
}

/** Where it is done, a line for each part: the resources around, the account, and that it is production. */
function toPlace({ ancestors, resource, creates, account, service }: ActionRequest): readonly string[] {
  const own = resource.kind === 'account' ? [] : [resource];
  const parts = [...ancestors, ...own, ...(creates ? [creates] : [])];
  return [
    ...parts.map((part) => vscode.l10n.t('{0}: {1}', kindPresentation(part).noun, plainText(part.label))),
    vscode.l10n.t('Account: {0} ({1})', plainText(account.name), service),
    ...(account.production ? [vscode.l10n.t('Production')] : []),
  ];
}
