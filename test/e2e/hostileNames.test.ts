import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { polls } from './polls';
import { signInToAdobe, signInToImmuta, signInToKrenalis } from './signIn';
import { walkThrough } from './steps';
import type { RowQuery, Workbench } from './workbench';

/** Follows every name that a service gives: a link that runs a command, and an icon. */
const BAIT = ' [bait](command:workbench.action.files.newUntitledFile) $(squirrel)';
const NAME_MEMBERS =
  /"(name|displayName|label|title|fullName|ownerFullName|first_name|last_name|description|message|type)":"([^"]*)"/g;

/** Appends the bait to the texts of an answer that people read. Types are unchanged, because they are not shown. */
function bait(body: string): string {
  return body.replaceAll(NAME_MEMBERS, (member, key: string, text: string) =>
    key === 'type' ? member : `"${key}":"${text}${BAIT}"`,
  );
}

/** Fails where VS Code drew a link or an icon of a name, anywhere in the window. */
async function drewNothing(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  assert.equal(await page.locator('a').getByText('bait', { exact: true }).count(), 0, 'a link was drawn');
  assert.equal(await page.locator('.codicon-squirrel').count(), 0, 'an icon was drawn');
  assert.equal(await workbench.tab(/^Untitled-/).count(), 0, 'a command ran');
}

/** Looks at the open quick pick or input box, and closes it. */
async function lookAndClose(workbench: Workbench, shown: string | RegExp): Promise<void> {
  await workbench.quickInput.filter({ hasText: shown }).waitFor();
  await drewNothing(workbench);
  await workbench.page.keyboard.press('Escape');
  await workbench.quickInput.waitFor({ state: 'hidden' });
}

const moving: RowQuery = { name: /^Web and App – Retail EU/, level: 2 };

walkThrough(
  'names that look like links and icons',
  (step) => {
    let sample: SampleService;
    after(() => sample.close());

    step('are plain text in a notification about a watched run', async (workbench) => {
      sample = await startSampleService({
        rate: 0,
        connections: 10,
        datasets: 3,
        backfills: 3,
        backfillSeconds: 3600,
      });
      sample.inject({ match: { method: 'GET' }, rewrite: bait });
      await workbench.openView();
      await workbench.sideBarWidth(520);
      await signInToImmuta(workbench, sample, `Governance${BAIT}`);
      await signInToAdobe(workbench, sample, `Retail${BAIT}`);
      await workbench.expand({ name: /^Retail/, level: 1 });
      await workbench.contextMenu(moving, 'Watch');
      await workbench.rows(moving).filter({ hasText: 'watched' }).waitFor();
      sample.clearRequests();
      await polls(sample, 1);
      sample.advance(2 * 3600);
      await workbench.notification(/Backfill finished: .*bait/);
      await drewNothing(workbench);
      await workbench.screenshot('hostile-names-notice');
      await workbench.dismiss();
    });

    step('are plain text in the message about a copied ID, and in pickers', async (workbench) => {
      await workbench.contextMenu(moving, 'Copy ID');
      await workbench.confirmed(/Copied/);
      await drewNothing(workbench);
      await workbench.runCommand('Connections: Go to Connection…');
      await lookAndClose(workbench, 'bait');
      await workbench.leaveRows();
      await workbench.runCommand('Connections: Copy Name');
      await lookAndClose(workbench, 'bait');
      await workbench.runCommand('Connections: Verify Account');
      await workbench.quickInput.filter({ hasText: 'bait' }).waitFor();
      await drewNothing(workbench);
      await workbench.choose(/^Retail/);
      await workbench.notification(/is signed in as .*bait/);
      await drewNothing(workbench);
      await workbench.dismiss();
    });

    step('are plain text in the prompt for a name, and in its validation message', async (workbench) => {
      await workbench.expand({ name: /^Governance/, level: 1 });
      const inactive = workbench.rows({ name: /./, level: 2 }).filter({ hasText: 'inactive' }).first();
      const name = await inactive.locator('.label-name').innerText();
      await workbench.contextMenu({ name, level: 2 }, 'Delete…');
      await workbench.quickInput.filter({ hasText: 'Governance' }).waitFor();
      await drewNothing(workbench);
      await workbench.input.fill('another');
      await workbench.quickInput.getByText(/not the name|does not match/).waitFor();
      await drewNothing(workbench);
      await workbench.screenshot('hostile-names-typed');
      await workbench.page.keyboard.press('Escape');
    });

    step('are plain text in a refusal of the service', async (workbench) => {
      const refusal = { message: `No${BAIT}`, error: `No${BAIT}` };
      const heal = sample.inject({
        match: { method: 'POST', path: /_activate/ },
        status: 409,
        body: refusal,
      });
      const inactive = workbench.rows({ name: /./, level: 2 }).filter({ hasText: 'inactive' }).first();
      await workbench.contextMenu(
        { name: await inactive.locator('.label-name').innerText(), level: 2 },
        'Activate',
      );
      await workbench.notification(/No .*bait/);
      await drewNothing(workbench);
      await workbench.dismiss();
      heal();
    });

    step('are plain text for a pipeline, its run and its workspace', async (workbench) => {
      await signInToKrenalis(workbench, sample, `Events${BAIT}`);
      await workbench.expand({ name: /^Events/, level: 1 });
      await workbench.expand({ name: /^Data lake/, level: 2 });
      const pipeline = workbench.rows({ name: /./, level: 3 }).first();
      const name = await pipeline.locator('.label-name').innerText();
      await workbench.contextMenu({ name, level: 3 }, 'Start Run');
      await workbench.rows({ name, level: 3 }).filter({ hasText: 'running' }).waitFor();
      sample.advance(3600);
      // The progress disappears before the result arrives: either would be shown.
      await workbench.rows({ name, level: 3 }).filter({ hasNotText: 'running' }).waitFor();
      await workbench.notification(/Import users.*bait/);
      await drewNothing(workbench);
      await workbench.screenshot('hostile-names-run');
      await workbench.dismiss();
    });

    step('are plain text in the title of a panel and of a document', async (workbench) => {
      await workbench.collapse({ name: /^Events/, level: 1 });
      await workbench.collapse({ name: /^Governance/, level: 1 });
      await workbench.contextMenu(moving, 'Show Details');
      await workbench.tab(/bait/).waitFor();
      await workbench.contextMenu(moving, 'Open JSON');
      await workbench.tab(/bait.*json/).waitFor();
      await drewNothing(workbench);
    });

    step('are plain text in the question before an account is removed', async (workbench) => {
      await workbench.contextMenu({ name: /^Retail/, level: 1 }, 'Remove Account…');
      await workbench.page.locator('.monaco-dialog-box').filter({ hasText: 'bait' }).waitFor();
      await drewNothing(workbench);
      await workbench.answer('Remove');
      await workbench.notification(/bait.*account was removed|Details .*closed/);
      await drewNothing(workbench);
      await workbench.screenshot('hostile-names-removed');
    });
  },
  { settings: { 'connectionsExplorer.pollInterval': 5 } },
);
