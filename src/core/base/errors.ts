/**
 * Narrows what was caught to the errors that the caller has an answer to.
 * @param type the class of these errors
 * @throws what was caught if it is of another class: a fault of the code, which must not pass for one of them.
 */
export function expectError<E extends Error>(caught: unknown, type: abstract new (...args: never) => E): E {
  if (caught instanceof type) return caught;
  throw caught;
}
