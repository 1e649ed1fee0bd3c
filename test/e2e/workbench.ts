import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { screenshots } from '../scripts/lib/paths';
import { comes } from './comes';

/** As long as a person's patience with a busy machine, and with a service that limits requests. */
export const LONGEST_WAIT_MS = 40_000;

/** A text that a row shows: the whole of it as a string, a part as an expression. */
export interface RowQuery {
  readonly name: string | RegExp;
  /** The depth in the tree; 1 is a row at the root. */
  readonly level?: number;
}

/**
 * The window of VS Code as a person uses it: only by what it shows, and by mouse and keyboard.
 * Every method waits for what it needs, and throws Playwright's TimeoutError if that does not appear.
 */
export class Workbench {
  /** @param profile the folder of all that VS Code stores, apart from what the browser keeps. */
  constructor(
    readonly page: Page,
    readonly profile: string,
  ) {}

  /** Waits until the window can be used. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .activitybar').waitFor();
  }

  /** Opens the view container by its icon in the activity bar. Its name is the same in every language. */
  async openView(): Promise<void> {
    const tab = this.page
      .locator('.activitybar')
      .getByRole('tab', { name: 'Connections Explorer', exact: true });
    await tab.waitFor();
    const selected = tab.and(this.page.locator('[aria-selected="true"]'));
    // A window that has just been opened may show another view again, that of before.
    await this.until('the view', async () => {
      // A click on the icon of the open view would close it.
      if (!(await selected.isVisible())) await tab.click();
      return await comes(selected.waitFor({ timeout: 4_000 }));
    });
  }

  /** A link or button of the text that a view without rows shows. */
  welcome(name: string): Locator {
    return this.page.locator('.sidebar .welcome-view a').filter({ hasText: name });
  }

  /** The rows that are drawn; a long tree draws only those that can be seen. */
  rows({ name, level }: RowQuery = { name: /(?:)/ }): Locator {
    const rows = this.page.locator('.sidebar').getByRole('treeitem', level === undefined ? {} : { level });
    const label = this.page.locator('.label-name').getByText(name, { exact: true });
    return rows.filter({ has: label });
  }

  /** What the drawn rows show, label and description, from top to bottom. */
  async rowTexts(level?: number): Promise<readonly string[]> {
    const rows = this.rows({ name: /(?:)/, ...(level === undefined ? {} : { level }) });
    return await rows.locator('.monaco-icon-label-container').allInnerTexts();
  }

  /** The first row that matches, waited for. */
  async row(query: RowQuery): Promise<Locator> {
    const row = this.rows(query).first();
    await row.waitFor();
    return row;
  }

  /** The name of the first row that matches. */
  async getName(query: RowQuery): Promise<string> {
    return await (await this.row(query)).locator('.label-name').innerText();
  }

  /** The names of the selected rows, from top to bottom. */
  async selected(): Promise<readonly string[]> {
    const rows = this.rows().and(this.page.locator('[aria-selected="true"]'));
    return await rows.locator('.label-name').allInnerTexts();
  }

  /** The title of a view of the side bar, if it has this text. */
  title(text: string): Locator {
    return this.page.locator('.sidebar .pane-header .title').getByText(text, { exact: true });
  }

  /** The line of text above the rows of the first view. */
  get message(): Locator {
    return this.page.locator('.sidebar .tree-explorer-viewlet-tree-view > .message').first();
  }

  /** Waits until the status bar shows a text. */
  async confirmed(text: string | RegExp): Promise<void> {
    await this.page.locator('.statusbar').getByText(text).waitFor();
  }

  /** Keeps the browser from opening further windows, and gives the addresses that it was asked to open. */
  async catchLinks(): Promise<() => Promise<readonly string[]>> {
    await this.page.evaluate(
      'window.caught = []; window.open = (url) => { caught.push(String(url)); return null; }',
    );
    return async () => JSON.parse(await this.page.evaluate<string>('JSON.stringify(caught)')) as string[];
  }

