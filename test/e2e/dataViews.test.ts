import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { PanelPage } from './panelPage';
import { addAccount } from './accounts';
import { walkThroughDetails } from './steps';
import type { RowQuery } from './workbench';

walkThroughDetails('data views', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  const connection: RowQuery = { name: /./, level: 1 };
  const group: RowQuery = { name: 'Data Views', level: 2 };
  const named = (name: string | RegExp): RowQuery => ({ name, level: 3 });
  const made = (): number =>
    sample.requests.filter(({ method, path }) => method === 'POST' && path === '/data/dataviews').length;

  step('details of one show its properties and its actions', async (workbench) => {
    sample = await startSampleService({ rate: 0, connections: 2, datasets: 1, dataViews: 1 });
    await workbench.openView();
    await workbench.sideBarWidth(420);
    await addAccount(workbench, sample, 'Data');
    await workbench.expand(connection);
    await workbench.expand(group);
    const panel = new PanelPage(workbench);
    await panel.lookAt(named(/default/));
    for (const action of ['Edit as JSON', 'Duplicate', 'Delete…']) await panel.button(action).waitFor();
    await panel.open('Overview');
    await panel.frame.getByText('Europe/Berlin').waitFor();
    await panel.frame.getByText('30 minutes of inactivity').waitFor();
    await workbench.screenshot('data-view-overview');
    await panel.open('JSON');
    await panel.lines.filter({ hasText: 'containerNames' }).waitFor();
    await workbench.screenshot('data-view-json');
  });

  step('validation errors of Adobe are marked in the document, and nothing is created', async (workbench) => {
    await workbench.contextMenu(connection, 'Create Data View…');
    await workbench
      .tab(/\.jsonc/)
      .first()
      .waitFor();
    await workbench.replaceInEditor('"name": ""', '"name": "Weekly"');
    await workbench.replaceInEditor('"UTC"', '"Mars/Olympus"');
    await workbench.page.keyboard.press('Control+s');
    await workbench.notification(/is not a time zone: Mars\/Olympus/);
    await workbench.page.locator('.squiggly-error').first().waitFor();
    await workbench.screenshot('data-view-invalid');
    assert.equal(made(), 0);
    await workbench.dismiss();
  });

  step('after a correction, it is compared, sent and shown', async (workbench) => {
    await workbench.replaceInEditor('"Mars/Olympus"', '"Europe/Paris"');
    await workbench.page.keyboard.press('Control+s');
    await workbench.sendButton.click();
    await workbench.row(named('Weekly'));
    assert.equal(made(), 1);
    await workbench.dismiss();
  });

  step('one is duplicated from the panel, and the copy is named', async (workbench) => {
    const panel = new PanelPage(workbench);
    await panel.lookAt(named('Weekly'));
    await panel.button('Duplicate').click();
    await workbench.answer('Duplicate');
    await workbench.notification(/The copy is named "Weekly \(Copy\)"/);
    await workbench.row(named('Weekly (Copy)'));
    await workbench.screenshot('data-view-duplicated');
  });

  step('the palette duplicates the selected row', async (workbench) => {
    await workbench.dismiss();
    await new PanelPage(workbench).lookAt(named('Weekly (Copy)'));
    await workbench.runCommand('Connections: Duplicate');
    await workbench.answer('Duplicate');
    await workbench.row(named('Weekly (Copy) (Copy)'));
  });
});
