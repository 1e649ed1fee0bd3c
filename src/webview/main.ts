import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-icon/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
import * as l10n from '@vscode/l10n';
import { connectHost } from './host';
import { App } from './app';

/** Entry point of the webview. */
function main(): void {
  const nonce = document.getElementById('page')?.nonce ?? '';
  let app: App | undefined;
  const host = connectHost((message) => {
    if (message.type !== 'init') {
      app?.receive(message);
      return;
    }
    document.documentElement.lang = message.language;
    l10n.config({ contents: message.texts ?? {} });
    app = new App(host, message, nonce);
    app.show();
  });
  host.send({ type: 'ready' });
}

main();
