import type { FromWebview } from '../shared/protocol';
import type { VsCodeApi } from './host';

declare function acquireVsCodeApi(): VsCodeApi;

/**
 * Entry point of the webview. Only asks the extension what to show: it answers while what draws the answer is loaded.
 */
async function main(): Promise<void> {
  const api = acquireVsCodeApi();
  const early: unknown[] = [];
  const keep = ({ data }: MessageEvent<unknown>): void => {
    early.push(data);
  };
  window.addEventListener('message', keep);
  api.postMessage({ type: 'ready' } satisfies FromWebview);
  const { start } = await import('./start');
  window.removeEventListener('message', keep);
  start(api, early);
  await import('./components/definitions');
}

void main();
