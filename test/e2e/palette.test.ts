import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { ADD_ACCOUNT } from './signIn';
import { walkThrough } from './steps';
import type { Workbench } from './workbench';

/** Maximum number of our commands without an account. */
const MAX_WITHOUT_ACCOUNT = 8;

/** VS Code itself adds two for each view, to show and to focus it. */
const BY_VS_CODE = /^Connections(?: Explorer)?: (?:Focus on|Show) /;

walkThrough('the commands of the palette', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  /** Opens the palette, and writes into it until it lists a command. @returns the titles that it lists. */
  const search = async (workbench: Workbench, text: string, wanted: string): Promise<readonly string[]> => {
    const options = workbench.quickInput.getByRole('option');
    await workbench.until(`${wanted} for ${text}`, async () => {
      if (!(await workbench.input.isVisible())) await workbench.page.keyboard.press('F1');
      await workbench.input.fill(`>${text}`, { timeout: 4_000 });
      const labels = options.locator('.monaco-icon-label').getByText(wanted, { exact: true });
      return workbench.holds(async () => (await labels.count()) > 0, 4_000);
    });
    return (await options.allTextContents()).filter((title) => title.includes('Connections: '));
  };

  step('without an account, only the few that need none', async (workbench) => {
    sample = await startSampleService({ rate: 0, connections: 4 });
    await workbench.openView();
    await workbench.welcome('Add Account').waitFor();
    const listed = await search(workbench, 'Connections: ', 'Connections: Show Log');
    const ours = listed.filter((title) => !BY_VS_CODE.test(title));
    assert.ok(ours.length > 0 && ours.length <= MAX_WITHOUT_ACCOUNT, ours.join('\n'));
    await workbench.screenshot('palette - without an account');
  });

  step('the name of a service finds the command that adds an account', async (workbench) => {
    for (const name of ['adobe', 'cja', 'datadog', 'krenalis', 'immuta']) {
      await search(workbench, name, ADD_ACCOUNT);
    }
    await workbench.dismiss();
  });

  step('the menu of the view uses its short title', async (workbench) => {
    await workbench.titleMenu('Add Account…');
    await workbench.quickInput.filter({ hasText: 'Adobe Customer Journey Analytics' }).waitFor();
    await workbench.dismiss();
  });

  step('with an account of Adobe, its actions and none of Immuta', async (workbench) => {
    await workbench.sideBarWidth(500);
    await addAccount(workbench, sample, 'Retail');
    await workbench.row({ name: /^Checkout/, level: 1 });
    const listed = await search(workbench, 'Connections: D', 'Connections: Duplicate');
    assert.ok(!listed.some((title) => title.startsWith('Connections: Deactivate')), listed.join('\n'));
    const copies = await search(workbench, 'Connections: Copy', 'Connections: Copy ID without Prefix');
    assert.ok(copies.length > 0);
    await workbench.screenshot('palette - Adobe');
    await workbench.dismiss();
  });
});
