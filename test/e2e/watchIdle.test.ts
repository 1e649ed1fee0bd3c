import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after } from 'node:test';
import * as v from 'valibot';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { walkThrough } from './steps';
import type { RowQuery, Workbench } from './workbench';

const settings = { 'connectionsExplorer.pollInterval': 5 };
const size = { rate: 0, connections: 10, datasets: 3, backfills: 3, backfillSeconds: 1_000_000 };
/** Words of rows with work that is not over, or that went wrong. */
const notIdle = /progress|queue|failed|error|no data/i;

walkThrough(
  'watching without active runs',
  (step) => {
    let sample: SampleService;
    let idle: RowQuery;
    let id: string;
    after(() => sample.close());

    step('says what it does, in the menu and afterwards', async (workbench) => {
      sample = await startSampleService(size);
      await workbench.openView();
      await addAccount(workbench, sample, 'Retail');
      await workbench.sideBarWidth(480);
      const row = workbench.rows({ name: /./, level: 1 }).filter({ hasNotText: notIdle }).first();
      idle = { name: await row.locator('.label-name').innerText(), level: 1 };
      await workbench.contextMenu(idle, 'Copy ID');
      await workbench.confirmed(/Copied/);
      id = await workbench.clipboard();
      await workbench.contextMenu(idle, 'Watch for New Runs');
      await workbench.confirmed(/Nothing is running\. You will be notified when future runs end/);
      await workbench.hoverUntil(
        await workbench.row(idle),
        /Watching\. You will be notified when current and future runs end/,
      );
      await workbench.screenshot('watch-idle-1-tooltip');
    });

    step('notices a run that is started elsewhere, and its end', async (workbench) => {
      sample.cja.beginBackfill(id);
      await workbench.rows(idle).filter({ hasText: 'progress' }).waitFor();
      sample.cja.finishBackfills();
      await workbench.notification(/Backfill finished/);
    });

    step('is muted by its kind, and the message says so', async (workbench) => {
      await press(workbench, /Backfill finished/, 'Turn Off These Notifications');
      await workbench.notification(/Notifications about successful runs are off/);
      const file = join(workbench.profile, 'data', 'User', 'settings.json');
      const setting = v.object({ 'connectionsExplorer.notifications': v.literal('failures') });
      await workbench.until('the setting', async () =>
        v.is(setting, JSON.parse(await readFile(file, 'utf8'))),
      );
      await workbench.screenshot('watch-idle-2-muted');
    });

    step(
      'says that notifications are off when something else is watched, and turns them on',
      async (workbench) => {
        await workbench.dismiss();
        await workbench.contextMenu(idle, 'Stop Watching');
        await workbench.rows(idle).filter({ hasNotText: 'watched' }).waitFor();
        await workbench.contextMenu(idle, 'Watch for New Runs');
        const text = /Watching .*Notifications about successful runs are off/;
        await press(workbench, text, 'Turn On Notifications');
        // All backfills of the sample have ended, so this one has ended when it is first polled.
        sample.cja.beginBackfill(id);
        await workbench.notification(/Backfill finished/);
      },
    );

    step('is muted and unmuted with Undo', async (workbench) => {
      await press(workbench, /Backfill finished/, 'Turn Off These Notifications');
      await press(workbench, /Notifications about successful runs are off/, 'Undo');
      await workbench.dismiss();
      sample.cja.beginBackfill(id);
      await workbench.notification(/Backfill finished/);
    });
  },
  { settings },
);

/** Presses a button of the message with a text, when it comes. */
async function press(workbench: Workbench, text: RegExp, button: string): Promise<void> {
  const message = await workbench.notification(text);
  await message.hover();
  await message.getByRole('button', { name: button }).click();
}
