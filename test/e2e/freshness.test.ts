import assert from 'node:assert/strict';
import { PanelPage } from './panelPage';
import { walkThrough } from './steps';

const hours = 'connectionsExplorer.noNewDataHours';

walkThrough(
  'datasets without new data',
  (step) => {
    const stale = { name: /no new data \(newest .* ago\)/, level: 2 };
    let connection = '';

    step('say so in their row, as does their connection', async (workbench) => {
      await workbench.openView('Connections');
      await workbench.sideBarWidth(700);
      await workbench.welcome('Explore Sample Data').click();
      await workbench.choose('Adobe Customer Journey Analytics');
      await workbench.runCommand('Connections: Refresh Backfill Status');
      const row = await workbench.row({ name: /no new data in \d+ datasets?/, level: 1 });
      connection = await row.locator('.label-name').innerText();
      assert.match((await row.getAttribute('aria-label')) ?? '', /needs attention|failed/);
      await workbench.expand({ name: connection, level: 1 });
      await workbench.row(stale);
      await workbench.screenshot('freshness-rows');
    });

    step('say so in their details', async (workbench) => {
      await (await workbench.row(stale)).click({ button: 'right' });
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
