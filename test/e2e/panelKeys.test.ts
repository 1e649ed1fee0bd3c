import assert from 'node:assert/strict';
import { after } from 'node:test';
import type { Locator } from 'playwright-core';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { PanelPage } from './panelPage';
import { addAccount } from './accounts';
import { walkThroughDetails } from './steps';
import type { RowQuery, Workbench } from './workbench';

const running: RowQuery = { name: /^Contact Centre – Grocery Japan/, level: 1 };

/** VS Code's own, while it is shown. */
function findWidget({ page }: Workbench): Locator {
  return page.locator('.simple-find-part.visible');
}

/** Opens VS Code's find widget over a tab by its key, and closes it. */
async function findsText(workbench: Workbench): Promise<void> {
  const { keyboard } = workbench.page;
  await keyboard.press('ControlOrMeta+f');
  await findWidget(workbench).waitFor();
  await keyboard.press('Escape');
  await findWidget(workbench).waitFor({ state: 'detached' });
}

walkThroughDetails('the panel by keyboard only', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  step('gets the focus from the tree', async (workbench) => {
    sample = await startSampleService({ rate: 0, backfillSeconds: 3600 });
    await workbench.openView();
    await workbench.sideBarWidth(300);
    await addAccount(workbench, sample, 'Retail');
    await (await workbench.row(running)).click();
    const panel = new PanelPage(workbench);
    await panel.about(running.name);
    await workbench.runCommand('Connections: Show Details');
    await panel.button('Keep Open').waitFor({ state: 'detached' });
    await panel.frame.locator('tbody .name').nth(5).waitFor();
    await panel.tabTo(/^Retail$/);
    await panel.tabTo(/^Refresh$/);
    await panel.tabTo(/^Copy ID$/);
    await panel.tabTo(/^Create Data View…$/);
    await panel.tabTo(/^Overview$/);
  });

  step('Overview: properties, filter, sorting, rows and their commands', async (workbench) => {
    const panel = new PanelPage(workbench);
    const { keyboard } = workbench.page;
    await findsText(workbench);
    await panel.tabTo(/minutes? ago|^now/);
    await panel.tabTo(/^Filter$/);
    await keyboard.type('profile');
    await panel.frame.getByText('2 of 6').waitFor();
    await keyboard.press('Escape');
    await panel.frame.getByText('2 of 6').waitFor({ state: 'detached' });
    await panel.tabTo(/^Name$/);
    await keyboard.press('Enter');
    await panel.frame.locator('[aria-sort=ascending]').waitFor();
    await panel.tabTo(/^Accounts Grocery ANZ$/);
    await keyboard.press('ArrowDown');
    assert.equal(await panel.focused(), 'App events Retail DACH');
    await panel.tabTo(/^Copy ID of App events/);
    await keyboard.press('Enter');
    await workbench.until('the id is copied', async () => /^[0-9a-f]{24}$/.test(await workbench.clipboard()));
  });

  step('Timeline: from run to run, with the description of each', async (workbench) => {
    const panel = new PanelPage(workbench);
    const { keyboard } = workbench.page;
    await panel.tabTo(/^Overview$/, 'Shift+Tab');
    await keyboard.press('ArrowRight');
    assert.equal(await panel.focused(), 'Timeline');
    await panel.frame.locator('.bar').nth(47).waitFor();
    await findsText(workbench);
    await panel.tabTo(/^Table$/);
    await panel.tabTo(/^Show All$/);
    await panel.tabTo(/^Timeline of runs/);
    await panel.tabTo(/^Accounts Grocery ANZ$/);
    await panel.tabTo(/Created: /);
    const first = await panel.focused();
    await keyboard.press('ArrowRight');
    assert.notEqual(await panel.focused(), first);
    await panel.frame.getByRole('tooltip').getByText('Created').waitFor();
    await keyboard.press('Escape');
    await panel.frame.getByRole('tooltip').waitFor({ state: 'hidden' });
  });

  step('Structure: from part to part, each scrolled into view', async (workbench) => {
    const panel = new PanelPage(workbench);
    const { keyboard } = workbench.page;
    await panel.tabTo(/^Timeline$/, 'Shift+Tab');
    await keyboard.press('ArrowRight');
    await panel.frame.locator('.node').nth(10).waitFor();
    await findsText(workbench);
    await panel.tabTo(/^Contact Centre.*current resource/s);
    for (const key of ['+', '+', '+', '+', 'End']) await keyboard.press(key);
    assert.match(await panel.focused(), /dataset/);
    const seen = await panel.evaluate(`(() => {
      const node = document.activeElement.getBoundingClientRect();
      const graph = document.querySelector('.graph').getBoundingClientRect();
      return node.left >= graph.left - 1 && node.right <= graph.right + 1 && node.top >= graph.top - 1 && node.bottom <= graph.bottom + 1;
    })()`);
    assert.equal(seen, 'true');
  });

  step('History: entries, and text in them', async (workbench) => {
    const panel = new PanelPage(workbench);
    const { keyboard } = workbench.page;
    await panel.tabTo(/^Structure$/, 'Shift+Tab');
    await keyboard.press('ArrowRight');
    await panel.frame.locator('.log tbody tr').nth(2).waitFor();
    await findsText(workbench);
  });

  step('JSON: tools, text, search and folds', async (workbench) => {
    const panel = new PanelPage(workbench);
    const { keyboard } = workbench.page;
    // The table has the name of its tab.
    await panel.tabTo(/^Filter$/, 'Shift+Tab');
    await panel.tabTo(/^History$/, 'Shift+Tab');
    await keyboard.press('ArrowRight');
    await panel.shows('"ownerFullName"');
    await keyboard.press('ControlOrMeta+f');
    await panel.frame.getByRole('textbox', { name: 'Find', exact: true }).waitFor();
    assert.equal(await findWidget(workbench).count(), 0);
    await keyboard.press('Escape');
    await panel.frame.getByRole('textbox', { name: 'Find', exact: true }).waitFor({ state: 'detached' });
    await panel.frame.locator('.cm-content:focus').waitFor();
    await panel.tabTo(/^JSON$/, 'Shift+Tab');
    await panel.tabTo(/^Fold All$/);
    await keyboard.press('Enter');
    await panel.frame.locator('.cm-foldPlaceholder').nth(2).waitFor();
    await panel.tabTo(/^Unfold All$/);
    await keyboard.press('Enter');
    await panel.frame.locator('.cm-foldPlaceholder').first().waitFor({ state: 'detached' });
    await panel.tabTo(/^Copy JavaScript Accessor$/);
    await keyboard.press('Tab');
    await panel.frame.locator('.cm-content:focus').waitFor();
    await keyboard.press('ControlOrMeta+f');
    await panel.frame.getByRole('textbox', { name: 'Find', exact: true }).waitFor();
    await keyboard.press('Escape');
    await panel.frame.getByRole('textbox', { name: 'Find', exact: true }).waitFor({ state: 'detached' });
  });

  step(
    'has no violations of axe-core when its data is outdated or could not be loaded',
    async (workbench) => {
      const panel = new PanelPage(workbench);
      const mend = sample.inject({ match: { path: /^\/data/ }, status: 503, body: {} });
      await panel.button('Refresh').click();
      await panel.frame.getByText('May be outdated').first().waitFor();
      for (const tab of await panel.tabNames()) {
        await panel.open(tab);
        assert.deepEqual(await panel.complaints(), [], tab);
        await workbench.screenshot(`stale-${tab}`);
      }
      mend();
      await panel.button('Refresh').click();
      await panel.frame.locator('.header').getByText('May be outdated').waitFor({ state: 'detached' });
    },
  );

  step(
    'shows the last known state of a deleted resource, without violations of axe-core',
    async (workbench) => {
      const panel = new PanelPage(workbench);
      await panel.open('Overview');
      await panel.frame.locator('tbody .name').nth(5).waitFor();
      const id = /dg_\S+/.exec(await panel.frame.locator('.header code').innerText())?.[0] ?? '';
      sample.cja.removeConnection(id);
      await panel.button('Refresh').click();
      await panel.frame.getByText('This resource no longer exists.').waitFor();
      await workbench.screenshot('gone-overview');
      assert.ok((await panel.frame.locator('tbody .name').count()) >= 6);
      assert.equal(await panel.frame.getByRole('button', { name: /^(Load More|Retry)$/ }).count(), 0);
      assert.equal(await panel.frame.getByText('Loading…').filter({ visible: true }).count(), 0);
      assert.deepEqual(await panel.complaints(), []);
    },
  );
});
