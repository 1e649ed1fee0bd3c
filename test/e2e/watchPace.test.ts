import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { lastGap, polls, getPolls } from './polls';
import { addAccount } from './accounts';
import { walkThrough } from './steps';
import type { RowQuery } from './workbench';

const settings = { 'connectionsExplorer.pollInterval': 5 };
/** The sample's connection whose backfills go from the queue to completion with the time. */
const moving: RowQuery = { name: 'Web and App – Retail EU', level: 1 };
const size = { rate: 0, connections: 10, datasets: 3, backfills: 3, backfillSeconds: 3600 };

walkThrough(
  'a watch in a window in the background',
  (step) => {
    let sample: SampleService;
    let comeBack: () => Promise<void>;
    after(() => sample.close());

    step('polls once per interval while the window is in front', async (workbench) => {
      sample = await startSampleService(size);
      await workbench.openView();
      await addAccount(workbench, sample, 'Retail');
      await workbench.contextMenu(moving, 'Watch');
      await polls(sample, 2);
      const gap = lastGap(sample);
      assert.ok(gap > 4.5 && gap < 10, `${gap} s`);
    });

    step('polls five times less often while another window is in front', async (workbench) => {
      comeBack = await workbench.leave();
      await polls(sample, 1, 60);
      assert.ok(lastGap(sample) > 24, `${lastGap(sample)} s`);
    });

    step('polls at once when it is back', async () => {
      await comeBack();
      await polls(sample, 1);
      assert.ok(lastGap(sample) < 15, `${lastGap(sample)} s`);
    });

    step('polls nothing while nothing is watched and all is hidden', async (workbench) => {
      await workbench.contextMenu(moving, 'Stop Watching');
      const sideBar = 'View: Toggle Primary Side Bar Visibility';
      await workbench.runCommand(sideBar);
      await workbench.page.locator('.part.sidebar').waitFor({ state: 'hidden' });
      // What went out before is answered; after that, three intervals pass in silence.
      await workbench.page.waitForTimeout(1000);
      sample.clearRequests();
      await workbench.page.waitForTimeout(15_000);
      assert.deepEqual(getPolls(sample), []);
      await workbench.runCommand(sideBar);
      await polls(sample, 1);
    });
  },
  { settings },
);
