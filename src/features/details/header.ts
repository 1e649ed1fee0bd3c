import type { Session } from '../../core/services/contract/service';
import type { Account } from '../../core/services/contract/signIn';
import type { Resource } from '../../core/services/contract/resource';
import { parentPath, pathSegments, type ResourcePath } from '../../core/services/contract/path';
import { findService } from '../../core/services/registry';
import { KINDS } from '../../shared/kinds';
import { plainText } from '../../shared/plainText';
import { kindPresentation } from '../../ui/tree/render';
import type { DataState, Header, TabId, PanelCommand } from '../../shared/protocol';
import { statusModel } from './listModel';

/** A resource above the one that is shown. */
interface Ancestor {
  readonly path: ResourcePath;
  /** Undefined until loaded. */
  readonly resource: Resource | undefined;
}

export interface HeaderSource {
  readonly path: ResourcePath;
  /** Undefined until loaded. */
  readonly resource: Resource | undefined;
  /** From the account down. */
  readonly ancestors: readonly Ancestor[];
  /** Its name, and the panel's title, before a reload of the window. */
  readonly lastTitle?: string | undefined;
  readonly lastTabTitle?: string | undefined;
  readonly account: Account | undefined;
  /** True for an account that has no row, because there is no other one. */
  readonly isOnlyAccount?: boolean;
  /** Undefined if it cannot be opened. */
  readonly session: Session | undefined;
  readonly state: DataState;
  readonly busy: boolean;
  readonly tabs: readonly TabId[];
  readonly pinned: boolean;
}

/** Creates the model of the header. Server texts become plain single lines. */
export function toHeader(source: HeaderSource): Header {
  const { path, resource, lastTitle = '', lastTabTitle = '' } = source;
  const { account, session, state, busy, tabs } = source;
  const look = resource && kindPresentation(resource);
  const isAccount = parentPath(path) === undefined;
  const id = resource?.id ?? pathSegments(path).at(-1)?.id ?? '';
  const { status, description } = resource ?? {};
  const gone = state.kind === 'gone';
  const label = plainText(resource?.label ?? (plainText(lastTitle) || id));
  return {
    label,
    tabTitle: resource ? toTabTitle(label, source.ancestors) : plainText(lastTabTitle) || label,
    ancestors: source.ancestors.map((above) => ({ path: above.path, label: toName(above) })),
    // Tabs only have pictures of kinds.
    icon: isAccount ? KINDS.account.icon : (look?.icon ?? 'plug'),
    kind: look?.noun ?? '',
    // The ID of an account is the extension's own.
    id: isAccount ? '' : plainText(id),
    service: (account && findService(account.service)?.title) ?? '',
    production: account?.production ?? false,
    ...(description !== undefined && { description: plainText(description) }),
    ...(status && !gone && { status: statusModel(status) }),
    state,
    busy,
    tabs: [...tabs],
    commands: toCommands(source, gone),
    actions: resource && !gone ? listActions(resource, session) : [],
  };
}

function toCommands(source: HeaderSource, gone: boolean): PanelCommand[] {
  const { path, resource, session, isOnlyAccount, pinned } = source;
  const there = resource && !gone;
  return [
    'refresh',
    ...(there && !isOnlyAccount ? (['reveal'] as const) : []),
    ...(parentPath(path) === undefined ? [] : (['copyId', 'copyLink'] as const)),
    ...(there && kindPresentation(resource).capabilities.includes('json') ? (['openJson'] as const) : []),
    ...(there && session?.webLink(resource) !== undefined ? (['openInBrowser'] as const) : []),
    ...(pinned ? [] : (['pin'] as const)),
  ];
}

function listActions(resource: Resource, session: Session | undefined): Header['actions'] {
  const actions = (session?.actions?.(resource) ?? []).map(({ id, title, verb }) => ({
    id,
    title: plainText(title),
    destructive: verb === 'delete',
  }));
  return actions.toSorted((a, b) => Number(a.destructive) - Number(b.destructive));
}

/** `Orders Fashion Iberia: 2026-03-15 – …`: many connections have a dataset of that name, and many datasets such a backfill. */
function toTabTitle(label: string, ancestors: HeaderSource['ancestors']): string {
  const owner = ancestors.findLast(({ resource }) => resource && resource.kind !== 'group');
  if (!owner || parentPath(owner.path) === undefined) return label;
  return `${toName(owner)}: ${label}`;
}

function toName({ path, resource }: Ancestor): string {
  return plainText(resource?.label ?? '') || plainText(pathSegments(path).at(-1)?.id ?? '');
}
