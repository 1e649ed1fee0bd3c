import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { PanelPage } from './panelPage';
import { addAccount } from './accounts';
import { walkThrough } from './steps';

walkThrough('a panel whose account has lost its secrets', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  step('has the same title after a reload', async (workbench) => {
    sample = await startSampleService({ rate: 0 });
    await workbench.openView();
    await addAccount(workbench, sample, 'Events', 'krenalis');
    const panel = new PanelPage(workbench);
    await workbench.contextMenu({ name: 'Website', level: 1 }, 'Show Details');
    await panel.about('Website');
    assert.deepEqual(await panel.tabs(), ['Website']);
    await workbench.kept('Events', sample.origin);
    // The window of these tests keeps secrets no longer than its page.
    await workbench.reload();
    await panel.frame.getByText('Sign-in failed.').first().waitFor();
    await panel.about('Website');
    assert.deepEqual(await panel.tabs(), ['Website']);
    await workbench.screenshot('panel-title-kept');
  });

  step('still has it after another reload', async (workbench) => {
    const panel = new PanelPage(workbench);
    await workbench.reload();
    await panel.frame.getByText('Sign-in failed.').first().waitFor();
    await panel.about('Website');
    assert.deepEqual(await panel.tabs(), ['Website']);
  });
});
