import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { comes } from './comes';
import { walkThrough } from './steps';

walkThrough('commands in titles and menus of the views', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  const asked = (part: RegExp): number => sample.requests.filter(({ path }) => part.test(path)).length;
  step('the icon of the view counts active runs', async (workbench) => {
    sample = await startSampleService({
      rate: 0,
      connections: 10,
      datasets: 1,
      backfills: 250,
      backfillSeconds: 3600,
    });
    await workbench.openView();
    await workbench.sideBarWidth(560);
    await addAccount(workbench, sample, 'Retail');
    await workbench.runCommand('Connections: Show Runs');
    const badge = workbench.page.locator('.activitybar .badge-content');
    await badge.getByText(/^[1-9]/).waitFor();
  });

  step('Show Runs opens their view, and Refresh Runs reloads it', async (workbench) => {
    const runs = workbench.page.locator('.sidebar .pane-header').nth(1);
    await runs.and(workbench.page.locator('[aria-expanded="true"]')).waitFor();
    await workbench
      .rows()
      .filter({ hasText: / ago · in progress/ })
      .first()
      .waitFor();
    sample.clearRequests();
    await workbench.titleButton('Runs', 'Refresh Runs');
    await workbench.until('a request', () => Promise.resolve(asked(/\/data\/connections/) > 0));
  });

  step('the menu of a run copies its ID, and opens its page in the browser', async (workbench) => {
    const run = workbench
      .rows()
      .filter({ hasText: / ago · in progress/ })
      .first();
    const links = await workbench.catchLinks();
    const open = async (): Promise<void> => {
      // The tooltip of the hovered row covers the one above it.
      await workbench.page.mouse.move(900, 500);
      await workbench.page.locator('.monaco-hover').first().waitFor({ state: 'hidden' });
      await comes(run.click({ button: 'right', timeout: 4_000 }));
    };
    await workbench.chooseInMenu('Copy ID', open);
    await workbench.confirmed(/Copied ID of /);
    assert.match(await workbench.clipboard(), /^\w{4,}/);
    await workbench.chooseInMenu('Open in Browser', open);
    await workbench.answer('Open');
    await workbench.until('the page of its connection', async () =>
      (await links()).some((link) => /^https:\/\/experience\.adobe\.com\/.*\/connections\/dg_/.test(link)),
    );
    await workbench.page.locator('.sidebar .pane-header').nth(1).click();
  });

  step(
    'Refresh Backfill Status of All Connections refreshes all connections, whatever is selected',
    async (workbench) => {
      await (await workbench.row({ name: /./, level: 1 })).click();
      sample.clearRequests();
      await workbench.titleMenu('Refresh Backfill Status of All Connections');
      await workbench.page
        .getByText(/status refreshed\.|no changes since \d/)
        .first()
        .waitFor();
      assert.equal(asked(/\/data\/connections$/), 1);
    },
  );

  step('Load All loads a long list completely', async (workbench) => {
    await workbench.expand({ name: /./, level: 1 });
    await workbench.expand({ name: /./, level: 2 });
    await workbench.row({ name: /./, level: 3 });
    const more = workbench.rows({ name: 'Load More', level: 3 });
    await workbench.until('the row at the end', async () => {
      for (const key of ['End', 'ArrowUp', 'ArrowUp', 'ArrowUp']) await workbench.page.keyboard.press(key);
      return (await more.count()) > 0;
    });
    sample.clearRequests();
    await workbench.contextMenu({ name: 'Load More', level: 3 }, 'Load All');
    await more.waitFor({ state: 'detached' });
    await workbench.until('both pages', () => Promise.resolve(asked(/\/backfills$/) === 2));
  });

  step('Show Log opens the log of the extension', async (workbench) => {
    await workbench.titleMenu('Show Log');
    // It stays empty here: the server from npm lacks the native module that writes logs.
    const channel = workbench.page
      .locator('.part.panel')
      .getByRole('combobox')
      .filter({ hasText: 'Connections' });
    await workbench.until(
      'the log is chosen',
      async () => (await channel.inputValue()) === 'Connections Explorer',
    );
  });
});
