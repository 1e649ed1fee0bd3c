import { isoDate } from '../common/dates';
import type { ResolvedOptions } from '../common/options';
import { cycle, drawUuid } from '../common/random';
import { documentedFields, type Entity, type Field, fields, ownAttributes, sources, topics } from './words';

/** Connections that no server should send. Two are completely broken; of the others, all valid parts can be shown. */
const hostileConnections: readonly unknown[] = [
  null,
  { type: 'no id' },
  { id: 'nulls', type: null, join: null, fields: null, metadata: null, created_at: null, created_by: null },
  {
    id: '../[click](command:workbench.action.quit)‮<b>',
    type: 'unheard_of',
    join: { attribute: 7, type: { deep: true } },
    created_at: 'yesterday',
    metadata: { ['__proto__']: 'x', nested: { a: 1 } },
    fields: [
      null,
      { display_name: 'no id' },
      { id: 1, type: ['string'], groups: 'none', display_name: '$(sync~spin) <img src=x onerror=alert(1)>' },
      { id: '__proto__', source_name: '', type: 'quantum', groups: [null, 'Odd'], extra: { x: [] } },
    ],
  },
  { id: 'fields-that-are-none', fields: 'x' },
];

/** A connection as returned in the list. */
interface Connection {
  readonly id: string;
  readonly type: string;
  readonly join: { readonly attribute: string; readonly type: string };
  readonly fields: readonly Field[];
  readonly metadata?: Readonly<Record<string, string>>;
  readonly created_at: string;
  readonly created_by: string;
  readonly updated_at: string;
  readonly updated_by: string;
}

/**
 * How Go writes a time that was never set, and its empty UUID. Datadog's documented example contains both.
 */
const zeroTime = '0001-01-01T00:00:00Z';
const nilUuid = '00000000-0000-0000-0000-000000000000';

const sampleAuthor = 'a3f1c6de-4f0e-4c0b-9a57-0e6d3c2b1f48';

/** The connections of one entity. Created once and then kept, because requests change them. */
export class Profiles {
  readonly #byId: Map<string, Connection>;

  constructor(
    private readonly options: ResolvedOptions,
    readonly entity: Entity,
  ) {
    const count = entity === 'users' ? options.connections : Math.ceil(options.connections / 4);
    const start = options.now();
    const made = Array.from({ length: count }, (_, index) => makeConnection(options, entity, start, index));
    this.#byId = new Map(made.map((connection) => [connection.id, connection]));
  }

  /** The items of the list; in a hostile organization including some that no server should send. */
  list(): readonly unknown[] {
    const connections = [...this.#byId.values()];
    return this.options.hostile ? [...hostileConnections, ...connections] : connections;
  }

  /** Datadog's own attributes, and those of all connections. Custom ones are prefixed (documented example). */
  attributes(): readonly unknown[] {
    const custom = [...this.#byId.values()].flatMap((connection) => connection.fields);
    return [
      ...ownAttributes.map((field) => attribute(field, false)),
      ...custom.map((field) => attribute(field, true)),
    ];
  }

  get(id: string): Connection | undefined {
    return this.#byId.get(id);
  }

  add(given: Omit<Connection, `${'created' | 'updated'}_${'at' | 'by'}`>): void {
    const now = isoDate(this.options.now());
    const stamps = { created_at: now, created_by: sampleAuthor, updated_at: now, updated_by: sampleAuthor };
    this.#byId.set(given.id, { ...given, ...stamps });
  }

  /** Replaces the fields of a connection. */
  setFields(connection: Connection, changed: readonly Field[]): void {
    const stamps = { updated_at: isoDate(this.options.now()), updated_by: sampleAuthor };
    this.#byId.set(connection.id, { ...connection, fields: changed, ...stamps });
  }

  /** @returns false if there is none with that ID. */
  remove(id: string): boolean {
    return this.#byId.delete(id);
  }
}

function makeConnection(options: ResolvedOptions, entity: Entity, start: number, index: number): Connection {
  if (index === 0 && entity === 'users') return documentedConnection;
  const { seed } = options;
  const round = Math.floor(index / (sources.length * topics.length));
  const name = `${cycle(sources, index)}-${cycle(topics, index)}${round === 0 ? '' : `-${round + 1}`}`;
  const user = drawUuid(seed, 'user', index % 5);
  return {
    id: name,
    type: 'ref_table',
    join:
      entity === 'users'
        ? { attribute: 'usr.email', type: 'email' }
        : { attribute: 'account.id', type: 'account_id' },
    fields: Array.from({ length: 3 + (index % 4) }, (_, place) => cycle(fields, index + place)),
    metadata: { reference_table: name.replaceAll('-', '_') },
    created_at: isoDate(start - (index + 2) * 86_400_000),
    created_by: user,
    updated_at: isoDate(start - (index + 1) * 43_200_000),
    updated_by: user,
  };
}

const documentedConnection: Connection = {
  created_at: zeroTime,
  created_by: nilUuid,
  fields: documentedFields,
  id: 'user-profiles-connection',
  join: { attribute: 'user_email', type: 'email' },
  type: 'ref_table',
  updated_at: zeroTime,
  updated_by: nilUuid,
};

function attribute({ id, type, display_name, description, groups }: Field, custom: boolean): unknown {
  return { attribute: custom ? `@${id}` : id, display_name, description, groups, is_custom: custom, type };
}
