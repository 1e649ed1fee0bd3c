import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { root } from '../scripts/lib/paths';
import { comes } from './comes';
import type { RowQuery, Workbench } from './workbench';

/** The page of the panel that is shown, as a person uses it. */
export class PanelPage {
  readonly #workbench: Workbench;
  readonly frame: FrameLocator;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
    this.frame = workbench.page.frameLocator('iframe.webview:visible').frameLocator('#active-frame');
  }

  get heading(): Locator {
    return this.frame.getByRole('heading', { level: 1 });
  }

  /** Waits until the panel is about a resource of that name. */
  async about(name: string | RegExp): Promise<void> {
    await this.heading.getByText(name).waitFor();
  }

  /** Clicks a row until the panel shows it: VS Code drops a click on a row that is being redrawn. */
  async lookAt(query: RowQuery): Promise<void> {
    const shown = async (): Promise<boolean> => {
      await (await this.#workbench.row(query)).click();
      const heading = this.heading.getByText(query.name).waitFor({ timeout: 5_000 });
      return await comes(heading);
    };
    await this.#workbench.until(`the panel is about ${String(query.name)}`, shown);
  }

  /** A button of header or toolbar by its name. */
  button(name: string): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }

  /** The lines of the JSON that are drawn. */
  get lines(): Locator {
    return this.frame.locator('.cm-line');
  }

  /** Opens a tab by its name. */
  async open(tab: string): Promise<void> {
    await this.frame.getByRole('tab', { name: tab, exact: true }).click();
  }

  /** The names of the tabs, in their order. */
  async tabNames(): Promise<readonly string[]> {
    const tabs = this.frame.getByRole('tab');
    await tabs.first().waitFor();
    return await tabs.allInnerTexts();
  }

  /** Opens the tab JSON, and waits for its text. */
  async openJson(): Promise<void> {
    // A page that is still being filled may show another tab again.
    await this.#workbench.until('the JSON is shown', async () => {
      await this.open('JSON');
      return await comes(this.lines.first().waitFor({ timeout: 8_000 }));
    });
  }

  /** Evaluates an expression in the page, and returns the result as text. */
  async evaluate(expression: string): Promise<string> {
    const body = await this.frame.locator('body').elementHandle();
    const frame = await body.ownerFrame();
    assert.ok(frame);
    return String(await frame.evaluate(expression));
  }

  /** What axe-core finds wrong with the page. */
  async complaints(): Promise<readonly string[]> {
    await this.evaluate(readFileSync(join(root, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8'));
    const found = await this
      .evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      JSON.stringify(violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html, failureSummary }) => html.slice(0, 200) + ' ' + failureSummary).join(' | '))))`);
    return JSON.parse(found) as string[];
  }

  /** The name or text of the focused element of the webview. */
  async focused(): Promise<string> {
    return await this.evaluate(`(() => {
      let found = document.activeElement;
      while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
      return (found?.ariaLabel || found?.innerText || found?.className || '').trim();
    })()`);
  }

  /** Presses the Tab key, or another, until the focused element has a name. */
  async tabTo(name: RegExp, key = 'Tab'): Promise<void> {
    const passed: string[] = [];
    while (passed.length < 60) {
      await this.#workbench.page.keyboard.press(key);
      const reached = await this.focused();
      if (name.test(reached)) return;
      passed.push(reached);
    }
    assert.fail(`${String(name)} was not reached by ${key}: ${passed.join(' → ').slice(0, 2000)}`);
  }

  /** Waits until the JSON shows a text. */
  async shows(text: string | RegExp): Promise<void> {
    await this.lines.filter({ hasText: text }).first().waitFor();
  }

  /** The names of the panels that are open, as their tabs say. */
  async tabs(): Promise<readonly string[]> {
    return await this.#workbench.page.locator('.tabs-container .tab .label-name').allInnerTexts();
  }

  /** How far the JSON is scrolled, in pixels. */
  async scrolled(): Promise<number> {
    return await this.#scroller.evaluate((element: { readonly scrollTop: number }) => element.scrollTop);
  }

  async scrollTo(top: number): Promise<void> {
    await this.#scroller.evaluate((element: { scrollTop: number }, to) => (element.scrollTop = to), top);
  }

  get #scroller(): Locator {
    return this.frame.locator('.cm-scroller');
  }

  /** Presses a button and returns what it copied to the clipboard. */
  async copies(button: string): Promise<string> {
    const before = await this.#workbench.clipboard();
    await this.button(button).click();
    await this.#workbench.until(`${button} changes the clipboard`, async () => {
      return (await this.#workbench.clipboard()) !== before;
    });
    const text = await this.#workbench.clipboard();
    assert.notEqual(text, '');
    return text;
  }
}
