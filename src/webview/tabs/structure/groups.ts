import * as l10n from '@vscode/l10n';
import type { NodeModel, StatusModel, StructureModel } from '../../../shared/models';
import { stateWord } from '../../../shared/status';
import { STATUS_ORDER } from '../overview/rows';

type Parts = Pick<StructureModel, 'nodes' | 'edges'>;
type EdgeModel = StructureModel['edges'][number];

/** Maximum number of leaves of one role with the same parent and edge that are drawn individually. */
const MAX_UNGROUPED = 12;

/** Leaves that a group node replaces, and the edge to it. */
interface Group {
  readonly id: string;
  readonly edge: EdgeModel;
  readonly members: readonly NodeModel[];
}

/**
 * Replaces large sets of similar leaves by group nodes, such as hundreds of datasets at one key. A group looks like a
 * collapsed node; its path is its ID.
 * @param opened the IDs of expanded groups.
 */
export function grouped(
  parts: Parts,
  opened: ReadonlySet<string>,
): Parts & { readonly groups: ReadonlySet<string> } {
  const groups = toGroups(parts);
  const away = new Set(groups.flatMap(({ members }) => members.map(({ id }) => id)));
  const shown = groups.filter(({ id }) => opened.has(id));
  return {
    nodes: [
      ...parts.nodes.filter(({ id }) => !away.has(id)),
      ...groups.map((group) => groupNode(group, opened)),
      ...shown.flatMap(({ members }) => members),
    ],
    edges: [
      ...parts.edges.filter(({ to }) => !away.has(to)),
      ...groups.map(({ id, edge }) => ({ ...edge, to: id })),
      ...shown.flatMap(({ id, members }) => members.map((member) => ({ from: id, to: member.id }))),
    ],
    groups: new Set(groups.map(({ id }) => id)),
  };
}

function toGroups({ nodes, edges }: Parts): readonly Group[] {
  const sources = new Set(edges.map(({ from }) => from));
  const leading = new Map<string, readonly EdgeModel[]>();
  for (const edge of edges) leading.set(edge.to, [...(leading.get(edge.to) ?? []), edge]);
  const found = new Map<string, { readonly edge: EdgeModel; readonly members: NodeModel[] }>();
  for (const node of nodes) {
    const [edge, ...others] = leading.get(node.id) ?? [];
    if (!edge || others.length > 0 || sources.has(node.id) || node.isCurrent || node.isCollapsed) continue;
    const id = JSON.stringify([edge.from, edge.label ?? '', node.role]);
    const group = found.get(id) ?? { edge, members: [] };
    group.members.push(node);
    found.set(id, group);
  }
  return [...found]
    .filter(([, { members }]) => members.length > MAX_UNGROUPED)
    .map(([id, { edge, members }]) => ({ id, edge, members }));
}

function groupNode({ id, members }: Group, opened: ReadonlySet<string>): NodeModel {
  const status = getStatus(members);
  return {
    id,
    label: `${members.length} × ${members[0]?.role ?? ''}`,
    role: opened.has(id) ? l10n.t('group, expanded') : l10n.t('group, collapsed'),
    kind: 'group',
    ...(status && { status }),
    path: id,
    isCurrent: false,
    isCollapsed: !opened.has(id),
  };
}

/** The most urgent state, and the number of members in each state. */
function getStatus(members: readonly NodeModel[]): StatusModel | undefined {
  const counts = STATUS_ORDER.flatMap((state) => {
    const count = members.filter(({ status }) => status?.state === state).length;
    return count === 0 ? [] : [{ state, text: `${stateWord(state)}: ${count}` }];
  });
  const [first] = counts;
  return first && { state: first.state, label: '', text: counts.map(({ text }) => text).join(', ') };
}
