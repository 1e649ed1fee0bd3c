/**
 * Narrows what was caught to the errors that the caller has an answer to.
 * @param types the classes of these errors
 * @throws what was caught if it is of another class: a fault of the code, which must not pass for one of them.
 */
export function expectError<E extends Error>(
  caught: unknown,
  ...types: readonly (abstract new (...args: never) => E)[]
): E {
  for (const type of types) if (caught instanceof type) return caught;
  throw caught;
}
