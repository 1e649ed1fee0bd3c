import * as vscode from 'vscode';
import { isSameName, plainText } from '../../shared/plainText';
import type { ActionInfo } from '../../core/services/contract/action';
import type { Account } from '../../core/services/contract/signIn';
import type { Resource } from '../../core/services/contract/resource';
import { kindPresentation } from '../../ui/tree/render';
import { ask } from '../../ui/messages';
import { showInputBox } from '../../ui/quickInput';

/** An action that needs the user's confirmation. */
export interface ActionRequest {
  readonly action: ActionInfo;
  /** The resource that the action runs on; for a creation, the parent of the new one. */
  readonly resource: Pick<Resource, 'path' | 'kind' | 'label'>;
  /** The resource to create. */
  readonly creates?: Pick<Resource, 'kind' | 'label'> | undefined;
  /** The name of the resource to link to. */
  readonly other?: string | undefined;
  /** The ancestors of the resource, from the outermost inside the account. */
  readonly ancestors: readonly Pick<Resource, 'kind' | 'label'>[];
  readonly account: Account;
  /** The display name of the service. */
  readonly service: string;
}

/** A question and the labels of its buttons. */
export interface Question {
  readonly message: string;
  readonly yes: string;
  /** Label of the button that changes nothing, instead of the default one. */
  readonly keep?: string;
  /** Replaces VS Code's Cancel if that could be mistaken for the action. */
  readonly cancel?: string;
}

/**
 * Asks for the confirmation that the action requires: what, where, and in which account. @returns true to
 * continue.
 */
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
 * Asks for confirmation after the user reviewed the changes in a comparison and chose to send them: only for
 * the name, if that is required.
 */
export async function confirmComparedAction(request: ActionRequest): Promise<boolean> {
  return requiredConfirmation(request) === 'typeName' ? typeName(request) : true;
}

/** The question whether to send a compared document, on one line, for the title of the comparison. */
export function toQuestionText(request: ActionRequest): string {
  const { ancestors, account, service } = request;
  const where = [service, account.name, ...ancestors.map(({ label }) => label)];
  const production = account.production ? [vscode.l10n.t('Production')] : [];
  const texts = [...where.map((text) => plainText(text, 80)), ...production];
  return `${questionAbout(request).message} (${texts.join(', ')})`;
}

/**
 * The title of an action in a sentence, on a button or before a name, without the ellipsis. An edit only has this
 * name.
 */
export function verbPhrase({ title, verb }: Pick<ActionInfo, 'title' | 'verb'>): string {
  if (verb === 'edit') return vscode.l10n.t('Edit');
  return title.replace(/(…|\.\.\.)$/, '');
}

/** The name of what an action creates, or of the resource that it runs on. */
export function getName({ creates, resource }: Pick<ActionRequest, 'creates' | 'resource'>): string {
  return plainText((creates ?? resource).label);
}

/** The required confirmation: on a production account always the name, otherwise what the action declares. */
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

/** Asks the user to type a name. @returns true if they did. */
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

/** The question whether to run an action, with its button labels. */
export function questionAbout(request: ActionRequest): Question {
  const name = getName(request);
  const title = verbPhrase(request.action);
  switch (request.action.verb) {
    case 'create':
    case 'createDataView':
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

/** Where the action runs, one line each: the ancestors, the account, and whether it is production. */
function toPlace({ ancestors, resource, creates, account, service }: ActionRequest): readonly string[] {
  const own = resource.kind === 'account' ? [] : [resource];
  const parts = [...ancestors, ...own, ...(creates ? [creates] : [])];
  return [
    ...parts.map((part) => vscode.l10n.t('{0}: {1}', kindPresentation(part).noun, plainText(part.label))),
    vscode.l10n.t('Account: {0} ({1})', plainText(account.name), service),
    ...(account.production ? [vscode.l10n.t('Production')] : []),
  ];
}
