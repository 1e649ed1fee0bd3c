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

walkThrough(
  'datasets without new data',
  (step) => {
    let connection = '';

    step('say so in their row, as does their connection', async (workbench) => {
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
