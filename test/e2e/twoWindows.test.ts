import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { signInAgain, signInToAdobe } from './signIn';
import { walkThrough } from './steps';
import { Workbench, type RowQuery } from './workbench';

const settings = { 'connectionsExplorer.pollInterval': 5 };
const size = { rate: 0, connections: 10, datasets: 3, backfills: 3, backfillSeconds: 3600 };
/** Two connections of the sample with backfills that are not over. */
const first: RowQuery = { name: 'Web and App – Retail EU', level: 1 };
const second: RowQuery = { name: 'Returns – Insurance LATAM', level: 1 };

walkThrough(
  'two windows',
  (step) => {
    let sample: SampleService;
    let other: Workbench;
    after(() => sample.close());

    step('are open with the same account', async (workbench) => {
      sample = await startSampleService(size);
      await workbench.openView();
      // As the form saves it, because the other window signs in by the form, and secrets are only valid for their
      // settings.
      await signInToAdobe(workbench, sample, 'Retail');
      await workbench.sideBarWidth(480);
      await workbench.row(first);
      await workbench.kept('"account:');
      const page = await workbench.page.context().newPage();
      await page.goto(workbench.page.url());
      other = new Workbench(page, workbench.profile);
      await other.ready();
      await other.openView();
      // This VS Code keeps secrets in the memory of each window.
      await signInAgain(other, sample, 'Retail');
      await other.sideBarWidth(480);
      await other.row(first);
    });

    step('watch one connection each', async (workbench) => {
      await workbench.contextMenu(first, 'Watch');
      await watched(workbench, first);
      await other.contextMenu(second, 'Watch');
      await watched(other, second);
    });

    step('show the watches of the other one', async (workbench) => {
      await watched(other, first);
      await watched(workbench, second);
    });

    step('keep them after a reload', async (workbench) => {
      await workbench.kept('"watched:account', 'connection');
      await workbench.reload();
      await workbench.row({ name: 'Sign-in failed.' });
      await signInAgain(workbench, sample, 'Retail');
      for (const query of [first, second]) await watched(workbench, query);
    });

    step('notify of the end of a run in only one of them', async (workbench) => {
      sample.advance(2 * 3600);
      const text = /Backfill finished: Web and App – Retail EU › |watched runs (finished|ended)/;
      const windows = [workbench, other];
      await workbench.until(
        'a message',
        async () => (await notifiedWindows(windows, text)).length > 0,
        30_000,
      );
      // Both have asked again when the row has changed in both.
      for (const window of windows) await window.rows(first).filter({ hasNotText: 'queue' }).waitFor();
      assert.equal((await notifiedWindows(windows, text)).length, 1);
    });

    step('end a watch in both of them', async (workbench) => {
      await other.contextMenu(second, 'Stop Watching');
      for (const window of [other, workbench]) {
        await window.rows(second).filter({ hasNotText: 'watched' }).waitFor();
      }
    });
  },
  { settings },
);

async function watched(workbench: Workbench, query: RowQuery): Promise<void> {
  await workbench.rows(query).filter({ hasText: 'watched' }).waitFor();
}

/** The windows whose notification centre holds a message. */
async function notifiedWindows(windows: readonly Workbench[], text: RegExp): Promise<readonly Workbench[]> {
  const found: Workbench[] = [];
  for (const window of windows) {
    const center = window.page.locator('.notifications-center');
    if (!(await center.isVisible())) await window.page.locator('[id="status.notifications"]').click();
    if ((await window.messages(text).count()) > 0) found.push(window);
  }
  return found;
}
