import type { ResolvedOptions } from '../common/options';
import { hostileComponentNames, hostileNames } from './hostile';

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
