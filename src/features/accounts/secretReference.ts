import type { Secrets } from '../../core/services/contract/signIn';

/** What is saved in place of a secret that comes from a source of the setting `secretSources`. */
const REFERENCE = /^\$\{source:([^{}]*)\}$/;

/** The text that is saved in place of a secret from a source. */
export function sourceReference(name: string): string {
  return `\${source:${name}}`;
}

/** The name of the source of a saved secret; undefined if it is the secret itself. */
export function sourceNameIn(secret: string): string | undefined {
  return REFERENCE.exec(secret.trim())?.[1];
}

/** True if some of the secrets come from sources. */
export function hasReference(secrets: Secrets): boolean {
  return Object.values(secrets).some((secret) => sourceNameIn(secret) !== undefined);
}
