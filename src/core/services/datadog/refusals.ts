import * as l10n from '@vscode/l10n';
import { SingleFlight } from '../../base/singleFlight';
import { HttpError, type HttpErrorDetails } from '../../http/errors';
import type { CallOptions } from '../../http/types';
import type { Operations } from './client/operations';
import { siteName, type DatadogSettings } from './signIn/settings';

type WrongKey = 'apiKey' | 'applicationKey' | 'unknown';

/**
 * Explains refused requests of an account with keys. Datadog responds with 403 and `Forbidden` whichever key is wrong:
 * checking only the API key distinguishes them. All requests of an account are explained alike.
 */
export class Refusals {
  readonly #checks = new SingleFlight<WrongKey>();

  constructor(
    private readonly operations: Pick<Operations, 'validate'>,
    private readonly settings: DatadogSettings,
  ) {}

  /**
   * Waits for requests that read.
   * @throws HttpError of kind `authentication` that says which key is wrong, if that is known, instead of a refusal.
   */
  async explain<T>(work: Promise<T>, call: CallOptions): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof HttpError) || !isRefusal(error) || hasReason(error)) throw error;
      const wrong = await this.#checks.run('', call.signal, (signal) => this.#check({ ...call, signal }));
      throw this.#explained(error, wrong);
    }
  }

  async #check(call: CallOptions): Promise<WrongKey> {
    try {
      await this.operations.validate(call);
      return 'applicationKey';
    } catch (error) {
      return error instanceof HttpError && isRefusal(error) ? 'apiKey' : 'unknown';
    }
  }

  #explained(refusal: HttpError, wrong: WrongKey): HttpError {
    const { status } = refusal;
    const details = { ...(status !== undefined && { status }), cause: refusal };
    switch (wrong) {
      case 'apiKey':
        return this.#wrongApiKey(details);
      case 'applicationKey':
        return wrongApplicationKey(details);
      case 'unknown':
        return refusal;
    }
  }

  #wrongApiKey(details: HttpErrorDetails): HttpError {
    const { settings } = this;
    return new HttpError('authentication', l10n.t('The API key is unknown on {0}.', siteName(settings)), {
      ...details,
      advice:
        settings.site === undefined
          ? l10n.t('Edit the account and check API key and API address.')
          : l10n.t('Edit the account and check API key and site. A key is valid only on its own site.'),
      wrongField: 'apiKey',
    });
  }
}

function wrongApplicationKey(details: HttpErrorDetails): HttpError {
  return new HttpError(
    'authentication',
    l10n.t('The API key is valid, but Datadog rejected the application key or its permissions.'),
    {
      ...details,
      advice: l10n.t(
        'Edit the account and check the application key. If it is correct, the key or its owner lacks permission for Product Analytics.',
      ),
      wrongField: 'applicationKey',
    },
  );
}

/** True if Datadog says more than that it refuses, such as a missing scope: its own words say more than a guess. */
function hasReason({ message }: HttpError): boolean {
  return !/\(HTTP \d+(?:: (?:Forbidden|Unauthorized))?\)$/.test(message);
}

function isRefusal({ status }: HttpError): boolean {
  return status === 401 || status === 403;
}
