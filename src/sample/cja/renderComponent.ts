import type { Component, ComponentKind } from './component';
import { spoilComponent } from './hostile';
import type { Organization } from './organization';

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
