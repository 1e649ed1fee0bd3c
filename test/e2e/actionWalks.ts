import type { Confirmation } from '../../src/core/services/contract/action';

/** The names of rows, from the one below the account on. An expression takes the first that matches. */
export type RowPath = readonly (string | RegExp)[];

/** What a row shows when an action was done. */
export interface Shown {
  readonly row: RowPath;
  readonly text?: RegExp;
  /** What the row no longer shows. */
  readonly without?: RegExp;
  /** True if the row is gone. */
  readonly gone?: boolean;
}

/** How a user performs an action in the window. */
export interface ActionWalk {
  /** The row that it is done to; empty for the account itself. */
  readonly row: RowPath;
  /** Distinguishes the row from others with its name. */
  readonly rowText?: RegExp;
  /** The entry of the row's menu. */
  readonly entry: string;
  /** Which of several actions of the entry, by its title. */
  readonly choice?: string;
  /** Replacements in the document of the action. */
  readonly edits?: readonly (readonly [text: string, by: string])[];
  /** True if the document requires a secret when it is sent. */
  readonly asksSecret?: boolean;
  /** The choice, if the action asks for a value. */
  readonly value?: string;
  /** The confirmation on an account that is not marked as production. */
  readonly danger: Confirmation;
  /** The name of what the action creates, if anything. */
  readonly makes?: string;
  /** Method and path of the request that does it. */
  readonly request: RegExp;
  /** The message afterwards, if no row shows the change. */
  readonly says?: RegExp;
  readonly shows?: Shown;
  /** Seconds that then pass at the service, if a run is active. */
  readonly passes?: number;
  /** What the row shows after these. */
  readonly ends?: Shown;
}

/** The walks of a service, by the ids of its actions, in the order in which they can be done one after the other. */
export type ActionWalks = Readonly<Record<string, ActionWalk>>;

const cja: ActionWalks = {
  createDataView: {
    row: [/./],
    entry: 'Create Data View…',
    edits: [['"name": ""', '"name": "Weekly"']],
    danger: 'confirm',
    makes: 'Weekly',
    request: /^POST \/data\/dataviews$/,
    shows: { row: [/./, 'Data Views', 'Weekly'] },
  },
  editDataView: {
    row: [/./, 'Data Views', 'Weekly'],
    entry: 'Edit as JSON',
    edits: [['"name": "Weekly"', '"name": "Monthly"']],
    danger: 'confirm',
    request: /^PUT \/data\/dataviews\/dv_\w+$/,
    shows: { row: [/./, 'Data Views', 'Monthly'] },
  },
  copyDataView: {
    row: [/./, 'Data Views', 'Monthly'],
    entry: 'Duplicate',
    danger: 'confirm',
    request: /^PUT \/data\/dataviews\/copy\/dv_\w+$/,
    shows: { row: [/./, 'Data Views', 'Monthly (Copy)'] },
  },
  deleteDataView: {
    row: [/./, 'Data Views', 'Monthly (Copy)'],
    entry: 'Delete…',
    danger: 'typeName',
    request: /^DELETE \/data\/dataviews\/dv_\w+$/,
    shows: { row: [/./, 'Data Views', 'Monthly (Copy)'], gone: true },
  },
};

const profiles = ['users', 'user-profiles-connection'];

const datadog: ActionWalks = {
  createConnection: {
    row: ['users'],
    entry: 'Create Connection…',
    edits: [
      ['"id": ""', '"id": "crm"'],
      ['"join_attribute": ""', '"join_attribute": "usr.email"'],
    ],
    danger: 'harmless',
    makes: 'crm',
    request: /^POST .*\/mapping\/connection$/,
    shows: { row: ['users', 'crm'] },
  },
  editFields: {
    row: profiles,
    entry: 'Edit as JSON',
    edits: [['"Customer Tier"', '"Tier by Walk"']],
    danger: 'confirm',
    request: /^PUT .*\/mapping\/connection$/,
    shows: { row: [...profiles, 'Tier by Walk'] },
  },
  deleteConnection: {
    row: profiles,
    entry: 'Delete…',
    danger: 'typeName',
    request: /^DELETE .*\/mapping\/connection\/user-profiles-connection$/,
    shows: { row: profiles, gone: true },
  },
};

const events = ['Website', 'Collect events'];

const krenalis: ActionWalks = {
  createConnection: {
    row: [],
    entry: 'Create Connection…',
    edits: [
      ['"name": ""', '"name": "Shop"'],
      ['"connector": ""', '"connector": "brevo"'],
    ],
    danger: 'confirm',
    makes: 'Shop',
    request: /^POST \/v1\/connections$/,
    shows: { row: ['Shop'] },
  },
  run: {
    row: ['Data lake', 'Import users from CSV'],
    entry: 'Start Run',
    danger: 'harmless',
    request: /^POST \/v1\/pipelines\/\w+\/runs$/,
    shows: { row: ['Data lake', 'Import users from CSV'], text: /running/ },
    passes: 600,
    ends: { row: ['Data lake', 'Import users from CSV'], without: /running/ },
  },
  disable: {
    row: events,
    entry: 'Disable',
    danger: 'confirm',
    request: /^PUT \/v1\/pipelines\/\w+\/status$/,
    shows: { row: events, text: /disabled/ },
  },
  enable: {
    row: events,
    entry: 'Enable',
    danger: 'confirm',
    request: /^PUT \/v1\/pipelines\/\w+\/status$/,
    shows: { row: events, without: /disabled|Enable/ },
  },
  edit: {
    row: ['Contacts'],
    entry: 'Edit as JSON',
    edits: [['Contacts', 'Addresses']],
    danger: 'confirm',
    request: /^PUT \/v1\/connections\/\w+$/,
    shows: { row: ['Addresses'] },
  },
  unlink: {
    row: ['Website'],
    entry: 'Unlink from Connection…',
    value: 'Newsletter',
    danger: 'confirm',
    request: /^DELETE \/v1\/connections\/\w+\/links\/\w+$/,
    says: /Unlink/,
  },
  link: {
    row: ['Website'],
    entry: 'Link to Connection…',
    value: 'Newsletter',
    danger: 'harmless',
    request: /^POST \/v1\/connections\/\w+\/links\/\w+$/,
    says: /Link/,
  },
  delete: {
    row: ['Partner webhook'],
    entry: 'Delete…',
    danger: 'typeName',
    request: /^DELETE \/v1\/connections\/\w+$/,
    shows: { row: ['Partner webhook'], gone: true },
  },
};

