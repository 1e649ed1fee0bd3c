/**
 * A stub of VS Code's API in which nothing is open and nothing happens: enough for activation without an
 * editor. `NODE_PATH` makes it resolvable as `vscode`.
 */

/** Members of the API that are lists. */
const LISTS = ['textDocuments', 'visibleTextEditors', 'all', 'tabs'];

/** Stands for every object, function, class and value of the API: accessing or calling it returns itself. */
const nothing: object = new Proxy(
  function () {
    return undefined;
  } as unknown as NewableFunction,
  {
    get: (target, name): unknown => {
      if (name === Symbol.toPrimitive) return () => '';
      if (typeof name === 'symbol') return Reflect.get(target, name) as unknown;
      if (LISTS.includes(name)) return [];
      if (name === 'prototype') return Reflect.get(target, name) as unknown;
      // It is not a promise.
      return name === 'then' ? undefined : nothing;
    },
    apply: () => nothing,
    // A class of the extension that extends one of the API must be constructed itself.
    construct: (target, _, made) =>
      Object.is(made, nothing) ? nothing : (Reflect.construct(target, [], made) as object),
  },
);

module.exports = nothing;
