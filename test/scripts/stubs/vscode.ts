/**
 * An API of VS Code in which nothing is open and nothing happens: enough for activation without an editor. It is found
 * as `vscode` by `NODE_PATH`.
 */

/** What is a list in the API. */
const LISTS = ['textDocuments', 'visibleTextEditors', 'all', 'tabs'];

/** What stands for every object, function, class and value of the API: whatever is asked of it gives the same again. */
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
      // It is no promise.
      return name === 'then' ? undefined : nothing;
    },
    apply: () => nothing,
    // A class of the extension that extends one of the API is its own.
    construct: (target, _, made) =>
      Object.is(made, nothing) ? nothing : (Reflect.construct(target, [], made) as object),
  },
);

module.exports = nothing;
