import type { HttpClientFactory } from '../core/http/types';
import type { KnownSecrets } from '../core/redaction/knownSecrets';
import { readSettings } from './configuration';
import type { Log } from './log';

/** Loads what sends requests. They are logged, and their timeouts are those of the settings. */
export async function loadHttpClients(
  log: Pick<Log, 'request'>,
  secrets: KnownSecrets,
): Promise<HttpClientFactory> {
  const { httpClientFactory } = await import('../core/http/client');
  return httpClientFactory({
    secrets,
    log: (entry) => {
      log.request(entry);
    },
    timeouts: readSettings().timeouts,
  });
}
