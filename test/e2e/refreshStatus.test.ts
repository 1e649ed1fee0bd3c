import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { refreshStatus } from './pickerSteps';
import { walkThrough } from './steps';
import type { Workbench } from './workbench';

const connections = /\/data\/connections/;

walkThrough(
  'the status of backfills and runs, refreshed by keyboard',
  (step) => {
    let sample: SampleService;
    after(() => sample.close());

    const press = async (workbench: Workbench, text: RegExp, button: string): Promise<void> => {
      const message = await workbench.notification(text);
      await message.getByRole('button', { name: button, exact: true }).press('Enter');
    };

    step('reports what was loaded and what has failures, with the view hidden', async (workbench) => {
      sample = await startSampleService({ rate: 0, connections: 10, backfillSeconds: 3_600 });
      await addAccount(workbench, sample, 'Retail');
      await addAccount(workbench, sample, 'Customers', 'krenalis');
      await refreshStatus(workbench);
      await workbench.notification(
        /Customers: status refreshed\..*Retail: status refreshed\. Rows with failures: \d+\./,
      );
      await workbench.screenshot('refresh status - first');
      await workbench.dismiss();
    });

    step('reports a failure as such, beside what was loaded, and Retry loads it', async (workbench) => {
      const stop = sample.inject({ match: { path: connections }, status: 500, body: {} });
      await refreshStatus(workbench);
      const failure =
        /Some statuses could not be loaded\. Retail \(.*HTTP 500.*Customers: no changes since \d/;
      await workbench.notification(failure);
      await workbench.screenshot('refresh status - failure');
      stop();
      await press(workbench, failure, 'Retry');
      await workbench.notification(/Retail: no changes since \d.*Rows with failures: \d+\./);
      await workbench.dismiss();
    });

    step('can be canceled while a service is slow, and says what was not loaded', async (workbench) => {
      const stop = sample.inject({ match: { path: connections }, delay: 60_000 });
      await refreshStatus(workbench);
      await workbench.notification(/Refresh Backfill Status.*\d of 2: Retail/);
      await workbench.screenshot('refresh status - progress');
      await press(workbench, /Refresh Backfill Status.*\d of 2: Retail/, 'Cancel');
      const result = await workbench.notification(/Canceled\. Not read: Retail\./);
      assert.doesNotMatch(await result.innerText(), /Retail: /);
      stop();
      await workbench.dismiss();
    });

    step('reports what has changed since, and shows it in the tree', async (workbench) => {
      sample.cja.finishBackfills();
      await refreshStatus(workbench);
      const changed = /Customers: no changes since \d.*Retail: \d+ backfills? finished.* since \d/;
      await workbench.notification(changed);
      await workbench.screenshot('refresh status - changed');
      await press(workbench, changed, 'Show');
      await workbench.quickInput.filter({ hasText: 'Show Status' }).waitFor();
      await workbench.quickInput
        .getByRole('option', { name: /\d+ finished/ })
        .first()
        .waitFor();
      await workbench.screenshot('refresh status - pick');
      await workbench.input.press('Enter');
      await workbench.until('the row is selected', async () => (await workbench.selected()).length === 1);
    });

    step('marks changed rows in the tree until they are viewed', async (workbench) => {
      const marked = workbench.rows({ name: /./, level: 2 }).filter({ hasText: 'status changed' });
      await marked.first().waitFor();
      const account = workbench.rows({ name: 'Retail', level: 1 });
      await account.filter({ hasText: 'changes below' }).waitFor();
      assert.match((await marked.first().getAttribute('aria-label')) ?? '', /status changed/);
      const [selected = assert.fail('no row')] = await workbench.selected();
      await workbench.rows({ name: selected, level: 2 }).filter({ hasNotText: 'status changed' }).waitFor();
      await workbench.screenshot('refresh status - marked');
      const next = await marked.first().locator('.label-name').innerText();
      await workbench.rows({ name: next, level: 2 }).click();
      await workbench.rows({ name: next, level: 2 }).filter({ hasNotText: 'status changed' }).waitFor();
    });

    step('refreshes only the selection, without a question', async (workbench) => {
      sample.clearRequests();
      await refreshStatus(workbench);
      await workbench.page
        .getByText(/Retail: no changes since \d/)
        .first()
        .waitFor();
      const asked = sample.requests.map(({ path }) => path);
      assert.ok(
        asked.length > 0 && asked.every((path) => /\/data\/connections\/[^/]+$/.test(path)),
        asked.join(),
      );
    });
  },
  { settings: { 'connectionsExplorer.pollInterval': 3600 } },
);
