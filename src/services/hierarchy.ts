/**
 * The items of a list that stand at the top of its hierarchy: those without a parent in the list, and those that lie below
 * themselves, be it by way of others. No item is lost: whatever is not at the top lies below one that is.
 * @param parents the id of each item, with the id of its parent; undefined for none.
 */
export function topmost(parents: ReadonlyMap<string, string | undefined>): ReadonlySet<string> {
  const top = new Set<string>();
  const visited = new Set<string>();
  for (const start of parents.keys()) {
    const trail = new Set<string>();
    let at: string | undefined = start;
    while (at !== undefined && parents.has(at) && !visited.has(at)) {
      visited.add(at);
      trail.add(at);
      const parent: string | undefined = parents.get(at);
      if (parent === undefined || !parents.has(parent)) top.add(at);
      at = parent;
    }
    if (at !== undefined && trail.has(at)) for (const id of circle(at, parents)) top.add(id);
  }
  return top;
}

/** The way up from an item that leads back to it. */
function circle(start: string, parents: ReadonlyMap<string, string | undefined>): ReadonlySet<string> {
  const ids = new Set<string>();
  for (let at: string | undefined = start; at !== undefined && !ids.has(at); at = parents.get(at))
    ids.add(at);
  return ids;
}
