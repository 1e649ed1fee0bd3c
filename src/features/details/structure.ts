import * as l10n from '@vscode/l10n';
import type { StructureNode } from '../../core/services/contract/detailViews';
import type { Session } from '../../core/services/contract/service';
import type { Resource } from '../../core/services/contract/resource';
import { plainText } from '../../shared/plainText';
import { kindPresentation } from '../../ui/tree/render';
import { type Lists, listsModel, resourcesBelow, statusModel } from './listModel';
import type { NodeModel, StructureModel } from '../../shared/models';

/** A larger graph is unreadable, even with groups. */
const MAX_NODES = 1000;

/** Creates the Structure tab from what is loaded. */
export function toStructure(lists: Lists, session: Session, resource: Resource): StructureModel {
  const sources = session.detailViews?.structureInputs(resource) ?? [];
  const empty = { nodes: [], edges: [] };
  const { nodes, edges } =
    session.detailViews?.structure(resource, (path) => resourcesBelow(lists, path)) ?? empty;
  const drawn = nodes.slice(0, MAX_NODES);
  const ids = new Set(drawn.map(({ id }) => id));
  const opened = drawn.flatMap(({ expandable, path }) =>
    expandable && path && lists.rows(path) ? [path] : [],
  );
  return {
    ...listsModel(lists, [...new Set([...sources, ...opened])]),
    nodes: drawn.map((node) => nodeModel(lists, node, resource)),
    edges: edges
      .filter(({ from, to }) => ids.has(from) && ids.has(to))
      .map(({ from, to, label }) => ({ from, to, ...(label !== undefined && { label: plainText(label) }) })),
    ...(nodes.length > MAX_NODES && {
      note: l10n.t('Showing the first {0} of {1} nodes.', MAX_NODES, nodes.length),
    }),
  };
}

function nodeModel(lists: Lists, node: StructureNode, resource: Resource): NodeModel {
  const { id, kind, path, label, role, status } = node;
  return {
    id,
    kind,
    label: plainText(label) || l10n.t('(no name)'),
    role: plainText(role ?? kindWord(kind)),
    ...(status && { status: statusModel(status) }),
    ...(path !== undefined && { path }),
    isCurrent: path === resource.path,
    isCollapsed: isClosed(lists, node),
  };
}

/** A node whose list failed to load may be expanded again. */
function isClosed(lists: Lists, { expandable, path }: StructureNode): boolean {
  if (!expandable || path === undefined || !lists.get(path)?.hasChildren) return false;
  const rows = lists.rows(path);
  return rows === undefined || (rows.length > 0 && rows.every(({ problem }) => problem?.retryable === true));
}

function kindWord(kind: StructureNode['kind']): string {
  return kind === 'key' ? l10n.t('Key') : kindPresentation({ kind }).noun;
}