  /** Opens or closes a row by its twistie and waits until it is so. Gives the row. */
  async toggle(query: RowQuery, open: boolean): Promise<Locator> {
    const row = await this.row(query);
    const wanted = String(open);
    const reached = row.and(this.page.locator(`[aria-expanded="${wanted}"]`));
    // A click may hit another row if those above come or go meanwhile.
    await this.until(`${String(query.name)} is ${open ? 'open' : 'closed'}`, async () => {
      if ((await reached.count()) > 0) return true;
      await comes(row.locator('.monaco-tl-twistie').click({ timeout: 5_000 }));
      return await comes(reached.waitFor({ timeout: 5_000 }));
    });
    return row;
  }

  async expand(query: RowQuery): Promise<Locator> {
    return await this.toggle(query, true);
  }

  /** Leaves the rows with nothing selected or focused, so that the palette acts on none of them. */
  async leaveRows(): Promise<void> {
    const isLeft = async (): Promise<boolean> =>
      (await this.page.locator('.sidebar .monaco-list-row:is(.focused, .selected)').count()) === 0;
    await this.until('no row is selected or focused', async () => {
      await this.page.locator('.sidebar .pane-body:visible .monaco-list').first().focus();
      await this.page.keyboard.press('Escape');
      return await this.holds(isLeft, 1_000);
    });
  }

  async collapse(query: RowQuery): Promise<Locator> {
    return await this.toggle(query, false);
  }

