import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { polls, pollsOf } from './polls';
import { addAccount } from './signIn';
import { walkThrough } from './steps';
import type { RowQuery } from './workbench';

const settings = { 'connectionsExplorer.pollInterval': 5 };
/** The sample's connection whose backfills go from the queue to completion with the time. */
const moving: RowQuery = { name: 'Web and App – Retail EU', level: 1 };

walkThrough(
  'a watch over work that runs',
  (step) => {
    let sample: SampleService;
    after(() => sample.close());

    step('the Runs view is empty without an account, and says what it is for', async (workbench) => {
      await workbench.openView('Connections');
      await workbench.openRuns();
      await workbench.page.locator('.sidebar').getByText('What runs, waits or failed lately').waitFor();
      await workbench.screenshot('watch-1-empty');
    });

    step('it lists what runs, waits and failed, the newest first', async (workbench) => {
      sample = await startSampleService({
        rate: 0,
        connections: 10,
        datasets: 3,
        backfills: 3,
        backfillSeconds: 3600,
      });
      await addAccount(workbench, sample, 'Retail');
      await workbench.sideBarWidth(620);
      await workbench.rows().filter({ hasText: ' › ' }).filter({ hasText: 'IN_PROGRESS' }).first().waitFor();
      await workbench.screenshot('watch-2-runs');
    });

    step('the status bar counts what runs and failed', async (workbench) => {
      const item = workbench.page
        .locator('.statusbar')
        .getByRole('button', { name: /Connections: 1 running/ });
      await item.waitFor();
    });

    step('a watched connection tells that its backfill is done, once', async (workbench) => {
      await workbench.contextMenu(moving, 'Watch');
      await workbench.rows(moving).filter({ hasText: 'watched' }).waitFor();
      sample.advance(2 * 3600);
      sample.clearRequests();
      const message = await workbench.told(/Backfill finished: Web and App – Retail EU › /);
      assert.equal(pollsOf(sample).length, 1, 'told by the first answer after the end');
      await workbench.screenshot('watch-3-notification');
      await workbench.rows(moving).filter({ hasNotText: 'queue' }).waitFor();
      await polls(sample, 2);
      assert.equal(await message.count(), 1);
    });

    step('the message leads to the details of the backfill', async (workbench) => {
      const message = await workbench.told(/Backfill finished/);
      await message.hover();
      await message.getByRole('button', { name: 'Show Details' }).click();
      await workbench.page.getByRole('tab', { name: /–/ }).first().waitFor();
    });
  },
  { settings },
);
