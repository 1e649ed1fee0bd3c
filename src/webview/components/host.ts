import * as v from 'valibot';
import { PageState, ToWebview, type FromWebview } from '../../shared/protocol';

/** What VS Code gives a page, once. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** The extension, as the page sees it. */
export interface Host {
  send(message: FromWebview): void;
  /** What was kept when the page was last there; undefined the first time. */
  readonly state: () => PageState | undefined;
  keepState(state: PageState): void;
}

/** @param receive takes the messages of the extension, checked. What is no such message is dropped. */
export function connectHost(receive: (message: ToWebview) => void): Host {
  const api = acquireVsCodeApi();
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const { success, output } = v.safeParse(ToWebview, data);
    if (success) receive(output);
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