  /** Drags the edge of the side bar to this width in pixels. */
  async sideBarWidth(width: number): Promise<void> {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    assert.ok(box, 'the side bar is shown');
    await this.page.mouse.move(box.x + box.width, 400);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + width, 400, { steps: 5 });
    await this.page.mouse.up();
  }

  /** Hovers over a row until its tooltip shows a text: a row that is redrawn meanwhile loses its tooltip. */
  async hoverUntil(row: Locator, text: RegExp): Promise<void> {
    const tooltip = this.page.locator('.monaco-hover').getByText(text);
    await this.until(`a tooltip with ${String(text)}`, async () => {
      await this.page.mouse.move(0, 0);
      await row.hover();
      return await comes(tooltip.waitFor({ timeout: 2_000 }));
    });
  }

  /**
   * Presses a button of a row until what it opens is there: while the row is being redrawn, VS Code does not pass it to
   * the command.
   */
  async pressInRow(row: Locator, name: string, opened: Locator): Promise<void> {
    await this.until(`what ${name} opens`, async () => {
      await this.dismiss();
      await row.hover();
      await row.getByRole('button', { name }).click();
      return await comes(opened.waitFor({ timeout: 5_000 }));
    });
  }

  /** Chooses an entry of a row's context menu. */
  async contextMenu(query: RowQuery, entry: string, submenu?: string): Promise<void> {
    const open = async (): Promise<void> => {
      await (await this.row(query)).click({ button: 'right' });
    };
    await this.chooseInMenu(entry, submenu === undefined ? open : () => this.openSubmenu(open, submenu));
  }

  /** Opens a menu, and in it a submenu. */
  async openSubmenu(open: () => Promise<unknown>, submenu: string): Promise<void> {
    const item = this.page.locator('.monaco-menu').getByText(submenu, { exact: true });
    await this.until(`${submenu} in the menu`, async () => {
      await open();
      // A menu takes no click in its first 100 ms.
      if (await comes(item.click({ delay: 150, timeout: 3_000 }))) return true;
      await this.page.keyboard.press('Escape');
      return false;
    });
  }

  /** Chooses an entry of the menu that the three dots in the title of the tree open. */
  async titleMenu(entry: string): Promise<void> {
    await this.chooseInMenu(entry, () => this.titleButton('Connections', 'More Actions'));
  }

  /**
   * Chooses an entry of a menu, again if its row was being redrawn, as the message asks for.
   * @param open opens it, more than once if need be.
   */
  async chooseInMenu(entry: string, open: () => Promise<unknown>): Promise<void> {
    const item = this.page.locator('.monaco-menu').getByText(entry, { exact: true });
    // What a command before brings about may come late, and a menu that is open does not follow.
    await this.until(`${entry} in the menu`, async () => {
      await open();
      const shown = await comes(item.waitFor({ timeout: 3_000 }));
      // A menu takes no click in its first 100 ms, lest the click that opened it chooses an entry too.
      if (shown && (await comes(item.click({ delay: 150, timeout: 3_000 }))))
        return !(await this.#isRowBeingUpdated());
      await this.page.keyboard.press('Escape');
      return false;
    });
  }

  /** True if a command has just said that nothing was done. The message is closed. */
  async #isRowBeingUpdated(): Promise<boolean> {
    const refusal = this.page
      .locator('.notifications-toasts .notification-list-item')
      .filter({ hasText: 'Nothing was done because the row was being updated' })
      .first();
    const question = this.page.locator('.monaco-dialog-box, .quick-input-widget').filter({ visible: true });
    await comes(refusal.or(question).first().waitFor({ timeout: 500 }));
    if (!(await refusal.isVisible())) return false;
    await refusal.hover();
    await refusal.locator('.codicon-notifications-clear').click();
    return true;
  }

  /** Clicks a button in the title of a view. That of the tree comes first, and may hold the name of an account. */
  async titleButton(view: 'Connections' | 'Runs', button: string): Promise<void> {
    const header = this.page.locator('.sidebar .pane-header').nth(view === 'Connections' ? 0 : 1);
    await header.hover();
    await header.getByRole('button', { name: button }).first().click();
  }

  /** Clicks a button in the title of the tree, and writes into the box that it opens. */
  async titleBox(button: string, text: string): Promise<void> {
    // A window that still moves the focus closes the box again.
    await this.until(`the box of ${button}`, async () => {
      await this.titleButton('Connections', button);
      return await comes(this.input.fill(text, { timeout: 4_000 }));
    });
  }

  /** Opens the second view of the side bar, that of all runs. */
  async openRuns(): Promise<void> {
    const header = this.page.locator('.sidebar .pane-header').nth(1);
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
    await header.and(this.page.locator('[aria-expanded="true"]')).waitFor();
  }

  /** Moves the focus into a view, by the command that VS Code makes for it. */
  async focusView(view: 'Connections' | 'Runs'): Promise<void> {
    await this.runCommand(`Connections Explorer: Focus on ${view} View`);
  }

  /**
   * Runs a command from the palette by its whole title, such as `Connections: Copy ID`.
   * @param row the label of the row to choose in the quick pick that the command opens
   */
  async runCommand(title: string, row?: string | RegExp): Promise<void> {
    const wanted = row === undefined ? title : `${String(row)} after ${title}`;
    // A window that still moves the focus loses the key, or closes the palette again. So it does with what the command
    // opens: VS Code gives the focus back to a webview up to 50 ms after the palette closed (microsoft/vscode#75209).
    await this.until(`${wanted} in the palette`, async () => {
      await this.page.keyboard.press('F1');
      const isChosen =
        (await comes(this.input.fill(`>${title}`, { timeout: 4_000 }))) &&
        (await comes(this.choose(title, 8_000))) &&
        (row === undefined || (await comes(this.choose(row, 8_000))));
      // An open palette keeps the commands that it had when it opened, so one that appears later is missing.
      if (!isChosen) await this.page.keyboard.press('Escape');
      return isChosen;
    });
  }

  /** @param title as VS Code names it, such as `Dark Modern` */
  async setTheme(title: string): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.pick(title);
  }

  /** The text box of the quick pick or input box that is open. */
  get input(): Locator {
    return this.quickInput.locator('.quick-input-box input, .quick-input-filter input').first();
  }

  /** The quick pick or input box. */
  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  /**
   * Chooses a row of the open quick pick by its label and waits until that quick pick is gone.
   * @param timeout in milliseconds, for each of both
   */
  async choose(label: string | RegExp, timeout = LONGEST_WAIT_MS): Promise<void> {
    const option = this.#options(label).first();
    await option.click({ timeout });
    await option.waitFor({ state: 'hidden', timeout });
  }

  #options(label: string | RegExp): Locator {
    const text = this.page.locator('.quick-input-list-row .monaco-icon-label').first();
    return this.quickInput.getByRole('option').filter({ has: text.getByText(label, { exact: true }) });
  }

  /**
   * Types into a quick pick or input box and accepts it.
   * @param shown a text that it shows (title, prompt), to distinguish it from the previous one
   */
  async type(text: string, shown: string | RegExp = /(?:)/): Promise<void> {
    await this.quickInput.filter({ hasText: shown }).waitFor();
    await this.input.fill(text);
    await this.input.press('Enter');
  }

  /** Finds an entry of the open quick pick by typing its label, and chooses it. */
  async pick(label: string): Promise<void> {
    await this.quickInput.getByRole('option').first().waitFor();
    await this.input.fill(label);
    await this.choose(new RegExp(`${label.replaceAll(/[()]/g, String.raw`\$&`)}$`));
  }

  /** Chooses a file in the open dialog by its absolute path. */
  async chooseFile(dialog: string, path: string): Promise<void> {
    const open = this.quickInput.filter({ hasText: dialog });
    // The dialog writes its first folder into the box, and lists it, before it takes a path.
    await open.getByRole('option').first().waitFor();
    await this.input.fill(path);
    // In a window on a server a second button leads to the files of this machine.
    const accept = open.locator('.quick-input-action').getByRole('button').first();
    // What comes next may be a picker of the same title, which no further click may accept.
    const isLeft = async (): Promise<boolean> => {
      const texts = await this.input.evaluateAll((all: readonly { readonly value?: unknown }[]) =>
        all.map(({ value }) => value),
      );
      return !texts.includes(path) || !(await accept.isVisible());
    };
    // A click is lost while the dialog still lists the folder of the path.
    await this.until(`${dialog} is answered`, async () => {
      if (!(await isLeft())) await accept.click();
      return await this.holds(isLeft, 3_000);
    });
  }

  /** The text of the system clipboard. */
  async clipboard(): Promise<string> {
    return String(await this.page.evaluate('navigator.clipboard.readText()'));
  }

  /**
   * Opens the notification centre and waits for the message that shows a text; its buttons are found by
   * `getByRole('button')`. The window of a development extension under test shows no message outside the centre.
   */
  async notification(text: string | RegExp): Promise<Locator> {
    const center = this.page.locator('.notifications-center');
    // The centre closes by itself when the focus moves or another message goes.
    await this.until(`the message ${String(text)}`, async () => {
      if (!(await center.isVisible())) await this.page.locator('[id="status.notifications"]').click();
      return await comes(this.messages(text).waitFor({ timeout: 2_000 }));
    });
    return this.messages(text);
  }

  /** The messages in the open notification centre that show a text. */
  messages(text: string | RegExp): Locator {
    return this.page.locator('.notification-list-item').filter({ hasText: text });
  }

  /** Answers the modal question that is open. */
  async answer(button: string): Promise<void> {
    await this.page.locator('.monaco-dialog-box').getByRole('button', { name: button, exact: true }).click();
  }

  /**
   * Waits until the browser keeps what an extension remembers, as far as it holds all these texts. VS Code writes that some
   * moments after it said so, and a window that is reloaded before has lost it.
   */
  async kept(...texts: readonly string[]): Promise<void> {
    await this.until(`${texts.join(' and ')} in IndexedDB`, () => this.#keeps(texts));
  }

  /** Waits until it does not: a window that is closed before may leave it there. */
  async forgotten(...texts: readonly string[]): Promise<void> {
    await this.until(`no ${texts.join(' and ')} in IndexedDB`, async () => !(await this.#keeps(texts)));
  }

  async #keeps(texts: readonly string[]): Promise<boolean> {
    const entries = await this.page.evaluate<readonly string[]>(readIndexedDb);
    return entries.some((entry) => texts.every((text) => entry.includes(text)));
  }

  /** Reloads the window by its command: it keeps its layout then, which a reload of the browser's page would not. */
  async reload(): Promise<void> {
    await Promise.all([this.page.waitForEvent('load'), this.runCommand('Developer: Reload Window')]);
    await this.ready();
  }

  /**
   * Minimises the window, as a person does who works elsewhere; only so does a headless browser take the focus from it.
   * @returns what brings it back.
   */
  async leave(): Promise<() => Promise<void>> {
    const session = await this.page.context().newCDPSession(this.page);
    const { windowId } = await session.send('Browser.getWindowForTarget');
    const minimise = async (minimised: boolean): Promise<void> => {
      const windowState = minimised ? 'minimized' : 'normal';
      await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
      // Playwright has every page believe that it has the focus. What a session never turned on it cannot turn off.
      for (const enabled of minimised ? [true, false] : [true])
        await session.send('Emulation.setFocusEmulationEnabled', { enabled });
      const focused = async (): Promise<boolean> => await this.page.evaluate<boolean>('document.hasFocus()');
      await this.until('the focus of the window', async () => (await focused()) !== minimised);
    };
    await minimise(true);
    return () => minimise(false);
  }

  /** Waits until the window says that its folder is not trusted. */
  async restricted(): Promise<void> {
    await this.page.locator('.statusbar').getByText('Restricted Mode').waitFor();
  }

  /** The button in the title of a comparison that sends the shown document. */
  get sendButton(): Locator {
    return this.page.locator('.editor-actions').getByRole('button', { name: 'Send', exact: true });
  }

  /** Closes every message, menu, quick pick and modal question. */
  async dismiss(): Promise<void> {
    const open = this.page.locator(
      '.monaco-dialog-box, .quick-input-widget, .monaco-menu, .notifications-center',
    );
    while ((await open.filter({ visible: true }).count()) > 0) {
      const clear = this.page.locator('.notifications-center .codicon-notifications-clear-all');
      // The centre may close by itself before the click.
      if (await clear.isVisible()) await comes(clear.click({ timeout: 2_000 }));
      await this.page.keyboard.press('Escape');
    }
  }

  /** The text of the open editor: the lines that are drawn. */
  async editorText(): Promise<string> {
    const lines = this.page.locator('.editor-instance .view-line');
    await lines.first().waitFor();
    return (await lines.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
  }

  /** The tab of an editor. */
  tab(name: string | RegExp): Locator {
    return this.page.getByRole('tab', { name });
  }

  /** Selects the first text in the open editor that reads so, as a person does who searches for it. */
  async selectInEditor(text: string): Promise<void> {
    await this.editorText();
    await this.page.keyboard.press('Control+Home');
    await this.page.keyboard.press('Control+f');
    const find = this.page.locator('.find-widget.visible');
    await find.getByRole('textbox', { name: 'Find', exact: true }).fill(text);
    await find.locator('.matchesCount').getByText(/^1 of/).waitFor();
    await this.page.keyboard.press('Escape');
    await find.waitFor({ state: 'hidden' });
  }

  /** Replaces the first text in the open editor that reads so. */
  async replaceInEditor(text: string, by: string): Promise<void> {
    await this.selectInEditor(text);
    // Pasted, because the editor closes a typed quotation mark.
    await this.paste(by);
    await this.until(`the editor shows ${by}`, async () => (await this.editorText()).includes(by));
  }

  /** Pastes a text at the focus. */
  async paste(text: string): Promise<void> {
    await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    await this.page.keyboard.press('Control+v');
  }

  /** Saves a picture of the window as out/screenshots/NAME.png. */
  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: join(screenshots, `${name}.png`) });
  }

  /** Waits for a condition that no single element shows. */
  async until(what: string, holds: () => Promise<boolean>, timeout = LONGEST_WAIT_MS): Promise<void> {
    assert.ok(await this.holds(holds, timeout), `Not within ${timeout / 1000} s: ${what}`);
  }

  /** Whether a condition comes to hold in time. */
  async holds(condition: () => Promise<boolean>, timeout: number): Promise<boolean> {
    const end = Date.now() + timeout;
    while (!(await condition())) {
      if (Date.now() >= end) return false;
      await this.page.waitForTimeout(50);
    }
    return true;
  }
}

/** An expression of the page: all texts that VS Code keeps in the browser. */
const readIndexedDb = `(async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const texts = [];
  for (const { name } of await indexedDB.databases()) {
    const base = await done(indexedDB.open(name));
    for (const store of base.objectStoreNames) {
      texts.push(...(await done(base.transaction(store).objectStore(store).getAll())));
    }
    base.close();
  }
  return texts.filter((text) => typeof text === 'string');
})()`;
