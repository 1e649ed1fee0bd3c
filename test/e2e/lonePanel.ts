import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { webviewHtml } from '../../src/features/details/webviewHtml';
import type { TabId, ToWebview } from '../../src/shared/protocol';
import { launchBrowser } from '../scripts/lib/browser';
import { root } from '../scripts/lib/paths';
import { endOnSignals } from '../scripts/lib/program';
import { keepReachedPoints } from '../scripts/lib/reachedPoints';
import { NOW_MS } from './pageModels';
import { addKnownFont, KNOWN_FONT } from './knownFont';
import { pageOrigin, serve, setTheme, type Theme } from './themedPage';

/** What VS Code gives a page, without a VS Code. */
const API = `window.acquireVsCodeApi = () => ({
  postMessage: () => undefined,
  getState: () => undefined,
  setState: () => undefined,
})`;

/** Styles that VS Code gives every webview, and what a picture needs. */
const STYLES = 'code { font-family: var(--vscode-editor-font-family); }';

/** Everything that loads late has arrived: controls, fonts, and the styles of icons, each of which requests its own. */
const SETTLED = `(async () => {
  await customElements.whenDefined('vscode-toolbar-button');
  const roots = (root) => [root, ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ? roots(shadowRoot) : [])];
  const links = () => roots(document).flatMap((root) => [...root.querySelectorAll('link[rel=stylesheet]')]);
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  do { await frame(); await frame(); } while (links().some(({ sheet }) => !sheet));
  await document.fonts.ready;
  await frame();
})()`;

/** The messages of the extension to the webview, with the text of the JSON tab as one of them. */
export type PanelMessage = Exclude<ToWebview, { readonly type: 'jsonChunk' | 'init' }>;

/**
 * The shipped webview of the panel by itself in a browser: a test sends the messages of the extension. Its clock is
 * frozen.
 */
export class LonePanel {
  private constructor(
    readonly page: Page,
    readonly browser: Browser,
  ) {}

  static async open(): Promise<LonePanel> {
    endOnSignals();
    const browser = await launchBrowser();
    const options = { locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce' } as const;
    const page = await browser.newPage(options);
    keepReachedPoints(page.context());
    page.setDefaultTimeout(20_000);
    await page.clock.setFixedTime(NOW_MS);
    await page.addInitScript(API);
    const address = (name: string): string => `${pageOrigin}/${name}`;
    const document = webviewHtml({
      script: address('page.js'),
      style: address('style.css'),
      codicons: address('codicon.css'),
      source: pageOrigin,
      nonce: randomUUID(),
      language: 'en',
    });
    await serve(page, join(root, 'dist/panel'), document);
    await addKnownFont(page);
    await page.evaluate(`(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(${JSON.stringify(STYLES)});
      document.adoptedStyleSheets.push(sheet);
    })()`);
    return new LonePanel(page, browser);
  }

  async close(): Promise<void> {
    await this.browser.close();
  }

  async theme(theme: Theme): Promise<void> {
    await setTheme(this.page, theme, `'${KNOWN_FONT}'`);
  }

  /** Begins with a resource, and gives its page messages. @param json the whole text of the tab `JSON`. */
  async show(messages: readonly PanelMessage[], json?: string): Promise<void> {
    const init: ToWebview = {
      type: 'init',
      path: 'account:a1/connection:dg_1',
      pinned: false,
      language: 'en',
    };
    for (const message of [init, ...messages]) await this.#send(JSON.stringify(message));
    if (json === undefined) return;
    const bytes = `new TextEncoder().encode(${JSON.stringify(json)})`;
    await this.#send(`{ type: 'jsonChunk', compressed: false, first: true, last: true, bytes: ${bytes} }`);
  }

  async #send(message: string): Promise<void> {
    await this.page.evaluate(`window.postMessage(${message})`);
  }

  /** A picture of the page, in which nothing moves. */
  async picture(): Promise<Buffer> {
    await this.page.evaluate(SETTLED);
    return await this.page.screenshot({ animations: 'disabled', scale: 'css' });
  }

  tab(id: TabId): Locator {
    return this.page.locator(`#tab-${id}`);
  }
}
