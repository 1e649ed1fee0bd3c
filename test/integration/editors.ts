import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';
import { settingsSection } from '../../src/shared/contributions';

/** Times that a document is opened until it is a new one. */
const MAX_TRIES = 20;

/**
 * An unsaved document. VS Code uses the name of a closed one again, and may still return that one if this follows at
 * once.
 */
export async function open(content: string, language: string): Promise<vscode.TextDocument> {
  for (let tries = 1; ; tries++) {
    const document = await vscode.workspace.openTextDocument({ content, language });
    if (document.getText() === content && document.languageId === language) return document;
    assert.ok(tries < MAX_TRIES, `not a new document: ${describeDocument(document)}`);
    await wait(100);
  }
}

/** The text of all hovers at a position, as Markdown with ordinary spaces. */
export async function hoverText(
  document: vscode.TextDocument,
  line: number,
  column: number,
): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    new vscode.Position(line, column),
  );
  const texts = hovers.flatMap(({ contents }) =>
    contents.map((content) => (content instanceof vscode.MarkdownString ? content.value : '')),
  );
  return texts.join('\n').replaceAll('&nbsp;', ' ');
}

/** The completions at a position. */
export async function completions(
  document: vscode.TextDocument,
  line: number,
  column: number,
): Promise<readonly vscode.CompletionItem[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    new vscode.Position(line, column),
  );
  return items;
}

/** The inlay hints in a part of a document; by default, its first lines. */
export async function hints(
  document: vscode.TextDocument,
  range = new vscode.Range(0, 0, 9, 0),
): Promise<readonly vscode.InlayHint[]> {
  return vscode.commands.executeCommand('vscode.executeInlayHintProvider', document.uri, range);
}

/** A name as in escaped Markdown. */
export function shown(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N} ]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);
}

/** Does some work while a setting of the user is so. */
export async function withSetting(key: string, value: unknown, work: () => Promise<void>): Promise<void> {
  const section = vscode.workspace.getConfiguration(settingsSection);
  await section.update(key, value, vscode.ConfigurationTarget.Global);
  try {
    await work();
  } finally {
    await section.update(key, undefined, vscode.ConfigurationTarget.Global);
  }
}

/** Describes a document for a failed assertion: whether VS Code still has it, and what else is open. */
export function describeDocument(document: vscode.TextDocument): string {
  const open = vscode.workspace.textDocuments.map(({ uri }) => uri.toString()).join(' ');
  const active = vscode.window.activeTextEditor?.document.uri.toString() ?? 'none';
  const { uri, isClosed, languageId } = document;
  return `${uri.toString()} (${languageId}, closed: ${isClosed}); active: ${active}; open: ${open}`;
}
