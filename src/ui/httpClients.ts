import type { HttpClientFactory } from '../core/http/types';
import type { KnownSecrets } from '../core/redaction/knownSecrets';
import { readSettings } from './configuration';
import type { Log } from './log';

/** Loads the HTTP clients, which log requests and take their timeouts from the settings. */
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
