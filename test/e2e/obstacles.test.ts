import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { walkThrough } from './steps';
import type { Workbench } from './workbench';

/** The first row that shows a state, by its name. */
async function nameIn(workbench: Workbench, state: string | RegExp): Promise<string> {
  const row = workbench.rows({ name: /./, level: 1 }).filter({ hasText: state }).first();
  await row.waitFor();
  return await row.locator('.label-name').innerText();
}

walkThrough('actions that a state forbids', (step) => {
  /** How far the service's clock was advanced, so that the test does not wait for runs. */
  let skipped = 0;
  let sample: SampleService;
  after(() => sample.close());

  const writes = (): readonly string[] =>
    sample.requests
      .filter(({ method, path }) => method !== 'GET' && /^\/(api|v1)\/(?!.*_search$)/.test(path))
      .map(({ method, path }) => `${method} ${path}`);

  step(
    'the progress of an action on a collapsed row is shown in the row and in the status bar',
    async (workbench) => {
      const immuta = { runSeconds: 3600, databases: 1, schemas: 1, tables: 1 };
      sample = await startSampleService({ rate: 0, connections: 4, now: () => Date.now() + skipped, immuta });
      await workbench.openView();
      await workbench.sideBarWidth(560);
      await addAccount(workbench, sample, 'Governance', 'immuta');
      const name = await nameIn(workbench, /databricks-1/);
      await workbench.contextMenu({ name, level: 1 }, 'Sync Data Objects');
      const row = workbench.rows({ name, level: 1 });
      await row.filter({ hasText: 'Sync Data Objects' }).waitFor();
      await row.locator('.codicon-loading').waitFor();
      await row.filter({ hasText: 'pending' }).waitFor();
      await workbench.page
        .locator('.statusbar')
        .getByText(/Syncing data objects/)
        .waitFor();
      await workbench.screenshot('obstacles-work');
      skipped += 3 * 3_600_000;
      await workbench.notification(/Syncing data objects of .*succeeded/);
      await row.filter({ hasNotText: 'Sync Data Objects' }).waitFor();
      await workbench.dismiss();
    },
  );

  step(
    'an active connection is deleted in one flow: deactivated, then deleted by its name',
    async (workbench) => {
      const name = await nameIn(workbench, /databricks-1/);
      sample.clearRequests();
      await workbench.contextMenu({ name, level: 1 }, 'Delete…');
      const question = workbench.page.locator('.monaco-dialog-box');
      await question
        .filter({ hasText: name })
        .filter({ hasText: 'Only inactive connections can be deleted' })
        .waitFor();
      await question.filter({ hasText: 'Governance' }).waitFor();
      await workbench.screenshot('obstacles-delete');
      assert.deepEqual(writes(), []);
      await workbench.answer('Deactivate and Continue');
      await workbench.type(name, name);
      await workbench.rows({ name, level: 1 }).filter({ hasText: 'deleting' }).waitFor();
      assert.deepEqual(writes(), [
        `POST /api/connections/${name}/_deactivate`,
        `DELETE /api/connections/${name}`,
      ]);
      await workbench.contextMenu({ name, level: 1 }, 'Delete…');
      await workbench.notification(/is already being deleted/);
      assert.equal(writes().length, 2);
      skipped += 6 * 3_600_000;
      await workbench.rows({ name, level: 1 }).waitFor({ state: 'detached', timeout: 30_000 });
      await workbench.dismiss();
    },
  );

  step('the deletion waits for a slow deactivation, and can be canceled', async (workbench) => {
    const name = await nameIn(workbench, /databricks-2/);
    const slow = sample.inject({
      match: ({ path }) => path.endsWith('_deactivate'),
      status: 200,
      body: { connectionKey: name, state: 'ACTIVE' },
    });
    sample.clearRequests();
    await workbench.contextMenu({ name, level: 1 }, 'Delete…');
    await workbench.answer('Deactivate and Continue');
    const waiting = await workbench.notification(/Delete: Waiting for/);
    await workbench.screenshot('obstacles-waiting');
    slow();
    sample.immuta.setState(name, 'INACTIVE');
    await workbench.quickInput.filter({ hasText: name }).waitFor({ timeout: 20_000 });
    await waiting.waitFor({ state: 'hidden' });
    await workbench.page.keyboard.press('Escape');
    assert.deepEqual(writes(), [`POST /api/connections/${name}/_deactivate`]);
    await workbench.dismiss();
  });

  step('an inactive connection is activated before it is edited', async (workbench) => {
    const name = await nameIn(workbench, 'INACTIVE');
    await workbench.contextMenu({ name, level: 1 }, 'Edit as JSON');
    await workbench.answer('Activate and Continue');
    await workbench.tab(/^Edit .*\.jsonc$/).waitFor();
    assert.match(await workbench.editorText(), /clientConfiguration/);
  });

  step('a disabled pipeline is enabled before it runs, and a running one says so', async (workbench) => {
    await addAccount(workbench, sample, 'Events', 'krenalis');
    await workbench.expand({ name: 'Events', level: 1 });
    await workbench.expand({ name: 'Contacts', level: 2 });
    const pipeline = { name: 'Import contacts', level: 3 };
    sample.clearRequests();
    await workbench.contextMenu(pipeline, 'Start Run');
    await workbench.page
      .locator('.monaco-dialog-box')
      .filter({ hasText: 'The pipeline is disabled' })
      .waitFor();
    await workbench.screenshot('obstacles-run');
    await workbench.answer('Enable and Continue');
    await workbench.rows(pipeline).filter({ hasText: 'running' }).waitFor();
    assert.deepEqual(
      writes().map((text) => text.replace(/pipelines\/\w+/, 'pipelines/ID')),
      ['PUT /v1/pipelines/ID/status', 'POST /v1/pipelines/ID/runs'],
    );
    await workbench.dismiss();
    await workbench.contextMenu(pipeline, 'Start Run');
    await workbench.notification(/is already running/);
    await workbench.dismiss();
  });

  step('the palette lists the candidates, and what prevents the action', async (workbench) => {
    await workbench.expand({ name: 'Data lake', level: 2 });
    await workbench.row({ name: 'Import users from CSV', level: 3 });
    await (await workbench.row({ name: 'Events', level: 1 })).click();
    await workbench.runCommand('Connections: Start Run');
    const entries = workbench.quickInput.getByRole('option');
    const blocked = entries.filter({ hasText: 'Import contacts' }).filter({ hasText: 'already running' });
    await blocked.waitFor();
    await workbench.screenshot('obstacles-palette');
    await workbench.dismiss();
  });
});
