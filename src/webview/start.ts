import * as l10n from '@vscode/l10n';
import { App } from './app';
import { connectHost, type VsCodeApi } from './host';

/** Shows what the extension sends. @param early the messages that it sent before this code was loaded */
export function start(api: VsCodeApi, early: readonly unknown[]): void {
  const nonce = document.getElementById('page')?.nonce ?? '';
  let app: App | undefined;
  const host = connectHost(api, early, (message) => {
    if (message.type !== 'init') {
      app?.receive(message);
      return;
    }
    document.documentElement.lang = message.language;
    l10n.config({ contents: message.texts ?? {} });
    app = new App(host, message, nonce);
    app.show();
  });
}
