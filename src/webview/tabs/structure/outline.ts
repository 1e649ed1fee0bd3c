import * as l10n from '@vscode/l10n';
import type { NodeModel, StructureModel } from '../../../shared/models';
import { plainText } from '../../../shared/plainText';
import { element } from '../../components/elements';
import { iconButton, statusMark } from '../../components/controls';
import type { TabActions } from '../../components/tabs';

/** A node of the outline. */
interface Branch {
  readonly node: NodeModel;
  /** Label of the edge from its parent. */
  readonly by: string | undefined;
  readonly below: readonly Branch[];
}

/** The structure as nested lists: each node once, below the first one with an edge to it. */
export function outline(
  { nodes, edges }: StructureModel,
  actions: Pick<TabActions, 'open' | 'load'>,
): HTMLElement {
  const list = element('ul', { className: 'outline', ariaLabel: l10n.t('Structure') });
  list.append(...branches(nodes, edges).map((branch) => item(branch, actions)));
  return list;
}

function branches(nodes: readonly NodeModel[], edges: StructureModel['edges']): readonly Branch[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const left = new Set(byId.keys());
  const grow = (node: NodeModel, by?: string): Branch => {
    left.delete(node.id);
    const below = edges.flatMap(({ from, to, label }) => {
      const next = byId.get(to);
      return from === node.id && next && left.has(to) ? [grow(next, label)] : [];
    });
    return { node, by, below };
  };
  const targets = new Set(edges.filter(({ from, to }) => from !== to && byId.has(from)).map(({ to }) => to));
  const roots = nodes.filter(({ id }) => !targets.has(id));
  // Nodes that are only in a cycle have no root.
  return [...roots, ...nodes].flatMap((node) => (left.has(node.id) ? [grow(node)] : []));
}

function item({ node, by, below }: Branch, actions: Pick<TabActions, 'open' | 'load'>): HTMLElement {
  const { label, role, status, path, isCollapsed, isCurrent } = node;
  const name = plainText(label) || l10n.t('(no name)');
  const title =
    path === undefined
      ? element('span', { dir: 'auto' }, name)
      : element('button', { type: 'button', className: 'link', dir: 'auto' }, name);
  if (path !== undefined) {
    title.addEventListener('click', () => {
      actions.open(path);
    });
  }
  if (isCurrent) title.ariaCurrent = 'true';
  const roles = [role, by].flatMap((text) => (text ? [plainText(text)] : [])).join(' · ');
  const line = element(
    'div',
    { className: 'outline-line' },
    title,
    ...(status ? [statusMark(status)] : []),
    element('span', { className: 'role', dir: 'auto' }, roles),
  );
  if (isCollapsed && path !== undefined) {
    const load = iconButton('add', l10n.t('Load children of {0}', plainText(label, 80)), () => {
      actions.load(path);
    });
    line.append(load);
  }
  const rest = below.length > 0 ? [element('ul', {}, ...below.map((branch) => item(branch, actions)))] : [];
  return element('li', {}, line, ...rest);
}
