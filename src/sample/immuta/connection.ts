import { day, isoDate } from '../common/dates';
import { cycle, draw, drawUuid } from '../common/random';
import { redacted, type Json } from './json';
import type { TenantOptions } from './options';

/** Known states: those in the documented error texts. `DELETING` is inferred. */
export type ConnectionState = 'ACTIVE' | 'INACTIVE' | 'UNHEALTHY' | 'DELETING';

type Component = 'client' | 'policy' | 'audit';

/** A connection of the tenant. */
export interface Connection {
  readonly index: number;
  readonly key: string;
  readonly technology: 'Databricks' | 'Snowflake';
  readonly state: ConnectionState;
  /** Whether the last validation of each component succeeded; before the first, all have. */
  readonly healthy: Readonly<Record<Component, boolean>>;
  /** The part that PATCH may change, including secrets. */
  readonly configuration: Json;
  readonly createdBy: string;
  /** Milliseconds since 1970, like every date here. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

const subjects = ['sales', 'marketing', 'finance', 'claims', 'research', 'hr', 'logistics'] as const;
const stages = ['prod', 'stage', 'dev'] as const;
const states: readonly [ConnectionState, ...ConnectionState[]] = [
  'ACTIVE',
  'ACTIVE',
  'UNHEALTHY',
  'INACTIVE',
];

/** The connection at a position. */
export function makeConnection({ seed, now }: TenantOptions, index: number): Connection {
  const technology = index % 3 === 2 ? 'Snowflake' : 'Databricks';
  const state = cycle(states, index);
  const createdAt = now() - (30 + (draw(seed, 'date', index) % 400)) * day;
  const subject = `${cycle(subjects, index)}-${cycle(stages, Math.floor(index / subjects.length))}`;
  return {
    index,
    key: `${subject}-${technology.toLowerCase()}-${index + 1}`,
    technology,
    state,
    healthy: { client: state !== 'UNHEALTHY', policy: true, audit: state !== 'UNHEALTHY' },
    configuration: technology === 'Snowflake' ? snowflake(index) : databricks(seed, index),
    createdBy: personId(seed, index),
    createdAt,
    updatedAt: createdAt + day,
  };
}

/** The ID of one of a few users. */
export function personId(seed: number, number: number): string {
  return drawUuid(seed, 'user', number % 5);
}

/**
 * The members `technology` and `clientConfiguration` come from the published beginning of the OpenAPI
 * document; the rest is inferred.
 */
export function renderConnection(connection: Connection): Json {
  const { key, technology, state, configuration, createdBy, createdAt, updatedAt } = connection;
  return {
    connectionKey: key,
    technology,
    state,
    health: renderHealth(connection),
    ...redacted(configuration),
    createdBy,
    createdAt: isoDate(createdAt),
    updatedBy: createdBy,
    updatedAt: isoDate(updatedAt),
  };
}

/** The health of each component. */
export function renderHealth({ healthy, updatedAt }: Connection): Json {
  return Object.fromEntries(
    Object.entries(healthy).map(([component, well]) => [
      component,
      {
        status: well ? 'HEALTHY' : 'UNHEALTHY',
        ...(!well && { message: `The ${component} credential was refused by the data platform` }),
        lastValidatedAt: isoDate(updatedAt),
      },
    ]),
  );
}

function databricks(seed: number, index: number): Json {
  return {
    clientConfiguration: {
      host: `adb-${1000 + index}.azuredatabricks.example`,
      httpPath: `/sql/1.0/warehouses/${index}`,
      credential: {
        authenticationType: 'OAuthWithCertificate',
        clientId: drawUuid(seed, 'choice', index),
        authorityUrl: 'https://login.example.com/tenant/oauth2/v2.0/token',
        scope: 'all-apis',
        publicCertificateThumbprint: 'A1B2C3D4E5F6A7B8C9D0',
        privateKey: { filename: 'databricks.pem', content: `sample-private-key-${index}` },
      },
    },
  };
}

function snowflake(index: number): Json {
  return {
    clientConfiguration: {
      host: `acme-${index}.snowflakecomputing.example`,
      warehouse: 'IMMUTA_WH',
      role: 'IMMUTA_SYSTEM',
      credential: {
        authenticationType: 'UserPassword',
        username: 'IMMUTA',
        password: `sample-password-${index}`,
      },
    },
  };
}
