import type { Json } from './json';

/** Content that no server should send. Positions are those of the connections. */
const spoilers: Readonly<Record<number, (json: Json) => unknown>> = {
  0: (json) => ({ ...json, state: '<b>$(error) odd</b>', health: 'fine' }),
  1: () => null,
  2: ({ technology }) => ({ technology }),
  3: (json) => ({
    ...json,
    health: { client: null, policy: ['x'], audit: { status: 5 } },
    createdAt: 'soon',
  }),
  4: (json) => ({ ...json, technology: 'Nonsuch \u202Egnirts', state: null, extra: { deep: [[{}]] } }),
  5: () => 'not an object',
};

/** The list item for the connection at a position of a hostile tenant. */
export function spoilConnection(index: number, json: Json): unknown {
  return spoilers[index]?.(json) ?? (index in spoilers ? null : json);
}
