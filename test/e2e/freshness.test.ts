import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { PanelPage } from './panelPage';
import { walkThrough } from './steps';
import type { Workbench } from './workbench';

const hours = 'connectionsExplorer.noNewDataHours';

/** The rows of datasets that say so. */
function stale(workbench: Workbench): Locator {
  const text = /no new data \(newest [^)]*\)(?!, import)/;
  return workbench.rows({ name: /./, level: 2 }).filter({ hasText: text });
}

/** Changes the setting in the open file of settings, and saves it. */
async function changeSetting(workbench: Workbench, before: number, after: number): Promise<void> {
  await workbench.page.locator('.editor-instance .view-line').first().click();
  await workbench.replaceInEditor(`"${hours}":${before}`, `"${hours}":${after}`);
  await workbench.page.keyboard.press('Control+S');
}

walkThrough(
  'datasets without new data',
  (step) => {
    let connection = '';

    step('say so in their row, and so does their connection', async (workbench) => {
      await workbench.openView();
      await workbench.sideBarWidth(700);
      await workbench.welcome('Explore Sample Data').click();
      await workbench.choose('Adobe Customer Journey Analytics');
      await workbench.row({ name: /./, level: 1 });
      const names = await workbench.rows({ name: /./, level: 1 }).locator('.label-name').allInnerTexts();
      for (const name of names) {
        await workbench.expand({ name, level: 1 });
        await workbench.row({ name: 'Data Views', level: 2 });
        connection = name;
        if ((await stale(workbench).count()) > 0) break;
        await workbench.collapse({ name, level: 1 });
      }
      const label = await stale(workbench).first().getAttribute('aria-label');
      assert.match(label ?? '', /needs attention|failed/);
      await workbench
        .rows({ name: connection, level: 1 })
        .filter({ hasText: /no new data in \d+ dataset/ })
        .waitFor();
      await workbench.screenshot('freshness-rows');
    });

    step('say so in their details', async (workbench) => {
      await stale(workbench).first().click({ button: 'right' });
      await workbench.page
        .locator('.monaco-menu')
        .getByText('Show Details', { exact: true })
        .click({ delay: 150 });
      const { frame } = new PanelPage(workbench);
      await frame
        .locator('.fact', { hasText: 'New data' })
        .getByText(/^no new data \(newest/)
        .waitFor();
      await workbench.screenshot('freshness-details');
    });

    step(
      'are counted in the overview of their account, which follows the setting at once',
      async (workbench) => {
        await workbench.runCommand('View: Close All Editors');
        await workbench.sideBarWidth(200);
        await workbench.runCommand('Preferences: Open User Settings (JSON)');
        await workbench.until('the settings', async () => (await workbench.editorText()).includes(hours));
        await workbench.runCommand('Connections: Show Account Overview');
        const { frame } = new PanelPage(workbench);
        await frame.getByRole('button', { name: 'Load Datasets' }).click();
        const count = (setting: number): Locator =>
          frame.getByRole('button', { name: new RegExp(`^\\d+ without new data for ${setting} hours$`) });
        await count(24).click();
        await frame.getByRole('table', { name: /^Datasets: without new data for 24 hours$/ }).waitFor();
        await workbench.screenshot('freshness-overview');
        await changeSetting(workbench, 24, 48);
        await count(48).waitFor();
        await changeSetting(workbench, 48, 0);
        await frame.getByRole('button', { name: /without new data/ }).waitFor({ state: 'detached' });
        await changeSetting(workbench, 0, 24);
        await count(24).waitFor();
        await workbench.runCommand('View: Close All Editors');
        await workbench.sideBarWidth(700);
      },
    );

    step('are found by the filter', async (workbench) => {
      await workbench.runCommand('Connections: Filter…');
      await workbench.type('status:"no new data"');
      await workbench.page.keyboard.press('Enter');
      await workbench.row({ name: connection, level: 1 });
      await workbench.screenshot('freshness-filter');
    });
  },
  { settings: { [hours]: 24 } },
);
