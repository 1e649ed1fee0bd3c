import { KINDS, traitsOfKind } from '../../shared/kinds';
import * as l10n from '@vscode/l10n';
import { commands, type CommandId } from '../../shared/contributions';
import { findRemedies } from '../../core/services/common/problem';
import { findService } from '../../core/services/registry';
import type { Resource } from '../../core/services/contract/resource';
import { type StatusState, stateWord, statusText } from '../../shared/status';
import { plainText } from '../../shared/plainText';

/** A row of the tree as plain data, from which the provider makes a `vscode.TreeItem`. */
export interface TreeRow {
  readonly label: string;
  readonly description: string;
  readonly icon: Icon;
  readonly collapsible: boolean;
  /** `<kind>.<capability>.<ability>…`, for the when-clauses of menus. */
  readonly contextValue: string;
  /** For screen readers: name, state, kind, and the description with the place. */
  readonly accessibilityLabel: string;
  /** What a click does besides selecting. Called with the path of the resource. */
  readonly command?: CommandId;
}

/** What a row shows in addition to its resource. */
export interface RowMarks {
  /** What is being done to it at this moment, for display. */
  readonly ongoing?: string | undefined;
  /** Whether its status, or that of rows below it, changed since the user looked at it. */
  readonly news?: 'changed' | 'below';
}

/** A theme icon and its theme color. */
export interface Icon {
  readonly id: string;
  readonly color?: string;
}

/** Appearance and capabilities of a kind. */
export interface KindPresentation {
  readonly icon: string;
  /** The name of the kind. */
  readonly noun: string;
  readonly capabilities: readonly string[];
  readonly command?: CommandId;
}

/**
 * The row of a resource.
 * @param abilities what its session can do with it now, for the menu: `link`, `shortId`, `glossary`,
 * `status`, `watch`, `watchFor`, `unwatch`, `pin`, `unpin`, `can-<verb>`. A row that is marked as such has
 * `production` besides.
 */
export function render(
  resource: Resource,
  abilities: readonly string[] = [],
  { ongoing, news }: RowMarks = {},
): TreeRow {
  const look = kindPresentation(resource);
  const command = look.command ?? (look.capabilities.includes('json') ? commands.showDetails : undefined);
  const label = plainText(resource.label) || l10n.t('(no name)');
  const description = [
    ongoing,
    news && (news === 'changed' ? l10n.t('status changed') : l10n.t('changes below')),
    rowStatus(resource),
    resource.description,
    resource.searchAttributes?.production && l10n.t('Production'),
    resource.stale && l10n.t('may be outdated'),
    abilities.includes('unwatch') && l10n.t('watched'),
    abilities.includes('unpin') && l10n.t('pinned'),
  ]
    .filter((part) => part !== undefined && part !== false && part !== '')
    .map((part) => plainText(String(part)))
    .join(' · ');
  return {
    label,
    description,
    icon: ongoing === undefined ? toIcon(resource, look) : { id: 'loading~spin' },
    collapsible: resource.hasChildren,
    contextValue: [
      ...[resource.kind, ...look.capabilities, ...abilities],
      ...(resource.searchAttributes?.production ? ['production'] : []),
    ].join('.'),
    accessibilityLabel: [label, resource.status && stateWord(resource.status.state), look.noun, description]
      .filter(Boolean)
      .join(', '),
    ...(command && { command }),
  };
}

/** The appearance of a resource, regardless of its status. */
export function kindPresentation(
  resource: Pick<Resource, 'kind' | 'problem' | 'searchAttributes'>,
): KindPresentation {
  const { icon, noun, hasId, hasChildren } = traitsOfKind(resource.kind);
  const capabilities = [...(hasId ? ['id', 'json'] : []), ...(hasChildren ? ['refresh'] : [])];
  switch (resource.kind) {
    case 'account':
      return { icon: serviceIcon(resource) ?? icon, noun: noun(), capabilities };
    case 'problem':
      return problemPresentation(resource);
    case 'more':
      return { icon, noun: noun(), capabilities, command: commands.loadMore };
    case 'noMatch':
      return { icon, noun: noun(), capabilities, command: commands.clearFilter };
    default:
      return { icon, noun: noun(), capabilities };
  }
}

function serviceIcon({ searchAttributes }: Pick<Resource, 'searchAttributes'>): string | undefined {
  return findService(searchAttributes?.service ?? '')?.icon;
}

function problemPresentation({ problem }: Pick<Resource, 'problem'>): KindPresentation {
  const { icon, noun } = KINDS.problem;
  const capabilities = problem ? findRemedies(problem) : [];
  return problem?.retryable
    ? { icon, noun: noun(), capabilities, command: commands.retry }
    : { icon: 'warning', noun: noun(), capabilities };
}

/**
 * States that need attention have their own icon; the others tint the icon of the kind. High-contrast themes
 * define these colors too, unlike `testing.iconFailed`.
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
  const shouted = loud[state];
  // The icon of an account identifies its service. Its description contains the state.
  if (shouted) return resource.kind === 'account' ? { ...shouted, id: look.icon } : shouted;
  const id = resource.kind === 'backfill' && state === 'ok' ? 'pass' : look.icon;
  return { id, color: state === 'ok' ? 'testing.iconPassed' : 'disabledForeground' };
}

/** The status text in the row: always for a backfill, otherwise only if it is not OK. */
export function rowStatus({ kind, status }: Pick<Resource, 'kind' | 'status'>): string | undefined {
  if (!status) return undefined;
  return kind !== 'backfill' && status.state === 'ok' ? undefined : statusText(status);
}
