import * as l10n from '@vscode/l10n';
import { commands, type CommandId } from '../manifest';
import type { ResourcePath } from '../services/path';
import { markdownText } from '../tree/markdownText';
import { plainText } from '../text/plainText';
import type { Card, CardLine } from './card';

/** The commands that a card links to: all that its Markdown may run. */
export const cardCommands: readonly CommandId[] = [
  commands.showDetails,
  commands.revealInTree,
  commands.copyId,
  commands.openInBrowser,
];

/** Cards as Markdown with icons. Server text is escaped; links are our own commands with our own paths. */
export function cardsMarkdown(cards: readonly Card[]): string {
  return cards.map((card) => cardMarkdown(card)).join('\n\n---\n\n');
}

/** Lines below each other, without a head. */
export function linesMarkdown(lines: readonly CardLine[]): string {
  return lines.map(({ icon, text }) => `${icon ? `$(${icon}) ` : ''}${shown(text)}`).join('  \n');
}

function cardMarkdown({ icon, name, lines, path, linked }: Card): string {
  const links = [
    link(l10n.t('Show Details'), commands.showDetails, path),
    link(l10n.t('Reveal in Tree'), commands.revealInTree, path),
    link(l10n.t('Copy ID'), commands.copyId, path),
    ...(linked ? [link(l10n.t('Open in Browser'), commands.openInBrowser, path)] : []),
  ];
  return `$(${icon}) **${shown(name)}**\n\n${linesMarkdown(lines)}\n\n${links.join(' | ')}`;
}

function link(title: string, command: CommandId, path: ResourcePath): string {
  // A bracket would end the link: ids may hold some, and encodeURIComponent leaves round ones alone.
  const argument = encodeURIComponent(JSON.stringify([path]))
    .replaceAll('(', '%28')
    .replaceAll(')', '%29');
  return `[${markdownText(title)}](command:${command}?${argument})`;
}

function shown(text: string): string {
  return markdownText(plainText(text));
}
