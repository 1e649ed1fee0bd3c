import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { PanelPage } from './panelPage';
import { walkThroughDetails } from './steps';
import type { RowQuery, Workbench } from './workbench';

walkThroughDetails('the tabs of the panel', (step) => {
  const running: RowQuery = { name: /^Contact Centre – Grocery Japan/, level: 2 };
  /** The first column of a table, from top to bottom. */
  const names = async (table: Locator): Promise<readonly string[]> =>
    await table.locator('tbody .name').allInnerTexts();
  const node = ({ frame }: PanelPage, name: RegExp): Locator =>
    frame.locator('.node').getByRole('button', { name });
  const table = ({ frame }: PanelPage, name: string): Locator =>
    frame.getByRole('table', { name, exact: true });

  /** Shows the connection of an account, and waits for it. */
  async function show(workbench: Workbench, account: string, connection: RowQuery): Promise<PanelPage> {
    await workbench.expand({ name: account, level: 1 });
    await workbench.contextMenu(connection, 'Show Details');
    const panel = new PanelPage(workbench);
    await panel.about(connection.name);
    // The panel is that of the one before, with its tab.
    await panel.open('Overview');
    return panel;
  }

  step('Show Details of the palette shows the selected row', async (workbench) => {
    await workbench.openView();
    await workbench.welcome('Explore Sample Data').click();
    await workbench.choose('All');
    // Accounts come one after the other, and move the rows below them.
    for (const service of ['Datadog', 'Krenalis', 'Immuta'])
      await workbench.row({ name: new RegExp(service) });
    await workbench.expand({ name: 'Sample Data', level: 1 });
    await (await workbench.row(running)).click();
    const panel = new PanelPage(workbench);
    await panel.about(/^Contact Centre/);
    await panel.button('Keep Open').waitFor();
    await workbench.runCommand('Connections: Show Details');
    await panel.button('Keep Open').waitFor({ state: 'detached' });
    assert.deepEqual(await panel.tabNames(), ['Overview', 'Timeline', 'Structure', 'History', 'JSON']);
  });

  step('Overview: a table is sorted and filtered, and copies', async (workbench) => {
    const panel = new PanelPage(workbench);
    const datasets = table(panel, 'Datasets');
    await datasets.locator('tbody .name').nth(5).waitFor();
    await workbench.screenshot('tabs-overview');
    const sort = datasets.getByRole('button', { name: 'Name', exact: true });
    await sort.click();
    await sort.click();
    await datasets.locator('[aria-sort=descending]').waitFor();
    const sorted = await names(datasets);
    assert.deepEqual(
      sorted,
      sorted.toSorted((a, b) => b.localeCompare(a)),
    );
    const field = panel.frame.getByRole('textbox', { name: 'Filter' }).first();
    await field.fill('lookup');
    await panel.frame.getByText('1 of 6').waitFor();
    assert.deepEqual(await names(datasets), ['Campaigns Fashion EU']);
    assert.match(await panel.copies('Copy ID of Campaigns Fashion EU'), /^[0-9a-f]{24}$/);
    await field.press('Escape');
    await panel.frame.getByText('1 of 6').waitFor({ state: 'detached' });
  });

  step('Overview: a row opens its dataset', async (workbench) => {
    const panel = new PanelPage(workbench);
    await table(panel, 'Datasets').getByRole('button', { name: 'Accounts Grocery ANZ', exact: true }).click();
    await panel.about('Accounts Grocery ANZ');
    await table(panel, 'Backfills').locator('tbody .name').first().waitFor();
    await workbench.screenshot('tabs-dataset');
  });

  step(
    'its breadcrumbs name account and connection, and lead there by mouse and keyboard',
    async (workbench) => {
      const panel = new PanelPage(workbench);
      const breadcrumbs = panel.frame.getByRole('navigation', { name: 'Breadcrumbs' });
      const connection = await breadcrumbs.getByRole('button').last().innerText();
      assert.match(connection, /^Contact Centre – Grocery Japan/);
      await breadcrumbs.getByRole('button', { name: connection, exact: true }).click();
      await panel.about(connection);
      await breadcrumbs.getByRole('button').first().press('Enter');
      await panel.about('Sample Data');
      assert.equal(await breadcrumbs.getByRole('button').count(), 0);
    },
  );

  step(
    'Timeline: bars show when runs ran and what they cover, and a table has the same',
    async (workbench) => {
      const panel = await show(workbench, 'Sample Data', running);
      await panel.open('Timeline');
      const bars = panel.frame.locator('.bar');
      await bars.nth(47).waitFor();
      await bars.and(panel.frame.locator('.state-running')).first().hover();
      await panel.frame.getByRole('tooltip').getByText('Duration').waitFor();
      await workbench.screenshot('tabs-timeline');
      await panel.button('Date Range').click();
      await panel.frame.locator('.bar.open').first().waitFor();
      await workbench.screenshot('tabs-timeline-covers');
      await panel.button('Table').click();
      await table(panel, 'Backfills').and(panel.frame.locator('[aria-rowcount="49"]')).waitFor();
      await workbench.screenshot('tabs-timeline-table');
      await panel.button('Chart').click();
    },
  );

  step('Timeline: a bar opens its backfill', async (workbench) => {
    const panel = new PanelPage(workbench);
    await panel.button('Time of Run').click();
    const bar = panel.frame.locator('.bar.state-running').first();
    await bar.focus();
    await bar.press('Enter');
    await panel.about(/^20\d\d-.* – 20\d\d-/);
    await panel.frame
      .locator('.header')
      .getByText(/in progress/)
      .waitFor();
    await workbench.screenshot('tabs-backfill');
  });

  step('Structure: keys move along an edge, and Enter opens a part', async (workbench) => {
    const panel = await show(workbench, 'Sample Data', running);
    await panel.open('Structure');
    await node(panel, /^Contact Centre.*current resource/).focus();
    await node(panel, /^ECID.*person ID/).waitFor();
    await workbench.screenshot('tabs-structure');
    const { keyboard } = workbench.page;
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowRight');
    const focused = panel.frame.locator('.node-main:focus');
    await focused.getByText(/(event|lookup|profile) dataset/).waitFor();
    const name = await focused.locator('.node-label').innerText();
    await keyboard.press('Enter');
    await panel.about(name);
  });

  step('Krenalis: pipelines, their runs, and linked connections', async (workbench) => {
    await workbench.collapse({ name: 'Sample Data', level: 1 });
    const panel = await show(workbench, 'Sample Data – Krenalis', { name: 'Data lake', level: 2 });
    await table(panel, 'Pipelines')
      .getByRole('button', { name: 'Import users from CSV', exact: true })
      .waitFor();
    await panel.open('Timeline');
    await panel.frame.locator('.bar.state-failed').waitFor();
    await panel.open('Structure');
    await node(panel, /^Import users from CSV.*pipeline/).waitFor();
    await workbench.screenshot('tabs-krenalis');
  });

  step('Immuta: health and tasks, and a hierarchy that is loaded when it is expanded', async (workbench) => {
    await workbench.collapse({ name: 'Sample Data – Krenalis', level: 1 });
    const connection: RowQuery = { name: 'finance-prod-snowflake-3', level: 2 };
    const panel = await show(workbench, 'Sample Data – Immuta', connection);
    await table(panel, 'Tasks').locator('tbody .name').first().waitFor();
    await workbench.screenshot('tabs-immuta');
    await panel.open('Structure');
    const more = panel.frame.locator('.node .icon-button:visible').first();
    await more.waitFor();
    const before = await panel.frame.locator('.node').count();
    await more.click();
    await panel.frame.locator('.node').nth(before).waitFor();
    await workbench.screenshot('tabs-immuta-structure');
  });

  step('Datadog: fields with their groups, and the join', async (workbench) => {
    await workbench.collapse({ name: 'Sample Data – Immuta', level: 1 });
    await workbench.expand({ name: 'Sample Data – Datadog Product Analytics', level: 1 });
    await workbench.expand({ name: 'users', level: 2 });
    const panel = await show(workbench, 'Sample Data – Datadog Product Analytics', {
      name: 'billing-consents',
      level: 3,
    });
    await table(panel, 'Fields')
      .getByRole('row', { name: /Health Score.*Support.*number/ })
      .waitFor();
    await panel.open('Structure');
    await node(panel, /^usr\.email.*join attribute/).waitFor();
    await node(panel, /^Support.*1 field/).waitFor();
    await workbench.screenshot('tabs-datadog');
  });
});
