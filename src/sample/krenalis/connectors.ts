/** A connector as returned by GET /v1/connectors. */
export interface Connector {
  readonly code: string;
  readonly label: string;
  readonly type: 'Application' | 'Database' | 'File' | 'FileStorage' | 'SDK' | 'Webhook';
  readonly categories: readonly string[];
  readonly asSource: Side<{ readonly sampleQuery: string; readonly webhooksPer: string }> | null;
  readonly asDestination: Side<{
    readonly description: string;
    readonly sendingMode: string | null;
  }> | null;
  readonly hasSheets: boolean;
  readonly fileExtension: string;
  /** The content of the object for a connector that requires authorization is not documented. */
  readonly oauth: Readonly<Record<string, never>> | null;
  readonly terms: { readonly user: string; readonly users: string; readonly userID: string };
  readonly strategies: boolean;
}

type Side<Other> = Other & {
  readonly targets: readonly string[];
  readonly hasSettings: boolean;
  readonly summary: string;
};

interface Outline extends Pick<Connector, 'code' | 'label' | 'type'> {
  readonly source?: readonly string[];
  readonly destination?: readonly string[];
  readonly sendingMode?: string;
  readonly oauth?: boolean;
  readonly extension?: string;
}

const user = ['User'];
const both = ['User', 'Event'];

const outlines: readonly Outline[] = [
  {
    code: 'brevo',
    label: 'Brevo',
    type: 'Application',
    source: user,
    destination: both,
    sendingMode: 'Server',
  },
  { code: 'csv', label: 'CSV', type: 'File', source: user, destination: user, extension: 'csv' },
  { code: 'excel', label: 'Excel', type: 'File', source: user, destination: user, extension: 'xlsx' },
  { code: 'javascript', label: 'JavaScript', type: 'SDK', source: both },
  {
    code: 'mailchimp',
    label: 'Mailchimp',
    type: 'Application',
    source: user,
    destination: user,
    oauth: true,
  },
  { code: 'mixpanel', label: 'Mixpanel', type: 'Application', destination: ['Event'], sendingMode: 'Server' },
  { code: 'postgresql', label: 'PostgreSQL', type: 'Database', source: user, destination: user },
  { code: 'python', label: 'Python', type: 'SDK', source: both },
  { code: 'rudderstack', label: 'RudderStack', type: 'Webhook', source: both },
  { code: 's3', label: 'S3', type: 'FileStorage', source: user, destination: user },
];

/** The available connectors, by code. */
export const connectors: ReadonlyMap<string, Connector> = new Map(
  outlines.map((outline) => [outline.code, toConnector(outline)]),
);

function toConnector({ code, label, type, ...outline }: Outline): Connector {
  const hasSettings = type !== 'SDK' && type !== 'Webhook';
  return {
    code,
    label,
    type,
    categories: [type],
    asSource: outline.source
      ? {
          targets: outline.source,
          hasSettings,
          sampleQuery: type === 'Database' ? 'SELECT *\nFROM users\n' : '',
          webhooksPer: 'None',
          summary: `Import from ${label}`,
        }
      : null,
    asDestination: outline.destination
      ? {
          description: '',
          targets: outline.destination,
          hasSettings,
          sendingMode: outline.sendingMode ?? null,
          summary: `Export to ${label}`,
        }
      : null,
    hasSheets: code === 'excel',
    fileExtension: outline.extension ?? '',
    oauth: outline.oauth ? {} : null,
    terms: { user: 'User', users: 'Users', userID: 'User ID' },
    strategies: type === 'SDK',
  };
}
