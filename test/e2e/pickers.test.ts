import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { namesRepeated, openPicker } from './pickerSteps';
import { walkThrough } from './steps';
import type { RowQuery, Workbench } from './workbench';

walkThrough('a picker of rows', (step) => {
  let sample: SampleService;
  let name = '';
  after(() => sample.close());
  const first: RowQuery = { name: /./, level: 1 };

  step('has connections first, and below their own heading', async (workbench) => {
    sample = await startSampleService({ rate: 0, connections: 5, datasets: 2 });
    await workbench.openView();
    await workbench.sideBarWidth(420);
    await addAccount(workbench, sample, 'Retail');
    name = await workbench.getName(first);
    await workbench.expand({ name, level: 1 });
    await workbench.row({ name: /./, level: 2 });
    await workbench.leaveRows();
    const rows = await openPicker(workbench, 'Connections: Copy ID', 'Copy ID', ['— Connections', name]);
    assert.equal(rows[6], '— Datasets', rows.join('\n'));
    await workbench.quickInput.getByPlaceholder('Name, ID or place').waitFor();
    await workbench.screenshot('picker - kinds');
  });

  step('accepts typed text, by keyboard only', async (workbench) => {
    await workbench.page.keyboard.type(name);
    await workbench.page.keyboard.press('Enter');
    await workbench.until('the ID is copied', async () => (await workbench.clipboard()).startsWith('dg_'));
    assert.equal(await workbench.quickInput.count(), 0);
  });

  step('has recently used rows on top, so that Enter picks one again', async (workbench) => {
    const first = ['— recently used', name, '— Connections'];
    const rows = await openPicker(workbench, 'Connections: Copy ID', 'Copy ID', first);
    assert.equal(rows.filter((row) => row === name).length, 1, 'and not a second time');
    await workbench.screenshot('picker - recent');
    await workbench.page.keyboard.press('Escape');
  });

  step('names accounts if there are several', async (workbench) => {
    await addAccount(workbench, sample, 'Access', 'immuta');
    await workbench.row({ name: /^Access/, level: 1 });
    const first = ['— recently used', name, '— Connections · Access'];
    await openPicker(workbench, 'Connections: Copy Name', 'Copy Name', first);
    await workbench.screenshot('picker - accounts');
    // Immuta's connections have no ID but their name.
    assert.deepEqual(await namesRepeated(workbench), []);
    await workbench.choose(name);
    await workbench.until('the name is copied', async () => (await workbench.clipboard()) === name);
  });

  step('forgets recent rows with their account', async (workbench) => {
    await workbench.contextMenu({ name: /^Retail/, level: 1 }, 'Remove Account…');
    await workbench.answer('Remove');
    await workbench.until('the account is gone', async () => {
      return (await workbench.rows({ name: /^Retail/ }).count()) === 0;
    });
    const rows = await openPicker(workbench, 'Connections: Copy Name', 'Copy Name', [/^— /, /./]);
    assert.deepEqual(
      rows.filter((row) => row === '— recently used' || row === name),
      [],
    );
    await workbench.page.keyboard.press('Escape');
  });
});

walkThrough('Go to Connection', (step) => {
  let sample: SampleService;
  let names: readonly string[] = [];
  after(() => sample.close());
  const searches = (): number =>
    sample.requests.filter(({ path }) => path === '/data/connections/search').length;
  const lists = (): number => sample.requests.filter(({ path }) => path === '/data/connections').length;
  const option = (workbench: Workbench, name: string) =>
    workbench.quickInput.getByRole('option').filter({ hasText: name }).first();

  step('has the first page with one request, before the view was ever opened', async (workbench) => {
    sample = await startSampleService({ rate: 0, connections: 30, datasets: 2 });
    await addAccount(workbench, sample, 'Retail');
    sample.clearRequests();
    const first = ['— Connections', /./];
    const rows = await openPicker(workbench, 'Connections: Go to Connection…', 'Go to Connection', first);
    names = rows.slice(1, 6);
    await workbench.quickInput
      .getByText(/^not loaded/)
      .first()
      .waitFor();
    assert.deepEqual([lists(), searches()], [1, 0]);
    await workbench.screenshot('goto - first page');
  });

  step('searches at Adobe for the typed text, and reveals the choice on Enter', async (workbench) => {
    const name = names[3] ?? '';
    await workbench.input.pressSequentially(name);
    await workbench.until('Adobe is asked', () => Promise.resolve(searches() > 0));
    await option(workbench, name).waitFor();
    await workbench.quickInput.locator('.quick-input-progress.active').waitFor({ state: 'detached' });
    await workbench.screenshot('goto - found');
    await workbench.page.keyboard.press('Enter');
    await workbench.until('it is selected in the tree', async () =>
      (await workbench.selected()).includes(name),
    );
  });

  step('has it on top the next time', async (workbench) => {
    const first = ['— recently used', names[3] ?? '', '— Connections'];
    await openPicker(workbench, 'Connections: Go to Connection…', 'Go to Connection', first);
    await workbench.page.keyboard.press('Escape');
  });

  step('shows a failure in the picker, and retries on Enter', async (workbench) => {
    const path = /\/data\/connections\/search/;
    const stop = sample.inject({ match: { path }, status: 403, body: { message: 'Not for you' } });
    await workbench.titleBox('Go to Connection', names[1] ?? '');
    const problem = option(workbench, 'Press Enter to try again.');
    await problem.waitFor();
    assert.match(await problem.innerText(), /Access denied.*Retail.*Not for you/s);
    await workbench.screenshot('goto - failure');
    stop();
    const before = searches();
    await problem.click();
    await workbench.until('Adobe is asked again', () => Promise.resolve(searches() > before));
    await problem.waitFor({ state: 'detached' });
    await option(workbench, names[1] ?? '').click();
    await workbench.until('it is selected in the tree', async () =>
      (await workbench.selected()).includes(names[1] ?? ''),
    );
  });
});
