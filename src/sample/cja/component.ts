import type { ResolvedOptions } from '../common/options';
import { hostileComponentNames, hostileNames, spoilComponent } from './hostile';
import type { Organization } from './organization';

export type ComponentKind = 'dimension' | 'metric';

/** A dimension or metric of a data view. */
export interface Component {
  readonly place: number;
  /** With its prefix, `variables/` or `metrics/`. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type: string;
  /** Undefined for what Adobe adds to every data view. */
  readonly schemaPath: string | undefined;
  readonly hidden: boolean;
}

export const componentPrefixes: Readonly<Record<ComponentKind, string>> = {
  dimension: 'variables/',
  metric: 'metrics/',
};

/** ID without its prefix, name, data type, and whether it is from the schema, made by Adobe, or hidden in reporting. */
type Word = readonly [name: string, label: string, type: string, from: 'schema' | 'adobe' | 'hidden'];

const words: Readonly<Record<ComponentKind, readonly Word[]>> = {
  dimension: [
    ['daterangeday', 'Day', 'TIME', 'adobe'],
    ['daterangeweek', 'Week', 'TIME', 'adobe'],
    ['daterangemonth', 'Month', 'TIME', 'adobe'],
    ['adobe_sessionstarts', 'Session Type', 'ENUM', 'adobe'],
    ['web.webPageDetails.name', 'Page Name', 'STRING', 'schema'],
    ['web.webPageDetails.siteSection', 'Site Section', 'STRING', 'schema'],
    ['marketing.trackingCode', 'Tracking Code', 'STRING', 'schema'],
    ['placeContext.geo.city', 'City', 'STRING', 'schema'],
    ['device.type', 'Device Type', 'ENUM', 'schema'],
    ['commerce.order.purchaseID', 'Order ID', 'STRING', 'schema'],
    ['productListItems.SKU', 'SKU', 'STRING', 'schema'],
    ['_sample.loyalty.tier', 'Loyalty Tier', 'ORDERED_ENUM', 'schema'],
    ['_sample.internal.debugId', 'Debug ID', 'STRING', 'hidden'],
  ],
  metric: [
    ['occurrences', 'Events', 'INT', 'adobe'],
    ['visits', 'Sessions', 'INT', 'adobe'],
    ['visitors', 'People', 'INT', 'adobe'],
    ['adobe_bouncerate', 'Bounce Rate', 'PERCENT', 'adobe'],
    ['commerce.purchases.value', 'Orders', 'INT', 'schema'],
    ['commerce.order.priceTotal', 'Revenue', 'CURRENCY', 'schema'],
    ['commerce.checkouts.value', 'Checkouts', 'INT', 'schema'],
    ['_sample.loyalty.points', 'Loyalty Points', 'DECIMAL', 'schema'],
    ['_sample.internal.latency', 'Latency', 'DECIMAL', 'hidden'],
  ],
};

/** The components of a data view, in the order of the service: the same in each, as of one schema. */
export function makeComponents({ hostile }: ResolvedOptions, kind: ComponentKind): readonly Component[] {
  const prefix = componentPrefixes[kind];
  return words[kind].map(([name, label, type, from], place) => ({
    place,
    id: prefix + ((hostile ? hostileComponentNames[place] : undefined) ?? name),
    name: (hostile ? hostileNames[place] : undefined) ?? label,
    description: from === 'adobe' ? '' : `${label}, as collected.`,
    type,
    schemaPath: from === 'adobe' ? undefined : name.replaceAll('.', '/'),
    hidden: from === 'hidden',
  }));
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields that each expansion adds to a dimension or metric. */
const commonFields: Readonly<Record<string, (component: Component) => Fields>> = {
  approved: ({ place }) => ({ approved: place % 4 === 0 }),
  favorite: () => ({ favorite: false }),
  tags: () => ({ tags: [] }),
  usageSummary: () => ({ usageSummary: {} }),
  usageSummaryWithRelevancyScore: () => ({}),
  description: ({ description }) => ({ description }),
  sourceFieldId: ({ schemaPath }) => (schemaPath === undefined ? {} : { sourceFieldId: schemaPath }),
  segmentable: () => ({ segmentable: true }),
  required: ({ schemaPath }) => ({ required: schemaPath === undefined }),
  hideFromReporting: ({ hidden }) => ({ hideFromReporting: hidden }),
  hidden: ({ hidden }) => ({ hidden }),
  includeExcludeSetting: () => ({ includeExcludeSetting: { enabled: false, rules: [] } }),
  fieldDefinition: ({ schemaPath }) => ({ fieldDefinition: [{ func: 'raw-field', id: schemaPath ?? '' }] }),
  storageId: ({ place }) => ({ storageId: String(place) }),
  tableName: () => ({ tableName: 'events' }),
  dataSetIds: () => ({ dataSetIds: [] }),
  dataSetType: () => ({ dataSetType: 'event' }),
  type: ({ type }) => ({ type }),
  schemaPath: ({ schemaPath }) => (schemaPath === undefined ? {} : { schemaPath }),
  hasData: ({ place }) => ({ hasData: place % 5 !== 4 }),
  sourceFieldName: ({ schemaPath, name }) => (schemaPath === undefined ? {} : { sourceFieldName: name }),
  schemaType: () => ({ schemaType: 'string' }),
  sourceFieldType: () => ({ sourceFieldType: 'string' }),
  fromGlobalLookup: () => ({ fromGlobalLookup: false }),
  multiValued: () => ({ multiValued: false }),
  precision: () => ({ precision: 0 }),
};

/** The fields of each kind alone. */
const ownFields: Readonly<Record<ComponentKind, Readonly<Record<string, () => Fields>>>> = {
  dimension: {
    bucketingSetting: () => ({ bucketingSetting: { enabled: false } }),
    noValueOptionsSetting: () => ({ noValueOptionsSetting: { option: 'show-no-value', value: 'No value' } }),
    defaultDimensionSort: () => ({ defaultDimensionSort: true }),
    persistenceSetting: () => ({ persistenceSetting: { enabled: false } }),
  },
  metric: {
    countType: () => ({ countType: 'INSTANCES' }),
    formatSetting: () => ({ formatSetting: { decimalPlaces: 0 } }),
    attributionSetting: () => ({ attributionSetting: { enabled: false } }),
  },
};

/** The expansions of each kind, as Adobe's OpenAPI document lists them. */
export const componentExpansions: Readonly<Record<ComponentKind, readonly string[]>> = {
  dimension: [...Object.keys(commonFields), ...Object.keys(ownFields.dimension)],
  metric: [...Object.keys(commonFields), ...Object.keys(ownFields.metric)],
};

/** A dimension or metric: its ID and name (guide), and what the expansion adds. */
export function renderComponent(
  { options }: Organization,
  kind: ComponentKind,
  component: Component,
  expansion: ReadonlySet<string>,
): unknown {
  const fields: Record<string, unknown> = { id: component.id, name: component.name };
  for (const [name, make] of Object.entries({ ...commonFields, ...ownFields[kind] })) {
    if (expansion.has(name)) Object.assign(fields, make(component));
  }
  return options.hostile ? spoilComponent(component.place, fields) : fields;
}
