import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { polls } from './polls';
import { addAccount } from './accounts';
import { signInAgain } from './signIn';
import { walkThrough } from './steps';
import type { RowQuery } from './workbench';

const settings = { 'connectionsExplorer.pollInterval': 5 };
/** The sample's connection whose backfills go from the queue to completion with the time. */
const moving: RowQuery = { name: 'Web and App – Retail EU', level: 1 };
const size = { rate: 0, connections: 10, datasets: 3, backfills: 3, backfillSeconds: 3600 };

walkThrough(
  'a watch across a restart',
  (step) => {
    let sample: SampleService;
    after(() => sample.close());

    step('is restored with its active runs', async (workbench) => {
      sample = await startSampleService(size);
      await workbench.openView();
      await addAccount(workbench, sample, 'Retail');
      await workbench.sideBarWidth(480);
      await workbench.contextMenu(moving, 'Watch');
      await workbench.rows(moving).filter({ hasText: 'watched' }).waitFor();
      await workbench.kept('"watched:account');
      await workbench.reload();
    });

    step('waits for an account that cannot sign in, and is kept', async (workbench) => {
      await workbench.row({ name: 'Sign-in failed.' });
      await workbench.screenshot('watch-life-1-reloaded');
      sample.clearRequests();
      await signInAgain(workbench, sample, 'Retail');
      await workbench.rows(moving).filter({ hasText: 'watched' }).waitFor();
      await polls(sample, 2);
    });

    step('notifies of the end of an active run, once', async (workbench) => {
      sample.advance(2 * 3600);
      await workbench.notification(/Backfill finished: Web and App – Retail EU › /);
      await polls(sample, 2);
      assert.equal(await workbench.page.locator('.notification-list-item').count(), 1);
      await workbench.screenshot('watch-life-2-told');
    });
  },
  { settings },
);

walkThrough(
  'an account that fails while it is watched',
  (step) => {
    let sample: SampleService;
    after(() => sample.close());

    step('is reported once, above its rows, and by no message', async (workbench) => {
      sample = await startSampleService(size);
      await workbench.openView();
      await addAccount(workbench, sample, 'Retail');
      await workbench.contextMenu(moving, 'Watch');
      await polls(sample, 1);
      const mend = sample.inject({ match: { path: /^\/data/ }, status: 401, body: {} });
      // At 0, 10, 20 and 40 seconds, each with a second attempt, because the token may have expired.
      await polls(sample, 4, 60);
      assert.deepEqual(await workbench.message.allInnerTexts(), ['Sign-in failed.']);
      await workbench.screenshot('watch-life-3-failing');
      await workbench.page.locator('[id="status.notifications"]').click();
      await workbench.page.locator('.notifications-center').getByText('No new notifications').waitFor();
      mend();
      await workbench.message
        .filter({ hasText: 'Sign-in failed.' })
        .waitFor({ state: 'hidden', timeout: 60_000 });
    });
  },
  { settings },
);
