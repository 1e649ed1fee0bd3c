import fc from 'fast-check';
import { isJsonObject } from '../../../src/core/http/json';

/** A change of an answer. */
export type Mutation = (body: string) => string;

type Step = string | number;

/** Texts that have met a weakness of some program before. */
const NASTY = [
  ...[
    '',
    ' ',
    '.',
    '..',
    '/',
    '%2e%2e',
    '\n',
    '\u0000',
    '\u202e',
    '😀',
    '\ud800',
    '__proto__',
    'constructor',
    'null',
  ],
  ...[
    '[x](command:y)',
    '$(x)',
    '${x}',
    '<b>',
    "'; --",
    '0',
    '-1',
    '1e999',
    '2024-02-31',
    '0001-01-01',
    'x'.repeat(5000),
  ],
];

const leaf = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e300, 9_007_199_254_740_991, [], {}, [[]], [null]),
  fc.constantFrom<unknown>(...NASTY),
  fc.string({ maxLength: 20, unit: 'binary' }),
  fc.jsonValue({ maxDepth: 2 }),
);

const KEYS = [
  'id',
  'name',
  'content',
  'connections',
  'data',
  'next',
  'message',
  'errors',
  '__proto__',
  'toString',
];

/** Changes one place of a JSON value. `at` chooses the place. */
const inJson: fc.Arbitrary<Mutation> = fc
  .record({
    at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    power: fc.constantFrom(1, 4),
    deed: fc.constantFrom('put', 'put', 'remove', 'repeat', 'wrap', 'text', 'add', 'empty'),
    key: fc.constantFrom(...KEYS),
    value: leaf,
  })
  .map(({ at, power, deed, key, value }) => (body: string) => {
    let json: unknown;
    try {
      json = JSON.parse(body);
    } catch {
      return body;
    }
    const places = placesIn(json);
    // The outermost come first, and are struck often: envelopes are few among many members of items.
    const place = places[Math.floor(at ** power * places.length)] ?? [];
    const put = changed(json, place, (old) => changedValue(deed, old, key, value));
    return put === undefined ? '' : JSON.stringify(put);
  });

/** Damages the text itself. */
const inText: fc.Arbitrary<Mutation> = fc
  .record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(20),
    put: fc.string({ maxLength: 8, unit: 'binary' }),
  })
  .map(({ at, length, put }) => (body: string) => {
    const place = Math.floor(at * body.length);
    return body.slice(0, place) + put + body.slice(place + length);
  });

const another: fc.Arbitrary<Mutation> = fc.oneof(
  fc.json().map((text) => () => text),
  fc.string({ unit: 'binary' }).map((text) => () => text),
  fc.constantFrom('', '{}', '[]', 'null', '<html>', '{"message":"maintenance"}').map((text) => () => text),
);

/** Answers as they are, and as no service should send them. */
export const mutation: fc.Arbitrary<Mutation> = fc
  .array(
    fc.oneof(
      { weight: 12, arbitrary: inJson },
      { weight: 2, arbitrary: inText },
      { weight: 1, arbitrary: another },
    ),
    {
      maxLength: 4,
    },
  )
  .map((steps) => (body: string) => steps.reduce((text, step) => step(text), body));

function changedValue(deed: string, old: unknown, key: string, value: unknown): unknown {
  switch (deed) {
    case 'repeat':
      return Array.isArray(old)
        ? [...(old as readonly unknown[]), ...(old as readonly unknown[])]
        : [old, old];
    case 'wrap':
      return { [key]: old };
    case 'text':
      return typeof old === 'string' ? Number(old) : JSON.stringify(old);
    case 'add':
      return isJsonObject(old) ? { ...old, [key]: value } : value;
    case 'empty':
      return Array.isArray(old) ? [] : isJsonObject(old) ? {} : '';
    case 'remove':
      return undefined;
    default:
      return value;
  }
}

/** The places of a JSON value, itself among them; of very large ones the first. */
function placesIn(json: unknown): readonly (readonly Step[])[] {
  const places: (readonly Step[])[] = [[]];
  // The list grows while it is gone through.
  for (const place of places) {
    if (places.length > 2000) break;
    const value = place.reduce<unknown>((at, step) => (at as Readonly<Record<Step, unknown>>)[step], json);
    if (typeof value !== 'object' || value === null) continue;
    const steps = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
    places.push(...steps.map((step) => [...place, step]));
  }
  return places;
}

/** The value with another one at a place; without the member if that is undefined. */
function changed(
  value: unknown,
  [step, ...rest]: readonly Step[],
  change: (old: unknown) => unknown,
): unknown {
  if (step === undefined) return change(value);
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.flatMap((item, index) => {
      const put = index === step ? changed(item, rest, change) : item;
      return put === undefined ? [] : [put];
    });
  }
  const entries = Object.entries(value as object).map(([key, own]): [string, unknown] => [
    key,
    key === step ? changed(own, rest, change) : own,
  ]);
  return Object.fromEntries(entries);
}
