import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { walkThrough } from './steps';
import type { Workbench } from './workbench';

walkThrough('lost responses', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  const made = (path: RegExp): number =>
    sample.requests.filter((request) => request.method === 'POST' && path.test(request.path)).length;
  const connections = /^\/v1\/connections$/;
  const runs = /^\/v1\/pipelines\/\w+\/runs$/;
  const dialog = (workbench: Workbench, text: string | RegExp) =>
    workbench.page.locator('.monaco-dialog-box').filter({ hasText: text });

  step('what may have been created is looked up, and shown', async (workbench) => {
    sample = await startSampleService({ rate: 0 });
    await workbench.openView();
    await workbench.sideBarWidth(420);
    await addAccount(workbench, sample, 'Customers', 'krenalis');
    await workbench.row({ name: 'Website', level: 1 });
    await workbench.runCommand('Connections: Create Connection…');
    await workbench.tab(/^Create Connection/).waitFor();
    await workbench.replaceInEditor('"name": ""', '"name": "Warehouse"');
    await workbench.replaceInEditor('"connector": ""', '"connector": "postgresql"');
    sample.inject({ match: { method: 'POST', path: connections }, times: 1, cutOffAfter: 1 });
    await workbench.page.keyboard.press('Control+s');
    await workbench.sendButton.click();
    await workbench.notification(
      /^\s*Customers \(Krenalis\): The change may have succeeded\..*"Warehouse" was lost.*"Warehouse" is now in the tree/,
    );
    await workbench.row({ name: 'Warehouse', level: 1 });
    await workbench.screenshot('lost-answer');
    assert.equal(made(connections), 1);
    await workbench.dismiss();
  });

  step('it is not sent again without a question', async (workbench) => {
    await workbench.tab(/^Create Connection/).click();
    await workbench.page.keyboard.press('Control+s');
    await workbench.sendButton.click();
    await dialog(workbench, /The response for "Warehouse" was lost/).waitFor();
    await workbench.answer('Cancel');
    await workbench
      .tab(/^Create Connection/)
      .and(workbench.page.locator('.dirty'))
      .waitFor();
    assert.equal(made(connections), 1);
    await workbench.page.keyboard.press('Control+s');
    await workbench.sendButton.click();
    await workbench.answer('Send Again');
    await workbench.until('it is sent', () => Promise.resolve(made(connections) === 2));
    await workbench.rows({ name: 'Warehouse', level: 1 }).nth(1).waitFor();
    await workbench.dismiss();
  });

  step('nor is a run that may have started', async (workbench) => {
    await workbench.expand({ name: 'Data lake', level: 1 });
    const row = { name: 'Import users from CSV', level: 2 };
    const stop = sample.inject({ match: { method: 'POST', path: runs }, times: 1, cutOffAfter: 1 });
    await workbench.contextMenu(row, 'Start Run');
    await workbench.notification(
      /The change may have succeeded\. Start Run: The response for "Import users from CSV" was lost/,
    );
    stop();
    await workbench.dismiss();
    sample.advance(600);
    await workbench.runCommand('Connections: Refresh All');
    await workbench.rows(row).filter({ hasNotText: 'running' }).waitFor();
    await workbench.contextMenu(row, 'Start Run');
    await dialog(workbench, /may already have succeeded/).waitFor();
    await workbench.answer('Cancel');
    assert.equal(made(runs), 1);
  });

  step('a change may have been made if its account changes before the response', async (workbench) => {
    const stop = sample.inject({ match: { method: 'POST', path: runs }, times: 1, hang: true });
    await workbench.contextMenu({ name: 'Import users from CSV', level: 2 }, 'Start Run');
    await workbench.answer('Send Again');
    await workbench.until('it is sent', () => Promise.resolve(made(runs) === 2));
    await workbench.runCommand('Connections: Rename Account…', 'Customers');
    await workbench.type('Clients');
    await workbench.notification(
      /Customers \(Krenalis\): The change may have succeeded\..*changed or removed in the meantime/,
    );
    await workbench.screenshot('changed-account');
    stop();
    await workbench.dismiss();
    await workbench.runCommand('Connections: Refresh All');
    await workbench.expand({ name: 'Data lake', level: 1 });
  });

  step('a run is no longer followed if its account changes, which is reported', async (workbench) => {
    await workbench.contextMenu({ name: 'Import users from CSV', level: 2 }, 'Start Run');
    await workbench.answer('Send Again');
    await workbench.until('it is begun', () => Promise.resolve(made(runs) === 3));
    await workbench.runCommand('Connections: Mark as Production', 'Clients');
    await workbench.notification(/no longer tracked because the account was changed or removed/);
    assert.equal(await workbench.messages(/unexpected/).count(), 0);
  });
});
