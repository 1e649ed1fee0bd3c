/** The tables from which Datadog's sample data is generated. Nothing here belongs to a real organization. */

/** The entities of the sample organization. */
export const entities = ['users', 'accounts'] as const;

export type Entity = (typeof entities)[number];

/** The data sources of connections; the reference table is named after its source. */
export const sources = [
  'salesforce',
  'hubspot',
  'snowflake',
  'billing',
  'support',
  'loyalty',
  'surveys',
] as const;

export const topics = ['profiles', 'subscriptions', 'consents', 'segments', 'contracts'] as const;

/** A field as the service stores it. */
export interface Field {
  readonly id: string;
  readonly source_name: string;
  readonly type: string;
  readonly display_name?: string;
  readonly description?: string;
  readonly groups?: readonly string[];
}

/** The fields of Datadog's documented example. */
export const documentedFields: readonly Field[] = [
  field('customer_tier', 'subscription_tier', 'string', 'Customer Tier', 'Customer subscription tier', [
    'Business',
    'Subscription',
  ]),
  field(
    'signup_source',
    'acquisition_channel',
    'string',
    'Signup Source',
    'Channel through which user signed up',
    ['Marketing', 'Attribution'],
  ),
];

/** The fields of the other connections. */
export const fields: readonly [Field, ...Field[]] = [
  field('lifetime_value', 'ltv_eur', 'number', 'Lifetime Value', 'Revenue to this day, in euros', [
    'Business',
  ]),
  field('plan', 'plan_code', 'string', 'Plan', 'The plan that is paid for', ['Business', 'Subscription']),
  field('newsletter', 'nl_opt_in', 'boolean', 'Newsletter', 'Has agreed to the newsletter', ['Marketing']),
  field('region', 'sales_region', 'string', 'Sales Region', 'The region of the sales team', ['Geography']),
  field('health_score', 'score', 'number', 'Health Score', 'From 0 to 100, computed each night', ['Support']),
  field('renewal_date', 'renews_on', 'date', 'Renewal Date', '', ['Subscription']),
  { id: 'segment_code', source_name: 'seg', type: 'string' },
];

/** The attributes that Datadog itself collects. */
export const ownAttributes: readonly Field[] = [
  field('id', '', 'string', 'ID', 'The identifier that the application sets', ['Identity']),
  field('email', '', 'string', 'E-mail', '', ['Identity']),
  field('first_seen', '', 'date', 'First Seen', 'The first event', ['Activity']),
  field('last_seen_country', '', 'string', 'Last Seen Country', 'ISO code', ['Activity', 'Geography']),
];

function field(
  id: string,
  source_name: string,
  type: string,
  display_name: string,
  description: string,
  groups: readonly string[],
): Field {
  return { id, source_name, type, display_name, description, groups };
}
