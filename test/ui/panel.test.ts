import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { PanelPage } from './panelPage';
import { addAccount } from './signIn';
import { walkThrough } from './steps';

walkThrough('the panel of a resource', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  step('opens by a click for a look, and the next click reuses it', async (workbench) => {
    sample = await startSampleService({ rate: 0, backfillSeconds: 3600 });
    await workbench.openView('Connections');
    await workbench.sideBarWidth(400);
    await addAccount(workbench, sample, 'Retail');
    const panel = new PanelPage(workbench);
    await (await workbench.row({ name: /^Checkout/, level: 1 })).click();
    await panel.about(/^Checkout/);
    await panel.shows('"id"');
    await workbench.screenshot('panel-json');
    assert.equal((await panel.tabs()).length, 1);
  });
});
