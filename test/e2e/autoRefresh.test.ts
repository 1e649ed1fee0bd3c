import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { walkThrough } from './steps';

/** In seconds. */
const INTERVAL = 5;

walkThrough(
  'an automatic refresh',
  (step) => {
    let sample: SampleService;
    after(() => sample.close());

    step('shows what changed, without a key or a click, and keeps the selection', async (workbench) => {
      sample = await startSampleService({ rate: 0, connections: 4 });
      sample.cja.finishBackfills();
      await workbench.openView();
      await addAccount(workbench, sample, 'Retail');
      const row = await workbench.row({ name: /^Checkout/, level: 1 });
      await row.click();
      const selected = workbench.page.locator('.monaco-list-row[aria-selected="true"]');
      const name = await selected.innerText();
      const id = sample.cja.addConnection();
      sample.cja.renameConnection(id, 'Added Elsewhere');
      await workbench.row({ name: 'Added Elsewhere', level: 1 });
      assert.equal(await selected.innerText(), name);
      await workbench.screenshot('auto-refresh');
    });

    step('asks nothing while the view is hidden', async (workbench) => {
      await workbench.page.keyboard.press('Control+Shift+E');
      await workbench.page.locator('.explorer-folders-view').waitFor();
      sample.clearRequests();
      const isAsked = (): Promise<boolean> => Promise.resolve(sample.requests.length > 0);
      assert.equal(await workbench.holds(isAsked, 3 * INTERVAL * 1000), false);
    });
  },
  { settings: { 'connectionsExplorer.autoRefreshInterval': INTERVAL } },
);