const sales = 'sales-prod-databricks-1';
const marketing = 'marketing-prod-databricks-2';
const claims = 'claims-prod-databricks-4';
const renamed = /^renamed-/;

const immuta: ActionWalks = {
  createDatabricks: {
    row: [],
    entry: 'Create Connection…',
    choice: 'Create Databricks Connection…',
    edits: [
      ['"connectionKey": ""', '"connectionKey": "lakehouse"'],
      ['"clientId": ""', '"clientId": "an-id"'],
      ['"https://"', '"https://login.example.com"'],
      ['"scope": ""', '"scope": "all-apis"'],
      ['"publicCertificateThumbprint": ""', '"publicCertificateThumbprint": "A1"'],
      ['"filename": ""', '"filename": "a.pem"'],
    ],
    asksSecret: true,
    danger: 'harmless',
    makes: 'lakehouse',
    request: /^POST \/api\/connections$/,
    shows: { row: ['lakehouse'] },
  },
  createSnowflake: {
    row: [],
    entry: 'Create Connection…',
    choice: 'Create Snowflake Connection…',
    edits: [
      ['"connectionKey": ""', '"connectionKey": "warehouse"'],
      ['"authenticationType": ""', '"authenticationType": "UserPassword"'],
      ['"username": ""', '"username": "somebody"'],
    ],
    asksSecret: true,
    danger: 'harmless',
    makes: 'warehouse',
    request: /^POST \/api\/connections$/,
    shows: { row: ['warehouse'] },
  },
  editConnection: {
    row: [sales],
    entry: 'Edit as JSON',
    edits: [['/sql/1.0/warehouses/0', '/sql/1.0/warehouses/77']],
    danger: 'confirm',
    request: /^PATCH \/api\/connections\/[^/]+$/,
    says: /Edit/,
  },
  validate: {
    row: [sales],
    entry: 'Validate',
    danger: 'harmless',
    request: /\/_validate$/,
    says: /Client health: healthy/,
  },
  syncDataObjects: {
    row: [sales],
    entry: 'Sync Data Objects',
    danger: 'harmless',
    request: /^POST \/api\/connections\/[^/]+\/tasks$/,
    shows: { row: [sales], text: /Sync Data Objects/ },
  },
  cancelRun: {
    row: [sales, 'Tasks', 'DATA_OBJECT_SYNC', /UTC\S*$/],
    rowText: /pending|running/,
    entry: 'Stop Run',
    danger: 'confirm',
    request: /\/_cancel$/,
    shows: { row: [sales, 'Tasks', 'DATA_OBJECT_SYNC', /UTC\S*$/], text: /canceling/ },
    passes: 20_000,
    ends: { row: [sales, 'Tasks', 'DATA_OBJECT_SYNC', /UTC\S*$/], text: /canceled/ },
  },
  editDataObject: {
    row: [sales, /^(?!Tasks$)/],
    entry: 'Edit as JSON',
    edits: [['"name": "', '"name": "renamed-']],
    danger: 'confirm',
    request: /^PATCH .*\/dataObjects\/[^/]+$/,
    shows: { row: [sales, renamed] },
  },
  deleteDataObject: {
    row: [sales, renamed],
    entry: 'Delete…',
    danger: 'typeName',
    request: /^DELETE .*\/dataObjects\/[^/]+$/,
    shows: { row: [sales, renamed], text: /Delete/ },
    passes: 20_000,
    ends: { row: [sales, renamed], gone: true },
  },
  deactivate: {
    row: [marketing],
    entry: 'Deactivate',
    danger: 'confirm',
    request: /\/_deactivate$/,
    shows: { row: [marketing], text: /inactive/ },
  },
  activate: {
    row: [marketing],
    entry: 'Activate',
    danger: 'harmless',
    request: /\/_activate$/,
    shows: { row: [marketing], without: /inactive|Activate/ },
  },
  deleteConnection: {
    row: [claims],
    entry: 'Delete…',
    danger: 'typeName',
    request: /^DELETE \/api\/connections\/[^/]+$/,
    shows: { row: [claims], text: /deleting/ },
    passes: 20_000,
    ends: { row: [claims], gone: true },
  },
};

/** The walks of each service: a test holds them against the actions that the services have. */
export const actionWalks: Readonly<Record<string, ActionWalks>> = { cja, datadog, krenalis, immuta };
