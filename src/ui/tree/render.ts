import * as l10n from '@vscode/l10n';
import { commands, type CommandId } from '../../shared/contributions';
import { findRemedies } from '../../core/services/common/problem';
import type { Resource, Status, ResourceKind } from '../../core/services/contract/resource';
import { type StatusState, stateWord } from '../../shared/status';
import { plainText } from '../../shared/plainText';

/** A row of the tree as plain data, from which the provider makes a `vscode.TreeItem`. */
export interface TreeRow {
  readonly label: string;
  readonly description: string;
  readonly icon: Icon;
  readonly collapsible: boolean;
  /** `<kind>.<capability>.<ability>…`, for the when-clauses of menus. */
  readonly contextValue: string;
  /** What a screen reader says: name, kind, status and description in words. */
  readonly accessibilityLabel: string;
  /** What a click does, besides selecting. Called with the path of the resource. */
  readonly command?: CommandId;
}

/** A theme icon and the theme colour it is drawn in. */
export interface Icon {
  readonly id: string;
  readonly color?: string;
}

/** How one kind looks, and what can be done with it. */
export interface KindPresentation {
  readonly icon: string;
  /** The kind in words. */
  readonly noun: string;
  readonly capabilities: readonly string[];
  readonly command?: CommandId;
}

/**
 * The row of a resource.
 * @param abilities what its session can do with it now, for the menu: `link`, `shortId`, `status`,
 * `watch`, `watchFor`, `unwatch`, `can-<verb>`.
 * @param ongoing what is being done to it at this moment, for people.
 */
export function render(resource: Resource, abilities: readonly string[] = [], ongoing?: string): TreeRow {
  const look = kindPresentation(resource);
  const command = look.command ?? (look.capabilities.includes('json') ? commands.showDetails : undefined);
  const label = plainText(resource.label) || l10n.t('(no name)');
  const description = [
    ongoing,
    resource.status && statusWords(resource.kind, resource.status),
    resource.description,
    resource.searchAttributes?.production && l10n.t('Production'),
    resource.stale && l10n.t('may be outdated'),
    abilities.includes('unwatch') && l10n.t('watched'),
  ]
    .filter((part) => part !== undefined && part !== false && part !== '')
    .map((part) => plainText(String(part)))
    .join(' · ');
  return {
    label,
    description,
    icon: ongoing === undefined ? toIcon(resource, look) : { id: 'loading~spin' },
    collapsible: resource.hasChildren,
    contextValue: [resource.kind, ...look.capabilities, ...abilities].join('.'),
    accessibilityLabel: [look.noun, label, resource.status && stateWord(resource.status.state), description]
      .filter(Boolean)
      .join(', '),
    ...(command && { command }),
  };
}

/** How a resource looks, whatever its status. */
export function kindPresentation(resource: Pick<Resource, 'kind' | 'problem'>): KindPresentation {
  switch (resource.kind) {
    case 'account':
      return { icon: 'account', noun: l10n.t('Account'), capabilities: ['refresh'] };
    case 'connection':
      return {
        icon: 'plug',
        noun: l10n.t('Connection'),
        capabilities: ['id', 'json', 'refresh'],
      };
    case 'dataset':
      return {
        icon: 'table',
        noun: l10n.t('Dataset'),
        capabilities: ['id', 'json', 'refresh'],
      };
    case 'backfill':
      return { icon: 'history', noun: l10n.t('Backfill'), capabilities: ['id', 'json'] };
    case 'dataView':
      return { icon: 'eye', noun: l10n.t('Data view'), capabilities: ['id', 'json'] };
    case 'entity':
      return { icon: 'symbol-namespace', noun: l10n.t('Entity'), capabilities: ['id', 'json', 'refresh'] };
    case 'field':
      return { icon: 'symbol-field', noun: l10n.t('Field'), capabilities: ['id', 'json'] };
    case 'pipeline':
      return {
        icon: 'git-merge',
        noun: l10n.t('Pipeline'),
        capabilities: ['id', 'json', 'refresh'],
      };
    case 'run':
      return { icon: 'history', noun: l10n.t('Run'), capabilities: ['id', 'json'] };
    case 'identity':
      return { icon: 'person', noun: l10n.t('Identity'), capabilities: ['id', 'json'] };
    case 'dataObject':
      return { icon: 'symbol-class', noun: l10n.t('Data object'), capabilities: ['id', 'json', 'refresh'] };
    case 'task':
      return { icon: 'checklist', noun: l10n.t('Task'), capabilities: ['id', 'json', 'refresh'] };
    case 'group':
      return { icon: 'folder', noun: l10n.t('Group'), capabilities: ['refresh'] };
    case 'problem':
      return problemLook(resource);
    case 'more':
      return { icon: 'ellipsis', noun: '', capabilities: [], command: commands.loadMore };
  }
}

function problemLook({ problem }: Pick<Resource, 'problem'>): KindPresentation {
  const word = l10n.t('Problem');
  const capabilities = problem ? findRemedies(problem) : [];
  return problem?.retryable
    ? { icon: 'error', noun: word, capabilities, command: commands.retry }
    : { icon: 'warning', noun: word, capabilities };
}

/**
 * States that must catch the eye have a shape of their own; the others tint the icon of the kind.
 * The colours are ones that high-contrast themes define too, unlike `testing.iconFailed`.
 */
const loud: Partial<Record<StatusState, Icon>> = {
  failed: { id: 'error', color: 'problemsErrorIcon.foreground' },
  warning: { id: 'warning', color: 'problemsWarningIcon.foreground' },
  running: { id: 'sync', color: 'charts.blue' },
  queued: { id: 'clock', color: 'charts.yellow' },
};

function toIcon(resource: Resource, look: KindPresentation): Icon {
  if (resource.kind === 'problem') {
    const color = resource.problem?.retryable
      ? 'problemsErrorIcon.foreground'
      : 'problemsWarningIcon.foreground';
    return { id: look.icon, color };
  }
  const state = resource.status?.state;
  if (!state) return { id: look.icon };
  if (loud[state]) return loud[state];
  const id = resource.kind === 'backfill' && state === 'ok' ? 'pass' : look.icon;
  return { id, color: state === 'ok' ? 'testing.iconPassed' : 'disabledForeground' };
}

/** The words of a status that stand in the row: of a backfill always, else where there is something to tell. */
function statusWords(kind: ResourceKind, status: Status): string | undefined {
  return kind !== 'backfill' && status.state === 'ok' ? undefined : status.label;
}
