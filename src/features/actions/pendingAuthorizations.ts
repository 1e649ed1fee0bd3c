import * as l10n from '@vscode/l10n';
import { whenAborted } from '../../core/base/abort';
import { HttpError } from '../../core/http/errors';
import type { SecretValues } from '../../core/redaction/redact';

/** How a redirect was received: awaited, too late, or not requested by this window. */
export type CallbackResult = 'awaited' | 'late' | 'unknown';

interface Waiting {
  readonly resolve: (code: string) => void;
  readonly reject: (error: HttpError) => void;
}

/**
 * Authorizations that wait for their redirects. The state, which only this window knows, distinguishes them from
 * forged ones.
 */
export class PendingAuthorizations {
  readonly #waiting = new Map<string, Waiting>();
  readonly #over = new Set<string>();

  /** @param secrets masked in error descriptions of redirects. */
  constructor(private readonly secrets: SecretValues) {}

  /**
   * Waits for the code of the first redirect with that state.
   * @throws HttpError kind `rejected` if authorization was refused, and the signal's reason.
   */
  expect(state: string, signal: AbortSignal): Promise<string> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.#end(state);
        reject(signal.reason as Error);
      };
      whenAborted(signal, giveUp);
      this.#waiting.set(state, { resolve, reject });
      if (signal.aborted) giveUp();
    });
  }

  /** Handles the query of a redirect. */
  take(query: string): CallbackResult {
    const { state = '', code = '', error, error_description: description } = toParameters(query);
    const waiting = this.#waiting.get(state);
    if (!waiting) return this.#over.has(state) ? 'late' : 'unknown';
    this.#end(state);
    if (code !== '') waiting.resolve(code);
    else void refusal(this.secrets, error, description).then(waiting.reject);
    return 'awaited';
  }

  #end(state: string): void {
    this.#waiting.delete(state);
    this.#over.add(state);
  }
}

/**
 * The parameters of a query, which the desktop passes decoded and the web encoded. A plus is not a space,
 * because codes may contain one.
 */
function toParameters(query: string): Readonly<Record<string, string>> {
  const pairs = query.split('&').map((pair) => /^([^=]*)=?(.*)$/s.exec(pair));
  return Object.fromEntries(pairs.map((pair) => [decoded(pair?.[1]), decoded(pair?.[2])]));
}

function decoded(text = ''): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function refusal(secrets: SecretValues, error = '', description = ''): Promise<HttpError> {
  const { publicText } = await import('../../core/redaction/redact');
  const words = publicText(
    [description, error && `(${error})`].filter((word) => word !== '').join(' '),
    secrets,
  );
  if (error === 'access_denied')
    return new HttpError('rejected', `${l10n.t('Authorization was denied in the browser.')} ${words}`, {
      advice: l10n.t('Nothing was changed. Save the document to try again.'),
    });
  return new HttpError(
    'rejected',
    `${l10n.t('The application did not grant authorization.')} ${words}`.trim(),
    {
      advice: l10n.t(
        'Check the OAuth configuration of the service, such as the redirect URI and the scopes.',
      ),
    },
  );
}
