import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { signInToImmuta, signInToKrenalis } from './signIn';
import { walkThrough } from './steps';

walkThrough('Krenalis', (step) => {
  /** How far the service's clock was advanced, so that the test does not wait for runs. */
  let skipped = 0;
  let sample: SampleService;
  after(() => sample.close());

  const writes = (): readonly string[] =>
    sample.requests
      .filter(({ method, path }) => method !== 'GET' && path.startsWith('/v1/'))
      .map(({ method, path }) => `${method} ${path.replace(/(?<=\/(connections|pipelines)\/)\w+/, 'ID')}`);

  step('the tree has levels down to runs and identities', async (workbench) => {
    sample = await startSampleService({ rate: 0, backfillSeconds: 3600, now: () => Date.now() + skipped });
    await workbench.openView();
    await workbench.sideBarWidth(560);
    await signInToKrenalis(workbench, sample, 'Events');
    await workbench.expand({ name: 'Data lake', level: 1 });
    await workbench.expand({ name: 'Import users from CSV', level: 2 });
    await workbench.row({ name: /./, level: 3 });
    await workbench.expand({ name: 'Identities', level: 2 });
    await workbench.row({ name: 'user2', level: 3 });
    await workbench.screenshot('krenalis-tree');
  });

  step('a run is shown in the tree, and its result is reported once', async (workbench) => {
    await workbench.collapse({ name: 'Identities', level: 2 });
    sample.clearRequests();
    await workbench.contextMenu({ name: 'Import users from CSV', level: 2 }, 'Start Run');
    const runs = workbench.rows({ name: /./, level: 3 });
    await runs.filter({ hasText: /running/i }).waitFor();
    await workbench.screenshot('krenalis-running');
    skipped += 2 * 3_600_000;
    await runs.filter({ hasText: /running/i }).waitFor({ state: 'detached', timeout: 30_000 });
    await workbench.notification(/Running "Import users from CSV"/);
    await workbench.screenshot('krenalis-run-over');
    assert.equal(await workbench.messages(/Running "Import users from CSV"/).count(), 1);
    assert.deepEqual(writes(), ['POST /v1/pipelines/ID/runs']);
    await workbench.dismiss();
  });

  step('a pipeline is disabled after a question, and can then be enabled', async (workbench) => {
    sample.clearRequests();
    await workbench.contextMenu({ name: 'Import users from CSV', level: 2 }, 'Disable');
    await workbench.page.locator('.monaco-dialog-box').filter({ hasText: 'Import users from CSV' }).waitFor();
    await workbench.screenshot('krenalis-disable');
    await workbench.answer('Disable');
    await workbench
      .rows({ name: 'Import users from CSV', level: 2 })
      .filter({ hasText: 'disabled' })
      .waitFor();
    assert.equal(writes().length, 1);
    await workbench.dismiss();
    await (await workbench.row({ name: 'Import users from CSV', level: 2 })).click({ button: 'right' });
    const menu = workbench.page.locator('.monaco-menu');
    await menu.getByText('Enable', { exact: true }).waitFor();
    await workbench.screenshot('krenalis-menu');
    await workbench.dismiss();
  });

  step('an edit refused by the service keeps its text and says why', async (workbench) => {
    await workbench.contextMenu({ name: 'Website', level: 1 }, 'Edit as JSON');
    await workbench.replaceInEditor('"Website"', '"Web shop"');
    sample.clearRequests();
    await workbench.page.keyboard.press('Control+s');
    await workbench.sendButton.waitFor();
    await workbench.screenshot('krenalis-comparison');
    await workbench.page
      .locator('[id="status.problems"]')
      .filter({ hasText: /^\s*0\s*0\s*$/ })
      .waitFor();
    const refusal = { error: { code: 'BadRequest', message: 'name is not valid', cause: '' } };
    const stop = sample.inject({ match: { method: 'PUT' }, status: 400, body: refusal });
    await workbench.sendButton.click();
    await workbench.notification('name is not valid');
    await workbench.screenshot('krenalis-refused');
    stop();
    await workbench.dismiss();
    await workbench.tab(/^Edit Website/).click();
    assert.match(await workbench.editorText(), /Web shop/);
    assert.deepEqual(writes(), ['PUT /v1/connections/ID']);
    await workbench.page.keyboard.press('Control+s');
    await workbench.sendButton.click();
    await workbench.row({ name: 'Web shop', level: 1 });
    await workbench.dismiss();
  });

  step('a connection is created from the template', async (workbench) => {
    sample.clearRequests();
    await workbench.runCommand('Connections: Create Connection…');
    await workbench.tab(/^Create Connection/).waitFor();
    assert.match(await workbench.editorText(), /\/\/ The code of a connector/);
    await workbench.replaceInEditor('"name": ""', '"name": "Shop events"');
    await workbench.replaceInEditor('"connector": ""', '"connector": "javascript"');
    await workbench.replaceInEditor('"strategy": null', '"strategy": "Fusion"');
    await workbench.screenshot('krenalis-template');
    await workbench.page.keyboard.press('Control+s');
    await workbench.sendButton.click();
    await workbench.row({ name: 'Shop events', level: 1 });
    assert.deepEqual(writes(), ['POST /v1/connections']);
    await workbench.dismiss();
  });

  step('a connection is deleted when its name is typed, and not before', async (workbench) => {
    sample.clearRequests();
    await workbench.contextMenu({ name: 'Shop events', level: 1 }, 'Delete…');
    await workbench.type('shop events', 'Shop events');
    await workbench.quickInput.getByText('The name does not match').waitFor();
    await workbench.screenshot('krenalis-typed-name');
    assert.deepEqual(writes(), []);
    await workbench.type('Shop events', 'Shop events');
    await workbench.rows({ name: 'Shop events', level: 1 }).waitFor({ state: 'detached' });
    assert.deepEqual(writes(), ['DELETE /v1/connections/ID']);
    await workbench.dismiss();
  });

  step('with an account of Immuta, both are at the root', async (workbench) => {
    await signInToImmuta(workbench, sample, 'Governance');
    await workbench.row({ name: 'Governance', level: 1 });
    await workbench.expand({ name: 'Events', level: 1 });
    await workbench.row({ name: 'Data lake', level: 2 });
    await workbench.screenshot('krenalis-two-accounts');
  });
});
