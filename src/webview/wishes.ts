import * as l10n from '@vscode/l10n';
import type { Announcer } from './components/announcer';
import type { HeaderActions } from './header';
import type { Host } from './components/host';
import type { JsonTabActions } from './tabs/json/jsonTab';
import type { TabActions } from './components/tab';

/** What the user wishes in the header, sent as wishes about the resource of a path. */
export function createHeaderActions(host: Host, path: string): HeaderActions {
  return {
    runCommand: (command) => {
      host.send({ type: 'runCommand', command, path });
    },
    editAccount: editAccount(host, path),
    runAction: (action) => {
      host.send({ type: 'runAction', action, path });
    },
  };
}

/** What the user wishes in a drawn tab. */
export function createTabActions(host: Host, path: string): TabActions {
  return {
    open: (target) => {
      host.send({ type: 'open', target, path });
    },
    reveal: (target) => {
      host.send({ type: 'reveal', target, path });
    },
    copy: (text) => {
      host.send({ type: 'copyLine', text, path });
    },
    load: (target) => {
      host.send({ type: 'load', target, path });
    },
    editAccount: editAccount(host, path),
    cancel: () => {
      host.send({ type: 'cancel', path });
    },
  };
}

/** What the user wishes in the tab `JSON`. */
export function createJsonActions(host: Host, path: string, announcer: Announcer): JsonTabActions {
  return {
    identify: (ids) => {
      host.send({ type: 'identify', ids: [...ids], path });
    },
    revealId: (id) => {
      host.send({ type: 'revealId', id, path });
    },
    copy: (text, what) => {
      host.send({ type: 'copy', text, path });
      announcer.say(l10n.t('Done: {0}', what));
    },
    editAccount: editAccount(host, path),
    retry: () => {
      host.send({ type: 'runCommand', command: 'refresh', path });
    },
  };
}

/** The form of the account, which the header and every tab offer. */
function editAccount(host: Host, path: string): () => void {
  return () => {
    host.send({ type: 'editAccount', path });
  };
}
