import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './signIn';
import { walkThrough } from './steps';
import type { RowQuery, Workbench } from './workbench';

const settings = { 'connectionsExplorer.pollInterval': 5 };
/** The sample's connection whose backfills go from the queue to completion with the time. */
const moving: RowQuery = { name: 'Web and App – Retail EU', level: 1 };
/** Its backfills run until they are told to end. */
const running: RowQuery = { name: 'Returns – Insurance LATAM', level: 1 };

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
      await newNotification(workbench);
      const told = await workbench.notification(/Backfill finished: Web and App – Retail EU › /);
      await workbench.screenshot('watch-3-notification');
      await workbench.rows(moving).filter({ hasNotText: 'queue' }).waitFor();
      await polls(sample, 2);
      assert.equal(await told.count(), 1);
    });

    step('the message leads to the details of the backfill', async (workbench) => {
      const told = await workbench.notification(/Backfill finished/);
      await told.hover();
      await told.getByRole('button', { name: 'Show Details' }).click();
      await workbench.page.getByRole('tab', { name: /–/ }).first().waitFor();
    });

    step('an end that comes while the window is closed is told after it, and no other', async (workbench) => {
      await workbench.dismiss();
      await workbench.contextMenu(running, 'Watch');
      await workbench.rows(running).filter({ hasText: 'watched' }).waitFor();
      await polls(sample, 1);
      sample.cja.finishBackfills();
      await workbench.page.reload();
      await workbench.ready();
      // This host keeps secrets in the page alone.
      await workbench.row({ name: /Signing in failed/ });
      await workbench.screenshot('watch-4-signed-out');
      await signInAgain(workbench, sample);
      await newNotification(workbench);
      const told = await workbench.notification(/Backfill finished: Returns – Insurance LATAM › /);
      assert.equal(await told.count(), 1);
      assert.equal(await workbench.page.locator('.notification-list-item').count(), 1);
    });
  },
  { settings },
);

async function signInAgain(workbench: Workbench, { credentials }: SampleService): Promise<void> {
  await workbench.runCommand('Connections: Edit Account…');
  await workbench.choose('Retail');
  await workbench.choose('OAuth Server-to-Server');
  await workbench.type(credentials.settings.clientId, 'Client ID');
  await workbench.type(credentials.secrets.clientSecret, 'Client secret');
  await workbench.type(credentials.settings.orgId, 'Organization ID');
  await workbench.type('openid', 'Scopes');
  await workbench.type('Retail', 'name of the account');
  await workbench.pick('Verify and Save');
}

/** Waits until the bell rings: without a message its centre would open and be empty. */
async function newNotification({ page }: Workbench): Promise<void> {
  await page.locator('[id="status.notifications"] .codicon-bell-dot').waitFor();
}

/** Waits until the service was asked so many times more. */
async function polls(sample: SampleService, count: number): Promise<void> {
  const asked = (): number => sample.requests.filter(({ query }) => query.has('connectionIds')).length;
  const wanted = asked() + count;
  const end = Date.now() + 20_000;
  while (asked() < wanted && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 100));
  assert.ok(asked() >= wanted, `${count} polls`);
}
