import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { signInToImmuta } from './signIn';
import { walkThrough } from './steps';
import type { RowQuery } from './workbench';

walkThrough('Immuta', (step) => {
  /** How far the service's clock was advanced, so that the test does not wait for runs. */
  let skipped = 0;
  let sample: SampleService;
  const connection: RowQuery = { name: /databricks-1$/, level: 1 };
  after(() => sample.close());

  /** The requests that change something: a search is a POST too. */
  const writes = (): readonly string[] =>
    sample.requests
      .filter(({ method, path }) => method !== 'GET' && /^\/api\/(?!.*_search$)/.test(path))
      .map(({ method, path, query }) => `${method} ${path}${query.has('dryRun') ? ' dryRun' : ''}`);

  step('the tree has levels down to the tables, and runs below a task', async (workbench) => {
    sample = await startSampleService({
      rate: 0,
      connections: 5,
      now: () => Date.now() + skipped,
      immuta: { runSeconds: 3600, databases: 1, schemas: 1, tables: 3, runs: 2 },
    });
    await workbench.openView();
    await workbench.sideBarWidth(560);
    await signInToImmuta(workbench, sample, 'Governance');
    await workbench.expand(connection);
    for (const level of [2, 3, 4]) await workbench.expand({ name: /^(?!Tasks$)/, level });
    await workbench.row({ name: /./, level: 5 });
    await workbench.screenshot('immuta-objects');
    await workbench.collapse({ name: /^(?!Tasks$)/, level: 2 });
    await workbench.expand({ name: 'Tasks', level: 2 });
    await workbench.expand({ name: 'DATA_OBJECT_SYNC', level: 3 });
    await workbench
      .rows({ name: /UTC\S*$/, level: 4 })
      .filter({ hasText: 'pending' })
      .waitFor();
    await workbench.screenshot('immuta-tasks');
  });

  step('a run is canceled after a question, and its end is reported once', async (workbench) => {
    sample.clearRequests();
    const run = workbench.rows({ name: /./, level: 4 }).filter({ hasText: /pending|running/ });
    const name = await run.locator('.label-name').innerText();
    await workbench.contextMenu({ name, level: 4 }, 'Stop Run');
    const question = workbench.page.locator('.monaco-dialog-box').filter({ hasText: `Stop run "${name}"?` });
    await question.waitFor();
    for (const text of [/Connection: \S/, 'Task: DATA_OBJECT_SYNC', 'Governance (Immuta)'])
      await question.getByText(text).waitFor();
    await question.getByRole('button', { name: 'Keep Running' }).waitFor();
    await workbench.screenshot('immuta-cancel');
    await workbench.answer('Stop Run');
    await workbench.rows({ name, level: 4 }).filter({ hasText: 'canceling' }).waitFor();
    skipped += 2 * 3_600_000;
    await workbench.rows({ name, level: 4 }).filter({ hasText: 'canceled' }).waitFor({ timeout: 30_000 });
    await workbench.notification(/Stopping the run of/);
    await workbench.screenshot('immuta-canceled');
    assert.equal(await workbench.messages(/Stopping the run of/).count(), 1);
    assert.deepEqual(
      writes().map((text) => text.replace(/[^/]+(?=\/_cancel)/, 'RUN').replace(/.*\//, '')),
      ['_cancel'],
    );
    await workbench.dismiss();
  });

  step(
    'an edit refused by the service keeps its text, and is sent when it is saved again',
    async (workbench) => {
      const name = await workbench.getName(connection);
      await workbench.contextMenu(connection, 'Edit as JSON');
      await workbench.replaceInEditor('/sql/1.0/warehouses/0', '/sql/1.0/warehouses/77');
      const stop = sample.inject({
        match: ({ method, query }) => method === 'PATCH' && !query.has('dryRun'),
        status: 409,
        body: {
          message: 'Unable to update connection. Connection state must be ACTIVE or UNHEALTHY to be updated.',
        },
      });
      sample.clearRequests();
      await workbench.page.keyboard.press('Control+s');
      await workbench.sendButton.click();
      await workbench.notification('Unable to update connection');
      await workbench.screenshot('immuta-refused');
      stop();
      await workbench.dismiss();
      await workbench.tab(/^Edit .*\.jsonc$/).click();
      assert.match(await workbench.editorText(), /warehouses\/77/);
      assert.deepEqual(writes(), [`PATCH /api/connections/${name} dryRun`, `PATCH /api/connections/${name}`]);
      await workbench.page.keyboard.press('Control+s');
      await workbench.sendButton.click();
      await workbench.notification(/succeeded for/);
      await workbench.dismiss();
    },
  );

  step('an invalid name is refused before anything is sent', async (workbench) => {
    await workbench.runCommand('Connections: Create Connection…', 'Create Databricks Connection…');
    await workbench.tab(/^Create Databricks Connection/).waitFor();
    assert.match(await workbench.editorText(), /\/\/ connectionKey: letters/);
    await workbench.replaceInEditor('"connectionKey": ""', '"connectionKey": "metadata"');
    sample.clearRequests();
    await workbench.page.keyboard.press('Control+s');
    await workbench.notification('must not be a reserved name');
    await workbench.screenshot('immuta-template');
    assert.deepEqual(writes(), []);
    await workbench.dismiss();
  });

  step('a connection is created from the template', async (workbench) => {
    await workbench.tab(/^Create Databricks Connection/).click();
    await workbench.replaceInEditor('metadata"', 'lakehouse"');
    for (const member of ['clientId', 'scope', 'publicCertificateThumbprint', 'filename']) {
      await workbench.replaceInEditor(`"${member}": ""`, `"${member}": "x"`);
    }
    await workbench.replaceInEditor('"https://"', '"https://login.example.com"');
    await workbench.page.keyboard.press('Control+s');
    await workbench.sendButton.click();
    await workbench.type('a-private-key', '${secret:privateKey}');
    await workbench.row({ name: 'lakehouse', level: 1 });
    assert.deepEqual(writes(), ['POST /api/connections']);
    await workbench.screenshot('immuta-created');
  });

  step('a deletion is followed until the connection is gone, and reported once', async (workbench) => {
    await workbench.contextMenu({ name: 'lakehouse', level: 1 }, 'Deactivate');
    await workbench.answer('Deactivate');
    await workbench.rows({ name: 'lakehouse', level: 1 }).filter({ hasText: 'inactive' }).waitFor();
    await workbench.dismiss();
    await workbench.contextMenu({ name: 'lakehouse', level: 1 }, 'Delete…');
    await workbench.type('lakehouse', 'lakehouse');
    await workbench.rows({ name: 'lakehouse', level: 1 }).filter({ hasText: 'deleting' }).waitFor();
    await workbench.screenshot('immuta-deleting');
    skipped += 3 * 3_600_000;
    await workbench.rows({ name: 'lakehouse', level: 1 }).waitFor({ state: 'detached', timeout: 30_000 });
    await workbench.notification(/Deleting "lakehouse"/);
    await workbench.screenshot('immuta-deleted');
    assert.equal(await workbench.messages(/Deleting "lakehouse"/).count(), 1);
  });
});
