import * as v from 'valibot';
import { PageState, ToWebview, type FromWebview } from '../shared/protocol';
import * as l10n from '@vscode/l10n';
import type { Announcer } from './components/notices';
import type { HeaderActions } from './header';
import type { JsonTabActions } from './tabs/json/jsonTab';
import type { TabActions } from './components/tabs';

/** API of VS Code's webviews, which can be acquired only once. */
export interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** The webview's connection to the extension. */
export interface Host {
  send(message: FromWebview): void;
  /** The last saved state; undefined the first time. */
  readonly state: () => PageState | undefined;
  keepState(state: PageState): void;
}

/**
 * @param early messages that have come already; handled after this has returned.
 * @param receive handles validated messages of the extension. Others are dropped.
 */
export function connectHost(
  api: VsCodeApi,
  early: readonly unknown[],
  receive: (message: ToWebview) => void,
): Host {
  const take = (data: unknown): void => {
    const { success, output } = v.safeParse(ToWebview, data);
    if (success) receive(output);
  };
  queueMicrotask(() => {
    for (const data of early) take(data);
  });
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    take(data);
  });
  return {
    send: (message) => {
      api.postMessage(message);
    },
    state: () => {
      const { success, output } = v.safeParse(PageState, api.getState());
      return success ? output : undefined;
    },
    keepState: (state) => {
      api.setState(state);
    },
  };
}

/** Actions of the header, sent as messages about the resource at `path`. */
export function createHeaderActions(host: Host, path: string): HeaderActions {
  return {
    runCommand: (command) => {
      host.send({ type: 'runCommand', command, path });
    },
    editAccount: editAccount(host, path),
    open: (target) => {
      host.send({ type: 'open', target, path });
    },
    runAction: (action) => {
      host.send({ type: 'runAction', action, path });
    },
  };
}

/** Actions of the tabs except JSON. */
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
    explain: (target) => {
      host.send({ type: 'explain', target, path });
    },
    loadLog: (log, again) => {
      host.send({ type: 'loadLog', log, again, path });
    },
    editAccount: editAccount(host, path),
    chooseCount: (count) => {
      host.send({ type: 'chooseCount', ...(count !== undefined && { count }), path });
    },
    loadLevel: (level) => {
      host.send({ type: 'loadLevel', level, path });
    },
    markAsSeen: () => {
      host.send({ type: 'markAsSeen', path });
    },
    cancel: () => {
      host.send({ type: 'cancel', path });
    },
  };
}

/** Actions of the JSON tab. */
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

function editAccount(host: Host, path: string): () => void {
  return () => {
    host.send({ type: 'editAccount', path });
  };
}
