import * as vscode from 'vscode';
import type { Property } from '../../core/services/contract/properties';
import { ExactTime } from '../../shared/relativeTime';
import type { Resource } from '../../core/services/contract/resource';
import { statusText } from '../../shared/status';
import { markdownText } from '../text';
import { plainText } from '../../shared/plainText';
import { isRunPath, type ResourcePath } from '../../core/services/contract/path';
import { commands } from '../../shared/contributions';
import type { Icon } from './render';

const MAX_TOOLTIP_CHARS = 1000;

/** The tooltip of a problem: what, where, why, and what to do. */
export function problemTooltip({ label, path, problem }: Resource, place: string): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendMarkdown(`**${shown(label)}**`);
  appendLine(text, vscode.l10n.t('Account'), place);
  for (const part of [problem?.detail, problem?.advice]) if (part) appendParagraph(text, part);
  if (problem?.editsAccount) appendEditAccount(text, path);
  return text;
}

/**
 * The tooltip of a resource: its name, status and properties, and what watching it means. All of it is server
 * text, so all of it is escaped.
 */
export function tooltip(
  resource: Resource,
  facts: readonly Property[],
  watched: boolean,
): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendMarkdown(`**${shown(resource.label)}**`);
  const { status } = resource;
  if (status) appendLine(text, vscode.l10n.t('Status'), statusText(status));
  const exact = new ExactTime(vscode.env.language);
  for (const fact of facts) appendLine(text, fact.label, factText(fact, exact));
  if (watched) appendParagraph(text, watchedText(resource));
  return text;
}

/** Times in full: an age would be wrong soon, and VS Code would not be notified to redraw it. */
function factText({ value, date, hint }: Property, exact: ExactTime): string {
  const shown = (date === undefined ? undefined : exact.format(date)) ?? value;
  return hint === undefined ? shown : `${shown} (${hint})`;
}

/** The only link: everything else is escaped. */
function appendEditAccount(text: vscode.MarkdownString, path: ResourcePath): void {
  const address = `command:${commands.editAccount}?${encodeURIComponent(JSON.stringify([path]))}`;
  text.appendMarkdown(`\n\n[${vscode.l10n.t('Edit Account…')}](${address})`);
  text.isTrusted = { enabledCommands: [commands.editAccount] };
}

function watchedText({ path }: Resource): string {
  return isRunPath(path)
    ? vscode.l10n.t('Watching. You will be notified when this run ends.')
    : vscode.l10n.t('Watching. You will be notified when current and future runs end.');
}

function appendLine(text: vscode.MarkdownString, label: string, value: string): void {
  text.appendMarkdown(`  \n${shown(`${label}: ${value}`)}`);
}

function appendParagraph(text: vscode.MarkdownString, value: string): void {
  text.appendMarkdown(`\n\n${shown(value)}`);
}

function shown(text: string): string {
  return markdownText(plainText(text, MAX_TOOLTIP_CHARS));
}

/** Converts the icon of a row to VS Code's. */
export function themeIcon({ id, color }: Icon): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, color === undefined ? undefined : new vscode.ThemeColor(color));
}
