import type { Pipeline } from './pipeline';

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
