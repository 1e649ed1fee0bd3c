import { parentPath, type ResourcePath } from '../../contract/path';
import type { Structure, StructureNode } from '../../contract/detailViews';
import type { Resource } from '../../contract/resource';
import { edge, type GetList, loadedParent, toNode } from '../../common/structures';

/** The hierarchy of data objects below a resource, as far as it is loaded, and its ancestors up to the connection. */
export function toStructure(resource: Resource, getList: GetList): Structure {
  const way = wayTo(resource, getList);
  const nodes = [...way, resource, ...below(resource.path, getList)];
  const drawn = new Set(nodes.map(({ path }) => path));
  return {
    nodes: nodes.map(toPart),
    edges: nodes.flatMap(({ path }) => {
      const parent = parentPath(path);
      return parent && drawn.has(parent) ? [edge(parent, path)] : [];
    }),
  };
}

/** The ancestors of a resource, starting with the connection. */
function wayTo(resource: Resource, getList: GetList): readonly Resource[] {
  const parent = resource.kind === 'connection' ? undefined : loadedParent(resource, getList);
  return parent ? [...wayTo(parent, getList), parent] : [];
}

function below(path: ResourcePath, getList: GetList): readonly Resource[] {
  return getList(path)
    .filter(({ kind }) => kind === 'dataObject')
    .flatMap((object) => [object, ...below(object.path, getList)]);
}

function toPart(resource: Resource): StructureNode {
  const opens = resource.kind === 'dataObject';
  return {
    ...toNode(resource, opens ? resource.description : undefined),
    ...(opens && { expandable: opens }),
  };
}
