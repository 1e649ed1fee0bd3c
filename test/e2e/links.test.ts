import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { PanelPage } from './panelPage';
import { walkThrough } from './steps';
import type { RowQuery, Workbench } from './workbench';

const address = /^[\w-]+:\/\/connections-explorer\.connections-explorer\/open\?/;

/** Opens an address as the system does that passes a clicked link on. */
async function openUrl(workbench: Workbench, url: string): Promise<void> {
  await workbench.runCommand('Developer: Open URL');
  await workbench.type(url, 'URL to open');
  // VS Code asks for every extension.
  await workbench.page
    .locator('.monaco-dialog-box')
    .getByText(/to open this URI\?/)
    .waitFor();
  await workbench.answer('Open');
}

walkThrough('a link to a resource', (step) => {
  let sample: SampleService;
  let connection = '';
  let dataset = '';
  let link = '';
  after(() => sample.close());
  const toRow = (name: string, level: number): RowQuery => ({ name, level });
  const asked = (): number => sample.requests.filter(({ path }) => path.startsWith('/data')).length;
  const question = (workbench: Workbench) =>
    workbench.page
      .locator('.monaco-dialog-box')
      .filter({ hasText: /Open the link to Dataset ".+" of Adobe/ });

  step('is copied by the menu of its row, and names service and IDs alone', async (workbench) => {
    sample = await startSampleService({ rate: 0, connections: 4, datasets: 2 });
    await workbench.openView();
    await workbench.sideBarWidth(420);
    await addAccount(workbench, sample, 'Retail');
    connection = await workbench.getName({ name: /./, level: 1 });
    await workbench.expand(toRow(connection, 1));
    dataset = await workbench.getName({ name: /./, level: 2 });
    await workbench.contextMenu(toRow(dataset, 2), 'Copy Link');
    await workbench.confirmed(`Copied link to ${dataset}`);
    link = await workbench.clipboard();
    assert.match(link, address);
    assert.match(link, /\?service=cja&connection=dg_[\da-f-]+&dataset=[\da-f]{24}$/);
  });

  step('is asked about in the window that it opens, before anything is requested', async (workbench) => {
    await workbench.collapse(toRow(connection, 1));
    sample.clearRequests();
    await openUrl(workbench, link);
    await question(workbench).getByText('It is looked for in the account "Retail".').waitFor();
    await workbench.screenshot('link-question');
    assert.equal(asked(), 0);
    await workbench.answer('Cancel');
    await question(workbench).waitFor({ state: 'detached' });
    assert.equal(asked(), 0);
  });

  step('shows the details after that, whose button copies it again', async (workbench) => {
    await openUrl(workbench, link);
    await question(workbench).waitFor();
    await workbench.answer('Open');
    const panel = new PanelPage(workbench);
    await panel.about(dataset);
    await workbench.page.evaluate('navigator.clipboard.writeText("")');
    assert.equal(await panel.copies('Copy Link'), link);
    await workbench.screenshot('link-details');
    assert.deepEqual(await panel.complaints(), []);
  });

  step('is pasted by keyboard alone into a window that no click reaches', async (workbench) => {
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('Connections: Open Link…');
    await workbench.quickInput.getByText('Paste a link from Copy Link.').waitFor();
    assert.equal(await workbench.input.inputValue(), link);
    await workbench.input.fill('https://example.com');
    await workbench.quickInput.getByText('This is not a link from Copy Link.').waitFor();
    await workbench.input.fill(`Look at <${link.replace(/^[\w-]+/, 'vscode-insiders')}>, please`);
    await workbench.page.keyboard.press('Enter');
    await question(workbench).waitFor();
    await workbench.page.keyboard.press('Enter');
    await new PanelPage(workbench).about(dataset);
  });

  step('is selected for an account where several have the resource', async (workbench) => {
    await addAccount(workbench, sample, 'Retail EU');
    await workbench.runCommand('View: Close All Editors');
    await openUrl(workbench, link);
    await question(workbench).getByText('"Retail", "Retail EU"').waitFor();
    await workbench.answer('Open');
    await workbench.quickInput.getByPlaceholder('Found in several accounts. Select one').waitFor();
    await workbench.screenshot('link-accounts');
    await workbench.choose('Retail EU');
    const panel = new PanelPage(workbench);
    await panel.about(dataset);
    await panel.button('Retail EU').waitFor();
  });

  step('says why where nobody has it, is of no account, or is no link', async (workbench) => {
    await openUrl(workbench, link.replace(/dataset=.*/, `dataset=${'0'.repeat(24)}`));
    await question(workbench).waitFor();
    await workbench.answer('Open');
    await workbench.notification(/No account has Dataset "0{24}".*Retail: .*was not found/);
    await workbench.screenshot('link-nobody');
    await workbench.dismiss();
    await openUrl(workbench, link.replace(/\?.*/, '?service=immuta&connection=PG'));
    await workbench.notification(/You have no account of this service/);
    await workbench.dismiss();
    await openUrl(workbench, link.replace(/connection=[^&]*/, 'connection=~2E~2E'));
    await workbench.notification(/The link cannot be opened\. It is incomplete/);
    await workbench.dismiss();
  });
});
