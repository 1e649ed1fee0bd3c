import * as l10n from '@vscode/l10n';
import { toDate } from '../../core/services/common/dates';
import type { ResourcePath } from '../../core/services/contract/path';
import { serviceTitle } from '../../core/services/registry';
import type { Session } from '../../core/services/contract/service';
import type { Account } from '../../core/services/contract/signIn';
import type { Resource } from '../../core/services/contract/resource';
import { KINDS, type ResourceKind } from '../../shared/kinds';
import { plainText } from '../../shared/plainText';
import { render } from '../../ui/tree/render';
import { findHolder } from './holders';
import { stateIcons, stateWord, statusText } from '../../shared/status';
import { markdownText } from '../../ui/text';
import { age } from '../../shared/relativeTime';
import { commands, type CommandId } from '../../shared/contributions';

/** More dates are left to the details panel. */
const MAX_DATES = 3;

/** A line of a card, with a theme icon in front of it. */
export interface CardLine {
  readonly icon?: string;
  readonly text: string;
}

/** The plain text of a hover about one resource. */
export interface Card {
  readonly path: ResourcePath;
  readonly icon: string;
  readonly name: string;
  readonly lines: readonly CardLine[];
  /** True if the service's own UI has a page for it. */
  readonly linked: boolean;
}

export interface CardContext {
  readonly account: Account;
  readonly session: Session;
  /** The loaded rows below a path; undefined if nothing was loaded. */
  readonly rows: (path: ResourcePath) => readonly Resource[] | undefined;
  /** The loaded resource at a path. */
  readonly get: (path: ResourcePath) => Resource | undefined;
  /** Such as `de`. */
  readonly language: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Builds the card of a resource from what is loaded.
 * @param others number of further places of the account that contain it.
 */
export function toCard(resource: Resource, others: number, context: CardContext): Card {
  const { account, session } = context;
  const owner = [serviceTitle(account.service), account.name];
  if (account.production) owner.push(l10n.t('Production'));
  return {
    path: resource.path,
    icon: render({ ...resource, status: { state: 'inactive', label: '' } }).icon.id,
    name: plainText(resource.label) || plainText(resource.id),
    lines: [
      { icon: 'account', text: owner.join(' · ') },
      ...placeLines(resource, others, context),
      ...statusLines(resource),
      ...contentLines(resource, context),
    ],
    linked: session.webLink(resource) !== undefined,
  };
}

/** Counts what was loaded below a resource, and gives its dates as ages. */
export function contentLines(resource: Resource, context: CardContext): readonly CardLine[] {
  const { session, language, now } = context;
  const dated = session.properties(resource).flatMap(({ label, date }) => (date ? [{ label, date }] : []));
  return [
    ...countLines(context.rows(resource.path) ?? []),
    ...lastRunLines(resource, context),
    ...dated.slice(0, MAX_DATES).map(({ label, date }) => ({
      icon: 'calendar',
      text: `${label}: ${age(Date.parse(date), language, now)}`,
    })),
  ];
}

function placeLines({ kind, path }: Resource, others: number, context: CardContext): readonly CardLine[] {
  const holder = kind === 'connection' ? undefined : findHolder(path);
  if (holder === undefined) return [];
  const name = plainText(context.get(holder.path)?.label ?? holder.id);
  const text = others === 0 ? l10n.t('in {0}', name) : l10n.t('in {0} and {1} more', name, others);
  return [{ icon: KINDS[holder.kind].icon, text }];
}

function statusLines({ status, stale }: Resource): readonly CardLine[] {
  if (!status) return [];
  const words = [statusText(status), ...(stale ? [l10n.t('may be outdated')] : [])];
  return [{ icon: stateIcons[status.state], text: words.join(' · ') }];
}

function countLines(rows: readonly Resource[]): readonly CardLine[] {
  const count = (kind: ResourceKind): number => rows.filter((row) => row.kind === kind).length;
  const counts: readonly (readonly [icon: string, count: number, label: string])[] = [
    ['table', count('dataset'), l10n.t('Datasets')],
    ['git-merge', count('pipeline'), l10n.t('Pipelines')],
    ['symbol-class', count('dataObject'), l10n.t('Data objects')],
    ['symbol-field', count('field'), l10n.t('Fields')],
  ];
  return counts.flatMap(([icon, number, label]) =>
    number === 0 ? [] : [{ icon, text: `${label}: ${number}` }],
  );
}

/** The newest backfill or run loaded at or below a resource, at most two levels down. */
function lastRunLines(resource: Resource, context: CardContext): readonly CardLine[] {
  const below = context.rows(resource.path) ?? [];
  const runs = [...below, ...below.flatMap(({ path }) => context.rows(path) ?? [])].flatMap((row) =>
    row.kind === 'backfill' || row.kind === 'run' ? [{ row, date: dateOfRun(row, context.session) }] : [],
  );
  const [newest] = runs.toSorted((a, b) => (b.date ?? '').localeCompare(a.date ?? ''));
  if (!newest) return [];
  const { row, date } = newest;
  const when = date === undefined ? [] : [age(Date.parse(date), context.language, context.now)];
  const text = [row.status ? stateWord(row.status.state) : '', ...when].filter(Boolean).join(', ');
  const label = row.kind === 'backfill' ? l10n.t('Last backfill') : l10n.t('Last run');
  return [{ icon: 'history', text: `${label}: ${text}` }];
}

function dateOfRun(run: Resource, session: Session): string | undefined {
  const times = session.runs?.times(run);
  return toDate(times?.completed ?? times?.started ?? times?.created);
}

/** The commands that a card links to. Its Markdown may run no others. */
export const cardCommands: readonly CommandId[] = [
  commands.showDetails,
  commands.revealInTree,
  commands.copyId,
  commands.openInBrowser,
];

/** Formats cards as Markdown with icons. Server text is escaped. Links contain only our own commands and paths. */
export function cardsMarkdown(cards: readonly Card[]): string {
  return cards.map((card) => cardMarkdown(card)).join('\n\n---\n\n');
}

/** Formats lines without a heading. */
export function linesMarkdown(lines: readonly CardLine[]): string {
  return lines.map(({ icon, text }) => `${icon ? `$(${icon}) ` : ''}${escapeMarkdown(text)}`).join('  \n');
}

function cardMarkdown({ icon, name, lines, path, linked }: Card): string {
  const links = [
    link(l10n.t('Show Details'), commands.showDetails, path),
    link(l10n.t('Reveal in Tree'), commands.revealInTree, path),
    link(l10n.t('Copy ID'), commands.copyId, path),
    ...(linked ? [link(l10n.t('Open in Browser'), commands.openInBrowser, path)] : []),
  ];
  return `$(${icon}) **${escapeMarkdown(name)}**\n\n${linesMarkdown(lines)}\n\n${links.join(' | ')}`;
}

function link(title: string, command: CommandId, path: ResourcePath): string {
  // A bracket would end the link: IDs may contain some, and encodeURIComponent does not encode round ones.
  const argument = encodeURIComponent(JSON.stringify([path]))
    .replaceAll('(', '%28')
    .replaceAll(')', '%29');
  return `[${markdownText(title)}](command:${command}?${argument})`;
}

function escapeMarkdown(text: string): string {
  return markdownText(plainText(text));
}
