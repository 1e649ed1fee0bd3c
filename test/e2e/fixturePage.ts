import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../scripts/lib/browser';
import { out, screenshots } from '../scripts/lib/paths';
import { endOnSignals } from '../scripts/lib/program';
import { keepReachedPoints } from '../scripts/lib/reachedPoints';
import { NOW_MS } from './pageModels';
import { pageOrigin, serve, setTheme, type Theme } from './themedPage';

const nonce = 'fixture';
/** As strict as the panel's own. */
const policy = [
  "default-src 'none'",
  `script-src 'nonce-${nonce}'`,
  `style-src ${pageOrigin} 'nonce-${nonce}'`,
  `font-src ${pageOrigin}`,
].join('; ');

const html = `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Fixture</title>
    <link rel="stylesheet" nonce="${nonce}" href="codicon.css" id="vscode-codicon-stylesheet" />
    <link rel="stylesheet" nonce="${nonce}" href="style.css" />
  </head>
  <body><script nonce="${nonce}" src="page.js"></script></body>
</html>`;

/** A violation of a rule of axe-core, and its place. */
interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** A tab of the panel by itself in a browser, with the panel's policy and the colors of VS Code. */
export class FixturePage {
  private constructor(
    readonly page: Page,
    readonly browser: Browser,
  ) {}

  static async open(): Promise<FixturePage> {
    endOnSignals();
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1100, height: 800 } });
    keepReachedPoints(page.context());
    page.setDefaultTimeout(20_000);
    await page.clock.setFixedTime(NOW_MS);
    await serve(page, join(out, 'page'), html, { 'content-security-policy': policy });
    const made = new FixturePage(page, browser);
    await made.theme('dark');
    return made;
  }

  async close(): Promise<void> {
    await this.browser.close();
  }

  async theme(theme: Theme): Promise<void> {
    await setTheme(this.page, theme);
  }

  /** Begins with an empty tab and gives it a model. */
  async show(tab: string, model: object): Promise<void> {
    await this.call('show', tab);
    await this.update(model);
  }

  async update(model: object): Promise<void> {
    await this.call('tab.update', model);
  }

  /** The requests since the last call. */
  async requests(): Promise<readonly (readonly string[])[]> {
    return JSON.parse(await this.page.evaluate<string>('JSON.stringify(requested.splice(0))')) as string[][];
  }

  /** Evaluates an expression in the page. */
  async value<Value>(expression: string): Promise<Value> {
    return await this.page.evaluate<Value>(expression);
  }

  /** Waits until an expression is true: the page's policy lets no `waitForFunction` in. */
  async until(expression: string): Promise<void> {
    const end = Date.now() + 10_000;
    while (!(await this.value<boolean>(expression))) {
      assert.ok(Date.now() < end, expression);
      await this.page.waitForTimeout(20);
    }
  }

  /** Calls a function of the page and gives the milliseconds until its work is drawn. */
  async call(name: string, ...values: readonly unknown[]): Promise<number> {
    const input = values.map((value) => JSON.stringify(value)).join(', ');
    return await this.page.evaluate<number>(
      `(async () => { const began = performance.now(); ${name}(${input});
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        return performance.now() - began; })()`,
    );
  }

  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: join(screenshots, `${name}.png`) });
  }

  /** Fails where axe-core finds something, or the policy had to refuse something. */
  async assertClean(): Promise<void> {
    if (!(await this.value<boolean>('"axe" in window')))
      await this.page.evaluate(await readFile(join(out, 'page', 'axe.js'), 'utf8'));
    const found = await this.value<readonly Violation[]>('axe.run().then(({ violations }) => violations)');
    const lines = found.map(
      ({ id, help, nodes }) =>
        `${id}: ${help}\n${nodes
          .slice(0, 3)
          .map((node) => `${node.html.slice(0, 300)} ${node.failureSummary ?? ''}`)
          .join('\n')}`,
    );
    assert.equal(lines.join('\n\n'), '');
    assert.deepEqual(await this.value('violations'), []);
    assert.equal(await this.value('"hacked" in window'), false);
  }
}
