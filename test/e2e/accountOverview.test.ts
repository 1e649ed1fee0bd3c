import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { PanelPage } from './panelPage';
import { walkThrough } from './steps';
import type { RowQuery, Workbench } from './workbench';

const retail: RowQuery = { name: 'Retail', level: 1 };

/** The paths of the requests that the service had, without its tokens. */
function asked({ requests }: SampleService): readonly string[] {
  return requests.map(({ path }) => path).filter((path) => path.startsWith('/data'));
}

/** The title of the table that is shown first, once it is that one. */
async function shows({ frame }: PanelPage, title: RegExp): Promise<void> {
  await frame.getByRole('table', { name: title }).locator('tbody .name').first().waitFor();
}

/** Presses Ctrl+Enter at the row of an account. */
async function openByKey(workbench: Workbench, { name }: RowQuery): Promise<void> {
  await workbench.focusView('Connections');
  const focused = workbench.page.locator('.sidebar .monaco-list-row.focused .label-name');
  await workbench.until(`the keyboard is at ${String(name)}`, async () => {
    await workbench.page.keyboard.press('Home');
    return (await focused.count()) === 1 && (await focused.innerText()) === name;
  });
  await workbench.page.keyboard.press('Control+Enter');
}

walkThrough('the overview of an account', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  step('opens by the button of the row, and counts with one request per page', async (workbench) => {
    sample = await startSampleService({ rate: 0, connections: 30, datasets: 3, backfillSeconds: 3600 });
    await workbench.openView();
    await workbench.sideBarWidth(300);
    await addAccount(workbench, sample, 'Retail');
    await addAccount(workbench, sample, 'Warehouse', 'krenalis');
    sample.clearRequests();
    const row = await workbench.row(retail);
    await row.hover();
    await row.getByRole('button', { name: /^Show Details/ }).click();
    const panel = new PanelPage(workbench);
    await panel.about('Retail');
    await panel.frame.getByRole('heading', { name: /^Connections 30$/ }).waitFor();
    await panel.frame.getByText(/^Changes since your last look will appear here/).waitFor();
    await panel.frame.getByRole('heading', { name: /^Datasets$/ }).waitFor();
    // Its list may have been loaded already while it was the only account.
    assert.deepEqual(
      asked(sample).filter((path) => path !== '/data/connections'),
      [],
    );
    assert.equal(await panel.button('Copy ID').count(), 0);
    assert.deepEqual(await panel.complaints(), []);
    await workbench.screenshot('account-1-opened');
  });

  step('leads from a count to its rows, to their details, and back, by mouse', async (workbench) => {
    const panel = new PanelPage(workbench);
    await panel.frame.getByRole('button', { name: /^\d+ failed backfills$/ }).click();
    await shows(panel, /^Connections: failed backfills$/);
    const name = panel.frame.locator('tbody .name').first();
    const connection = await name.innerText();
    await workbench.screenshot('account-2-failed');
    await name.click();
    await panel.about(connection);
    await panel.button('Retail').click();
    await panel.about('Retail');
    await shows(panel, /^Connections: failed backfills$/);
    await panel.frame.getByRole('button', { name: /^\d+ failed backfills$/, pressed: true }).click();
    await shows(panel, /^All Connections$/);
  });

  step('shows what is not loaded, and loads it with one request per page', async (workbench) => {
    const panel = new PanelPage(workbench);
    await panel.frame.getByText(/^Not loaded for \d+ of 30 connections$/).waitFor();
    sample.clearRequests();
    await panel.button('Load Datasets').click();
    await panel.button('Load Datasets').waitFor({ state: 'detached' });
    await panel.frame.getByRole('heading', { name: /^Datasets \d{2}$/ }).waitFor();
    assert.deepEqual([...new Set(asked(sample))], ['/data/connections']);
    const off = panel.frame.getByRole('button', { name: /^\d+ with import of new data off$/ });
    await off.click();
    await shows(panel, /^Datasets: with import of new data off$/);
    assert.deepEqual(await panel.complaints(), []);
    await workbench.screenshot('account-3-datasets');
  });

  step('lists what has changed since the last visit, by keyboard only', async (workbench) => {
    const { keyboard } = workbench.page;
    await workbench.runCommand('View: Close All Editors');
    const panel = new PanelPage(workbench);
    await openByKey(workbench, retail);
    await panel.about('Retail');
    await panel.frame.getByText(/^Nothing has changed since you last looked/).waitFor();
    sample.cja.finishBackfills();
    await panel.tabTo(/^Refresh$/);
    await keyboard.press('Enter');
    await panel.frame.getByRole('status').getByText('Updated just now: Retail').waitFor();
    await panel.frame.getByText(/^\d+ connections? (has|have) changed since you last looked/).waitFor();
    await shows(panel, /^Changes$/);
    await workbench.screenshot('account-4-changes');
    await panel.tabTo(/^\d+\s+failed backfills$/);
    await keyboard.press('Enter');
    await shows(panel, /^Connections: failed backfills$/);
    assert.match(await panel.focused(), /failed backfills$/);
    await panel.frame.getByRole('status').getByText('Showing: failed backfills').waitFor();
    await keyboard.press('Enter');
    await shows(panel, /^All Connections$/);
    await panel.tabTo(/^Mark as Seen$/, 'Shift+Tab');
    await keyboard.press('Enter');
    await panel.frame.getByText(/^Nothing has changed since you last looked/).waitFor();
    await panel.frame.getByRole('table', { name: 'Changes' }).waitFor({ state: 'detached' });
  });

  step('opens from the palette for the selected account, also of another service', async (workbench) => {
    await workbench.runCommand('Connections: Show Account Overview', /^Warehouse/);
    const panel = new PanelPage(workbench);
    await panel.about('Warehouse');
    await panel.frame.getByRole('heading', { name: /^Connections \d+$/ }).waitFor();
    await panel.button('Load Pipelines').click();
    await panel.frame.getByRole('heading', { name: /^Pipelines \d+$/ }).waitFor();
    await panel.button('Load Pipelines').waitFor({ state: 'detached' });
    await workbench.screenshot('account-5-krenalis');
  });
});
