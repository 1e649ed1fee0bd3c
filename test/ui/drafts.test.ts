import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addImmutaAccount } from './signIn';
import { walkThrough } from './steps';
import type { Workbench } from './workbench';

walkThrough('documents of actions', (step) => {
  let sample: SampleService;
  let names: readonly string[];
  after(() => sample.close());

  const edited = (): readonly string[] =>
    sample.requests
      .filter(({ method, query }) => method === 'PATCH' && query.get('dryRun') !== 'true')
      .map(({ path }) => path.split('/').at(-1) ?? '');
  const unsaved = async (workbench: Workbench): Promise<number> =>
    workbench.page.locator('.tab.dirty').filter({ hasText: '.jsonc' }).count();

  step('Save All asks about each document, and counts none as saved', async (workbench) => {
    sample = await startSampleService({ rate: 0 });
    await workbench.openView('Connections');
    await workbench.sideBarWidth(420);
    await addImmutaAccount(workbench, sample, 'Governance');
    const rows = workbench
      .rows({ name: /databricks/, level: 1 })
      .filter({ hasNotText: /INACTIVE|UNHEALTHY/ });
    await rows.nth(1).waitFor();
    names = (await rows.locator('.label-name').allInnerTexts()).slice(0, 2);
    const words = ['all-apis', 'databricks.pem'];
    for (const [at, name] of names.entries()) {
      await workbench.contextMenu({ name, level: 1 }, 'Edit as JSON');
      await workbench.page.locator('.tab.active').filter({ hasText: name }).waitFor();
      await workbench.replaceInEditor(words[at] ?? '', 'two-apis');
    }
    sample.clearRequests();
    await workbench.runCommand('File: Save All');
    for (const name of names) await workbench.tab(`Edit: ${name} (Immuta, Governance)`).waitFor();
    assert.equal(await unsaved(workbench), 2);
    await workbench.screenshot('drafts-save-all');
    assert.deepEqual(edited(), []);
  });

  step('each is sent by its own answer, and is over then', async (workbench) => {
    for (const left of [1, 0]) {
      await workbench.sendCompared('Send');
      await workbench.until('it is over', async () => (await unsaved(workbench)) === left);
    }
    assert.deepEqual([...edited()].toSorted(), [...names].toSorted());
    const tabs = workbench.page.locator('.tab').filter({ hasText: '.jsonc' });
    await workbench.until('its editor is closed', async () => (await tabs.count()) === 0);
    await workbench.dismiss();
  });
});
