/**
 * The tables from which the sample organization is generated. Nothing here belongs to a real organization.
 */

/** The IMS organization of the sample account. */
export const organizationId = '5A3F1C0D7E2B4896@AdobeOrg';

// Lists of 13, 7 and 11 words, indexed by the same counter, repeat a combination only after 1001 names.
export const subjects = [
  'Web and App',
  'Loyalty',
  'Checkout',
  'Contact Centre',
  'Store Sales',
  'Email and Push',
  'Returns',
  'Subscriptions',
  'Partner Portal',
  'Search and Browse',
  'Surveys',
  'Paid Media',
  'Delivery',
] as const;

export const markets = ['Retail', 'Travel', 'Grocery', 'Home', 'Fashion', 'Media', 'Insurance'] as const;

export const regions = [
  'EU',
  'North America',
  'Nordics',
  'DACH',
  'UK',
  'Japan',
  'LATAM',
  'Iberia',
  'Benelux',
  'ANZ',
  'Global',
] as const;

/** A kind of dataset, with its data source type from Adobe's `configurationSettings`. */
export interface DataSetKind {
  readonly name: string;
  readonly type: 'event' | 'profile' | 'lookup';
  readonly source: DataSourceId;
  readonly namespace: string;
}

export const dataSetKinds: readonly [DataSetKind, ...DataSetKind[]] = [
  { name: 'Web events', type: 'event', source: 'webData', namespace: 'ECID' },
  { name: 'Customer profiles', type: 'profile', source: 'crmData', namespace: 'CRMID' },
  { name: 'App events', type: 'event', source: 'mobileAppData', namespace: 'ECID' },
  { name: 'Product catalogue', type: 'lookup', source: 'productData', namespace: '' },
  { name: 'Point of sale', type: 'event', source: 'posData', namespace: 'LoyaltyID' },
  { name: 'Loyalty members', type: 'profile', source: 'crmData', namespace: 'LoyaltyID' },
  { name: 'Orders', type: 'event', source: 'transactionData', namespace: 'Email' },
  { name: 'Stores', type: 'lookup', source: 'other', namespace: '' },
  { name: 'Call centre contacts', type: 'event', source: 'callCenterData', namespace: 'Phone' },
  { name: 'Accounts', type: 'profile', source: 'accountsData', namespace: 'CRMID' },
  { name: 'Survey answers', type: 'event', source: 'surveyData', namespace: 'Email' },
  { name: 'Campaigns', type: 'lookup', source: 'other', namespace: '' },
];

/** The response of the guide's example of `configurationSettings`. */
export const dataSourceTypes = [
  { id: 'webData', type: 'Web Data' },
  { id: 'mobileAppData', type: 'Mobile App Data' },
  { id: 'posData', type: 'POS Data' },
  { id: 'crmData', type: 'CRM Data' },
  { id: 'surveyData', type: 'Survey Data' },
  { id: 'productData', type: 'Product Data' },
  { id: 'callCenterData', type: 'Call Center Data' },
  { id: 'accountsData', type: 'Accounts Data' },
  { id: 'transactionData', type: 'Transaction Data' },
  { id: 'customerFeedbackData', type: 'Customer Feedback Data' },
  { id: 'other', type: 'Other' },
] as const;

type DataSourceId = (typeof dataSourceTypes)[number]['id'];

export const people = [
  'Aylin Demir',
  'Jonas Weber',
  'Mei Tanaka',
  'Oluwaseun Bello',
  'Camila Rojas',
  'Henrik Lund',
  'Priya Nair',
  'Zoë Martin',
  'Tomasz Nowak',
] as const;

export const purposes = [
  'All customer touchpoints, stitched by person.',
  'Feeds the weekly trading report.',
  '',
  'Owned by the insights team; ask before adding datasets.',
  'Trial for the next season. Safe to break.',
] as const;

/** A sandbox of Adobe Experience Platform. */
export interface Sandbox {
  readonly id: string;
  readonly name: string;
}

const prod: Sandbox = { id: '6f1e2a70-8c3d-11ec-a4b1-0242ac120002', name: 'prod' };
const stage: Sandbox = { id: '8d2b6c14-8c3d-11ec-a4b1-0242ac120002', name: 'stage' };
const dev: Sandbox = { id: 'a90c4f58-8c3d-11ec-a4b1-0242ac120002', name: 'dev' };

/** The sandbox of each connection, repeated cyclically. */
export const sandboxes = [prod, prod, stage, prod, dev] as const;

/** A backfill's status, as responses spell it. */
export type BackfillStatus = 'IN_QUEUE' | 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';

/** The general condition of a connection. */
export type Mood = 'moving' | 'healthy' | 'failing' | 'idle' | 'empty' | 'running' | 'breaking' | 'queued';

/** The moods of the connections, repeated cyclically; only one connection is `empty`. */
export const moods: readonly [Mood, ...Mood[]] = [
  'moving',
  'healthy',
  'failing',
  'healthy',
  'idle',
  'empty',
  'running',
  'breaking',
  'healthy',
  'queued',
];

/**
 * The status of the newest backfill of every third dataset: at the start, after one step, after two, and
 * after all backfills were finished on request. All other backfills are COMPLETED, except older ones of a
 * failing connection.
 */
export const timelines: Readonly<
  Record<Mood, readonly [BackfillStatus, BackfillStatus, BackfillStatus, BackfillStatus]>
> = {
  moving: ['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED', 'COMPLETED'],
  breaking: ['IN_QUEUE', 'IN_PROGRESS', 'FAILED', 'FAILED'],
  running: ['IN_PROGRESS', 'IN_PROGRESS', 'IN_PROGRESS', 'COMPLETED'],
  queued: ['IN_QUEUE', 'IN_QUEUE', 'IN_QUEUE', 'COMPLETED'],
  failing: ['FAILED', 'FAILED', 'FAILED', 'FAILED'],
  healthy: ['COMPLETED', 'COMPLETED', 'COMPLETED', 'COMPLETED'],
  idle: ['COMPLETED', 'COMPLETED', 'COMPLETED', 'COMPLETED'],
  empty: ['COMPLETED', 'COMPLETED', 'COMPLETED', 'COMPLETED'],
};
