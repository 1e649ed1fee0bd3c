import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { walkThrough } from './steps';
import type { Workbench } from './workbench';

/** The name of the first connection that is neither inactive nor unhealthy: being active is not said. */
async function activeConnection(workbench: Workbench): Promise<string> {
  const rows = workbench.rows({ name: /./, level: 1 }).filter({ hasNotText: /inactive|unhealthy/ });
  await rows.first().waitFor();
  return await rows.first().locator('.label-name').innerText();
}

walkThrough('changing Immuta', (step) => {
  let sample: SampleService;
  let name: string;
  after(() => sample.close());

  /** The requests that change something: a search is a POST too. */
  const writes = (): readonly string[] =>
    sample.requests
      .filter(({ method, path }) => method !== 'GET' && !path.endsWith('_search'))
      .map(({ method, path }) => `${method} ${path}`);

  step('an account shows its connections with their states', async (workbench) => {
    sample = await startSampleService({ rate: 0 });
    await workbench.openView();
    await workbench.sideBarWidth(560);
    await addAccount(workbench, sample, 'Governance', 'immuta');
    name = await activeConnection(workbench);
    await workbench.screenshot('actions-immuta');
  });

  step('an edit opens as a document, shows what would change, and is sent', async (workbench) => {
    await workbench.contextMenu({ name, level: 1 }, 'Edit as JSON');
    assert.match(await workbench.editorText(), /\$schema/);
    await workbench.screenshot('actions-document');
    sample.clearRequests();
    await workbench.replaceInEditor('IMMUTA_WH', 'IMMUTA_XL');
    await workbench.page.keyboard.press('Control+s');
    await workbench.sendButton.waitFor();
    await workbench.screenshot('actions-comparison');
    await workbench.sendButton.click();
    const sent = (dryRun: boolean): number =>
      sample.requests.filter(
        ({ method, path, query }) =>
          method === 'PATCH' && path.endsWith(name) && (query.get('dryRun') === 'true') === dryRun,
      ).length;
    await workbench.until('the change was sent', () => Promise.resolve(sent(false) > 0));
    assert.deepEqual([sent(true), sent(false)], [1, 1]);
    await workbench.notification(/succeeded for/);
    await workbench.dismiss();
  });

  step('a connection is deactivated after a question that names it', async (workbench) => {
    sample.clearRequests();
    await workbench.contextMenu({ name, level: 1 }, 'Deactivate');
    await workbench.page.locator('.monaco-dialog-box').filter({ hasText: name }).waitFor();
    await workbench.screenshot('actions-question');
    await workbench.answer('Deactivate');
    await workbench.rows({ name, level: 1 }).filter({ hasText: 'inactive' }).waitFor();
    assert.deepEqual(writes(), [`POST /api/connections/${name}/_deactivate`]);
  });

  step('a connection is deleted when its name is typed, and not before', async (workbench) => {
    sample.clearRequests();
    await workbench.contextMenu({ name, level: 1 }, 'Delete…');
    await workbench.type('another', name);
    await workbench.quickInput.getByText('The name does not match').waitFor();
    await workbench.screenshot('actions-typed-name');
    assert.deepEqual(writes(), []);
    await workbench.type(name, name);
    await workbench.until('the deletion was asked for', () =>
      Promise.resolve(writes().includes(`DELETE /api/connections/${name}`)),
    );
  });
});

walkThrough('changing Krenalis', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  step('a pipeline is run, and the tree shows that it runs', async (workbench) => {
    sample = await startSampleService({ rate: 0 });
    await workbench.openView();
    await workbench.sideBarWidth(560);
    await addAccount(workbench, sample, 'Events', 'krenalis');
    await workbench.expand({ name: 'Data lake', level: 1 });
    const pipeline = workbench.rows({ name: /./, level: 2 }).first();
    await pipeline.waitFor();
    await workbench.screenshot('actions-krenalis');
    const name = await pipeline.locator('.label-name').innerText();
    sample.clearRequests();
    await workbench.contextMenu({ name, level: 2 }, 'Start Run');
    await workbench.rows({ name, level: 2 }).filter({ hasText: 'running' }).waitFor();
    await workbench.screenshot('actions-run');
    const starts = sample.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/runs'));
    assert.equal(starts.length, 1);
  });
});
