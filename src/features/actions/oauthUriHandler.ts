import * as vscode from 'vscode';
import { inNotification } from '../../ui/cancellation';
import type { CallOptions } from '../../core/http/types';
import type { SecretValues } from '../../core/redaction/redact';
import type { AuthorizationRequest } from '../../core/services/contract/action';
import { plainText } from '../../shared/plainText';
import { authorize, PendingAuthorizations, type Browser } from './authorize';
import { ask, showWarning } from '../../ui/messages';

/** The path of the redirect URI. */
const path = '/consent';

/** Requests authorizations in the browser, and receives the redirects to this extension's URI. */
export class OAuthUriHandler implements vscode.UriHandler {
  readonly #callbacks: PendingAuthorizations;
  readonly #address: vscode.Uri;

  /**
   * @param extensionId `publisher.name`, the authority of the URI.
   * @param secrets masked in what redirects contain.
   */
  constructor(extensionId: string, secrets: SecretValues) {
    this.#callbacks = new PendingAuthorizations(secrets);
    this.#address = vscode.Uri.from({ scheme: vscode.env.uriScheme, authority: extensionId, path });
  }

  handleUri(uri: vscode.Uri): void {
    if (uri.path !== path) return;
    const arrival = this.#callbacks.take(uri.query);
    if (arrival !== 'awaited') void showWarning(explanation(arrival));
  }

  /** As `authorize`. */
  obtain(consent: AuthorizationRequest, call: CallOptions): Promise<boolean> {
    return authorize(consent, this.#browser(), this.#callbacks, call);
  }

  #browser(): Browser {
    return {
      // Not encoded again: in the web, the URI has a query of its own.
      wayBack: async () => (await vscode.env.asExternalUri(this.#address)).toString(true),
      mayOpen,
      // A string is opened as it is; a Uri would be re-encoded, which breaks the redirect URI in it.
      open: (page) => vscode.commands.executeCommand('vscode.open', page),
      whileWaiting: (work) =>
        inNotification(vscode.l10n.t('Waiting for authorization in the browser…'), (signal) => work(signal)),
    };
  }
}

async function mayOpen(application: string, host: string): Promise<boolean> {
  const open = vscode.l10n.t('Open in Browser');
  const message = vscode.l10n.t('{0} requires your authorization.', plainText(application));
  const detail = vscode.l10n.t(
    'The authorization page of {0} opens in the browser and returns here when you are done.',
    host,
  );
  return (await ask({ message, detail, informs: true, harmless: true, buttons: [open] })) === open;
}

function explanation(arrival: 'late' | 'unknown'): string {
  return arrival === 'late'
    ? vscode.l10n.t('The authorization arrived too late and was discarded. Save the document to try again.')
    : vscode.l10n.t(
        'An unexpected authorization was received from the browser and discarded. It may belong to another window, or may be forged.',
      );
}
