import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { PanelPage } from './panelPage';
import { accept } from './signIn';
import { walkThrough } from './steps';

const PATH = /^\/data\/foundation\/catalog\/batches$/;

walkThrough('the batches of a dataset', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  const asked = (): number => sample.requests.filter(({ path }) => PATH.test(path)).length;
  const dataset = { name: /Web events/, level: 3 } as const;

  step('there is no tab for an account that did not switch them on', async (workbench) => {
    sample = await startSampleService({ rate: 0, connections: 3, dataViews: 0 });
    await workbench.openView();
    await workbench.sideBarWidth(320);
    await addAccount(workbench, sample, 'Off');
    await workbench.expand({ name: /Contact|Loyalty|Checkout/, level: 1 });
    await workbench.contextMenu({ name: /Web events/, level: 2 }, 'Show Details');
    const panel = new PanelPage(workbench);
    await panel.about(/Web events/);
    assert.equal((await panel.tabNames()).includes('Batches'), false);
  });

  step(
    'the form of the account says where the token goes, and asks for the secret again',
    async (workbench) => {
      await workbench.runCommand('Connections: Edit Account…', 'Off');
      await workbench.choose('OAuth Server-to-Server');
      await accept(workbench, '– Client ID');
      await accept(workbench, '– Client secret');
      for (const question of ['Organization ID', 'Scopes', 'name of the account'])
        await accept(workbench, question);
      await workbench.pick('Experience Platform address');
      await workbench.type(sample.origin, '– Experience Platform address');
      const batches = workbench.quickInput
        .getByRole('option')
        .filter({ hasText: 'Adobe Experience Platform' });
      await workbench.input.fill('Batches');
      await batches.filter({ hasText: 'Off' }).waitFor();
      await workbench.pick('Batches');
      await workbench.quickInput
        .getByText(/with the token of this account to https:\/\/platform\.adobe\.io/)
        .waitFor();
      await workbench.screenshot('batches-0-option');
      await workbench.pick('On');
      await workbench.quickInput.getByText('Verify and Save').waitFor();
      await workbench.input.fill('Batches');
      await batches.filter({ hasText: 'On' }).waitFor();
      await workbench.pick('Verify and Save');
      await workbench.quickInput
        .getByText(/saved credentials are never sent to a different address/)
        .waitFor();
      await workbench.type(sample.credentials('cja').secrets.clientSecret, '– Client secret');
      await workbench.quickInput.waitFor({ state: 'hidden' });
      const panel = new PanelPage(workbench);
      await panel.open('Batches');
      await panel.frame.locator('.log tbody tr').nth(19).waitFor();
      assert.equal(asked(), 1);
      await panel.open('Overview');
      sample.clearRequests();
    },
  );

  step('one that did has it, and asks when it is opened', async (workbench) => {
    await addAccount(workbench, sample, 'On', 'cja', { batches: 'on', platformEndpoint: sample.origin });
    await workbench.expand({ name: 'On', level: 1 });
    await workbench.expand({ name: /Checkout/, level: 2 });
    await workbench.contextMenu(dataset, 'Show Details');
    const panel = new PanelPage(workbench);
    await panel.frame.getByRole('tab', { name: 'Batches' }).waitFor();
    assert.equal(asked(), 0);
    await panel.open('Batches');
    await panel.frame.locator('.log tbody tr').nth(19).waitFor();
    assert.equal(asked(), 1);
    await workbench.screenshot('batches-1');
    await panel.button('Load More').click();
    await panel.frame.locator('.log tbody tr').nth(24).waitFor();
    assert.deepEqual(await panel.complaints(), []);
  });

  step('absent permissions are explained, and a batch is copied by the keyboard', async (workbench) => {
    const panel = new PanelPage(workbench);
    const removes = sample.inject({ match: { path: PATH }, status: 403, body: { title: 'Forbidden' } });
    await panel.button('Refresh Batches').click();
    await panel.frame.getByText(/permission "View Datasets" in the sandbox/).waitFor();
    await workbench.screenshot('batches-2-denied');
    removes();
    await panel.button('Retry').click();
    await panel.frame.getByText('May be outdated').waitFor({ state: 'hidden' });
    await panel.frame.getByRole('tab', { name: 'Batches' }).focus();
    await panel.tabTo(/^Copy Entry$/);
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('Enter');
    await workbench.until('a batch is copied', async () => /[\dA-F]{24}/.test(await workbench.clipboard()));
  });
});
