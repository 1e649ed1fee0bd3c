import type { Connector } from './connectors';
import type { Id } from './ids';

/** A pipeline of a connection. */
export interface Pipeline {
  readonly id: Id;
  readonly name: string;
  readonly target: 'User' | 'Event';
  enabled: boolean;
  /** True for batch pipelines, false for event pipelines. */
  readonly batch: boolean;
  readonly schedule: { readonly start: number; readonly period: string } | null;
  /** The runs fail with this error. */
  readonly error: string;
  /** The transformation rejects items of each run, for these reasons. */
  rejected: readonly { readonly message: string; readonly count: number }[];
}

/** The context of a pipeline that affects its JSON. */
interface Surroundings {
  readonly connector: Connector;
  readonly connection: Id;
  readonly role: 'Source' | 'Destination';
  readonly running: boolean;
  /** Versions without consents do not say which are required. */
  readonly consents: boolean;
}

type Json = Readonly<Record<string, unknown>>;

const property = (name: string, other: Json = {}): Json => ({
  name,
  type: { kind: 'string', ...other },
  nullable: true,
  description: '',
});
const schema = (...names: readonly string[]): Json => ({
  kind: 'object',
  properties: names.map((name) => property(name, { maxLength: 300 })),
});
const mapping = { mapping: { email: 'email', first_name: 'firstName' }, function: null };
const schemas = { inSchema: schema('email', 'firstName'), outSchema: schema('email', 'first_name') };
const updates = { updatedAtColumn: null, updatedAtFormat: null };

/** The pipeline in responses. Which keys it has, and in which order, depends on its purpose (recorded). */
export function renderPipeline(pipeline: Pipeline, place: Surroundings): Json {
  const { id, name, target, enabled, schedule } = pipeline;
  const { connector, connection, role, running } = place;
  return {
    id,
    name,
    connector: connector.code,
    connectorType: connector.type,
    connection,
    connectionRole: role,
    target,
    enabled,
    ...particulars(pipeline, place),
    ...(pipeline.batch && {
      running,
      scheduleStart: schedule?.start ?? null,
      schedulePeriod: schedule?.period ?? null,
    }),
  };
}

function particulars(pipeline: Pipeline, { connector, role, consents }: Surroundings): Json {
  const required = consents ? { requiredConsents: { operator: 'and', purposes: [] } } : {};
  const filter = null;
  if (pipeline.target === 'Event') {
    return role === 'Source'
      ? { filter, ...required, inSchema: schema('event') }
      : { eventType: 'send_identity', filter, ...required, transformation: mapping, ...schemas };
  }
  if (role === 'Destination') {
    const matching = { in: 'email', out: 'email' };
    const mode = { exportMode: 'CreateOrUpdate', updateOnDuplicates: false };
    return { filter, matching, ...mode, transformation: mapping, ...schemas };
  }
  return userImport(connector.type, pipeline, required);
}

function userImport(type: Connector['type'], { error }: Pipeline, required: Json): Json {
  const rest = { incremental: false, transformation: mapping, ...schemas };
  switch (type) {
    case 'Database':
      return { query: 'SELECT id, email FROM users LIMIT ${limit}', userIDColumn: 'id', ...updates, ...rest };
    case 'FileStorage': {
      const path = error === '' ? 'users.csv' : 'missing.csv';
      const file = { format: 'csv', path, sheet: null, compression: '' };
      return { ...file, filter: null, userIDColumn: 'identity', ...updates, ...rest };
    }
    case 'SDK':
    case 'Webhook':
      return { filter: null, ...required, transformation: mapping, ...schemas };
    default:
      return { filter: null, ...rest };
  }
}

/** A template for connections of the sample. */
export interface Template {
  readonly name: string;
  /** True if all connections of the kind have this name, because names need not be unique. */
  readonly sameName?: boolean;
  readonly connector: string;
  readonly role: 'Source' | 'Destination';
  readonly pipelines: readonly PipelineTemplate[];
  readonly identities?: number;
}

interface PipelineTemplate extends Pick<Pipeline, 'name' | 'target'> {
  readonly enabled?: boolean;
  readonly schedule?: Pipeline['schedule'];
  readonly error?: string;
  /** The age of the last run in seconds; absent if the pipeline has no runs. */
  readonly lastRun?: number;
}

const hour = 3600;

export const templates: readonly [Template, ...Template[]] = [
  {
    name: 'Website',
    connector: 'javascript',
    role: 'Source',
    identities: 250,
    pipelines: [
      { name: 'Collect events', target: 'Event' },
      { name: 'Identify users', target: 'User', enabled: false },
    ],
  },
  {
    name: 'PostgreSQL',
    sameName: true,
    connector: 'postgresql',
    role: 'Source',
    identities: 40,
    pipelines: [{ name: 'Import users', target: 'User', schedule: { start: 66, period: '1h' }, lastRun: 0 }],
  },
  { name: 'PostgreSQL', sameName: true, connector: 'postgresql', role: 'Destination', pipelines: [] },
  {
    name: 'Newsletter',
    connector: 'brevo',
    role: 'Destination',
    pipelines: [
      { name: 'Export contacts', target: 'User', lastRun: 5 * hour },
      { name: 'Send events', target: 'Event' },
    ],
  },
  {
    name: 'Contacts',
    connector: 'brevo',
    role: 'Source',
    identities: 12,
    pipelines: [{ name: 'Import contacts', target: 'User', lastRun: 30 * hour, enabled: false }],
  },
  {
    name: 'Data lake',
    connector: 's3',
    role: 'Source',
    identities: 2,
    pipelines: [
      { name: 'Import users from CSV', target: 'User', lastRun: 2 * hour },
      {
        name: 'Import users from a missing file',
        target: 'User',
        lastRun: 3 * hour,
        error: 'open missing.csv: no such file or directory',
      },
    ],
  },
  { name: 'Archive « è ü 漢字 » 🚀', connector: 's3', role: 'Destination', pipelines: [] },
  { name: 'Partner webhook', connector: 'rudderstack', role: 'Source', pipelines: [] },
];
