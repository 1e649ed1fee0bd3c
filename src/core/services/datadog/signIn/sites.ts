import * as l10n from '@vscode/l10n';
import type { Choice } from '../../contract/signIn';

/** A Datadog site. Sites are independent: keys of one are not valid for another. */
interface Site {
  readonly domain: string;
  readonly region: string;
  /** True if the web interface is at the subdomain `app.`. */
  readonly app?: boolean;
  /** True if Datadog's documentation says that Product Analytics is not supported. */
  readonly unsupported?: boolean;
}

/** The sites of the official client (1.64), in the order in which Datadog lists them. */
const sites: readonly Site[] = [
  { domain: 'datadoghq.com', region: 'US1', app: true },
  { domain: 'us3.datadoghq.com', region: 'US3' },
  { domain: 'us5.datadoghq.com', region: 'US5' },
  { domain: 'datadoghq.eu', region: 'EU1', app: true },
  { domain: 'ap1.datadoghq.com', region: 'AP1' },
  { domain: 'ap2.datadoghq.com', region: 'AP2' },
  { domain: 'uk1.datadoghq.com', region: 'UK1' },
  { domain: 'ddog-gov.com', region: 'US1-FED', app: true, unsupported: true },
  { domain: 'us2.ddog-gov.com', region: 'US2-FED', unsupported: true },
];

export const defaultSite = 'datadoghq.com';

/** The sites to choose from at sign-in. */
export function siteChoices(): readonly Choice[] {
  return sites.map(({ domain, region, unsupported }) => ({
    value: domain,
    label: domain,
    description: unsupported ? l10n.t('{0}, where Datadog does not offer Product Analytics', region) : region,
  }));
}

/** True for the domain of a site. */
export function isSite(text: string): boolean {
  return sites.some(({ domain }) => domain === text);
}

/** The origin of a site's API. */
export function apiOrigin(domain: string): string {
  return `https://api.${domain}`;
}

/** The origin of a site's web interface. */
export function appOrigin(domain: string): string {
  const app = sites.some((site) => site.domain === domain && site.app);
  return app ? `https://app.${domain}` : `https://${domain}`;
}
