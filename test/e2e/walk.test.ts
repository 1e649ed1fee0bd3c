import assert from 'node:assert/strict';
import { walkThrough } from './steps';
import type { RowQuery } from './workbench';

const connection: RowQuery = { name: /./, level: 1 };
const dataset: RowQuery = { name: /./, level: 2 };
const backfill: RowQuery = { name: /./, level: 3 };

walkThrough('a first walk through the window', (step) => {
  step('the view without accounts offers an account and sample data', async (workbench) => {
    await workbench.openView();
    await workbench.welcome('Add Account').waitFor();
    await workbench.welcome('Explore Sample Data').waitFor();
    await workbench.screenshot('1-welcome');
  });

  step('sample data shows connections', async (workbench) => {
    await workbench.welcome('Explore Sample Data').click();
    await workbench.choose('Adobe Customer Journey Analytics');
    await workbench.row(connection);
    await workbench.sideBarWidth(560);
    await workbench.screenshot('2-connections');
  });

  step('the backfill status of all connections is refreshed if nothing is selected', async (workbench) => {
    await workbench.runCommand('Connections: Refresh Backfill Status');
    await workbench.notification(/status refreshed\. Rows with failures: \d+\./);
    await workbench.dismiss();
  });

  step('a connection expands to datasets, a dataset to backfills', async (workbench) => {
    await workbench.expand(connection);
    await workbench.expand(dataset);
    await workbench.row(backfill);
    await workbench.screenshot('3-backfills');
  });

  step('the menu of a connection copies its ID', async (workbench) => {
    await workbench.contextMenu(connection, 'Copy ID');
    await workbench.confirmed(/Copied ID of /);
    assert.match(await workbench.clipboard(), /^dg_[\w-]+$/);
  });

  step('the keyboard copies the ID of the selected dataset', async (workbench) => {
    await (await workbench.row(dataset)).click();
    await workbench.page.keyboard.press('ControlOrMeta+c');
    await workbench.until('the id is copied', async () => /^[0-9a-f]{24}$/.test(await workbench.clipboard()));
  });

  step('the IDs of several selected rows are copied, one per line', async (workbench) => {
    await workbench.expand(dataset);
    await (await workbench.row(backfill)).click();
    const third = workbench.rows(backfill).nth(2);
    await third.click({ modifiers: ['Shift'] });
    await workbench.page.keyboard.press('ControlOrMeta+c');
    await workbench.confirmed('Copied 3 IDs');
    const lines = (await workbench.clipboard()).split('\n');
    assert.equal(new Set(lines).size, 3);
  });

  step('the tree follows the filter while it is typed, and says how many rows match', async (workbench) => {
    await workbench.titleBox('Filter', 'status:');
    await workbench.quickInput.filter({ hasText: 'Filter Connections' }).waitFor();
    await workbench.input.pressSequentially('failed');
    await workbench.message.filter({ hasText: /^\d+ of 40 connections match "status:failed"\.$/ }).waitFor();
    const shown = Number.parseInt(await workbench.message.innerText());
    await workbench.until(
      'only failed connections',
      async () => (await workbench.rows(connection).count()) === shown,
    );
    assert.ok((await workbench.rowTexts(1)).every((text) => text.includes('failed')));
    await workbench.screenshot('4-filter');
  });

  step('Enter keeps the filter, and Escape in the next one restores it', async (workbench) => {
    await workbench.page.keyboard.press('Enter');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    await workbench.titleBox('Filter', 'nothing has this name');
    await workbench.message.filter({ hasText: /^0 of 40/ }).waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.message.filter({ hasText: 'status:failed' }).waitFor();
    await workbench.row(connection);
  });

  step('a row hidden by the filter is shown when it is revealed', async (workbench) => {
    await workbench.runCommand('Connections: Filter…');
    await workbench.type('nothing has this name', 'Filter Connections');
    await workbench.row({ name: 'No matches', level: 1 });
    await workbench.runCommand('Connections: Go to Connection…');
    await workbench.input.fill('Checkout – Retail LATAM');
    await workbench.quickInput.getByRole('option', { name: /^Checkout – Retail LATAM/ }).click();
    await workbench.until('the connection is selected', async () =>
      (await workbench.selected()).includes('Checkout – Retail LATAM'),
    );
    await workbench.message.waitFor({ state: 'hidden' });
  });

  step('a button clears the filter', async (workbench) => {
    await workbench.runCommand('Connections: Filter…');
    await workbench.type('nothing has this name', 'Filter Connections');
    await workbench.row({ name: 'No matches', level: 1 });
    await workbench.titleButton('Connections', 'Clear Filter');
    await workbench.row(connection);
    await workbench.message.waitFor({ state: 'hidden' });
  });

  step('a refresh keeps expansion and selection', async (workbench) => {
    await workbench.expand({ name: 'Checkout – Grocery Nordics', level: 1 });
    await workbench.expand(dataset);
    await (await workbench.row(backfill)).click();
    const shown = async (): Promise<unknown> => [await workbench.rowTexts(3), await workbench.selected()];
    const before = await shown();
    await workbench.titleButton('Connections', 'Refresh');
    // At no moment may it be different, so this waits for nothing.
    for (const end = Date.now() + 500; Date.now() < end;) assert.deepEqual(await shown(), before);
    await workbench.screenshot('5-refresh');
  });

  step('a dataset is revealed by its name', async (workbench) => {
    const { page } = workbench;
    await workbench.titleButton('Connections', 'Collapse');
    await workbench.titleBox('Go to Connection', 'Web events');
    await workbench.input.pressSequentially(' Retail EU');
    await workbench.quickInput.getByRole('option', { name: /^Search the datasets/ }).click();
    await workbench.page.locator('.quick-input-progress.active').waitFor({ state: 'detached' });
    await workbench.quickInput.getByRole('option', { name: /Web events Retail EU.*Web and App/ }).click();
    await workbench.until('the dataset is selected', async () =>
      (await workbench.selected()).includes('Web events Retail EU'),
    );
    await page.getByRole('treeitem', { name: /Web and App – Retail EU/, expanded: true }).waitFor();
  });

  step('only the backfill status of the selection is refreshed', async (workbench) => {
    await workbench.runCommand('Connections: Refresh Backfill Status');
    // A running backfill may have finished since.
    await workbench.page
      .getByText(/ since \d/)
      .first()
      .waitFor();
    await workbench.dismiss();
  });

  step('a dataset shows its JSON, which cannot be edited', async (workbench) => {
    await workbench.contextMenu({ name: 'Web events Retail EU', level: 2 }, 'Open JSON');
    assert.match(await workbench.editorText(), /"\w+":/);
    await workbench.page.getByRole('tab', { name: /Web events Retail EU\.json/ }).waitFor();
    await workbench.page.locator('.editor-instance .view-lines').click();
    await workbench.page.keyboard.type('x');
    await workbench.page.getByText('Cannot edit in read-only editor').first().waitFor();
    await workbench.screenshot('6-json');
  });

  step('a connection opens in the browser, at an address with two #', async (workbench) => {
    const links = await workbench.catchLinks();
    await workbench.contextMenu({ name: 'Web and App – Retail EU', level: 1 }, 'Open in Browser');
    await workbench.answer('Open');
    await workbench.until('a link is opened', async () => (await links()).length > 0);
    const [link] = await links();
    const page = 'https://experience.adobe.com/#/platform/analytics/#/apps/data-management/connections/';
    assert.match(link?.replace(page, '') ?? '', /^dg_[\w-]+$/);
  });

  step('data source types are listed, and the chosen one is copied', async (workbench) => {
    await workbench.runCommand('Connections: Show Glossary…', /^Web Data/);
    await workbench.confirmed(/Copied ID of /);
    assert.equal(await workbench.clipboard(), 'webData');
  });

  step('an ID is inserted at the cursor', async (workbench) => {
    await workbench.runCommand('File: New Untitled Text File');
    await workbench.page.getByRole('tab', { name: /Untitled-1/ }).waitFor();
    await workbench.contextMenu({ name: 'Web and App – Retail EU', level: 1 }, 'Insert ID at Cursor');
    await workbench.until('it is there', async () =>
      /^dg_[\w-]+$/.test((await workbench.editorText()).trim()),
    );
  });
});
