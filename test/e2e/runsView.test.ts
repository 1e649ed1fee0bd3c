import assert from 'node:assert/strict';
import { after } from 'node:test';
import type { Locator } from 'playwright-core';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { comes } from './comes';
import { walkThrough } from './steps';
import type { Workbench } from './workbench';

/** The rows of the second view. */
function runs(workbench: Workbench, text: string | RegExp = /(?:)/): Locator {
  return workbench.page.locator('.sidebar .pane').nth(1).getByRole('treeitem').filter({ hasText: text });
}

function statusBar(workbench: Workbench): Locator {
  return workbench.page.locator('.statusbar').getByRole('button', { name: /^Connections: / });
}

/** Opens the context menu of the first row with a text. */
function getMenu(workbench: Workbench, text: string | RegExp): () => Promise<void> {
  return async () => {
    // The tooltip of the hovered row covers the one above it.
    await workbench.page.mouse.move(900, 500);
    await workbench.page.locator('.monaco-hover').first().waitFor({ state: 'hidden' });
    await comes(runs(workbench, text).first().click({ button: 'right', timeout: 4_000 }));
  };
}

walkThrough('the Runs view of several accounts', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  step('groups runs by account, with many queued ones behind one row', async (workbench) => {
    sample = await startSampleService({
      ...{ rate: 0, connections: 10, datasets: 3, backfills: 3, backfillSeconds: 3600 },
      immuta: { runSeconds: 3600 },
    });
    await workbench.openView();
    await workbench.sideBarWidth(620);
    await addAccount(workbench, sample, 'Retail');
    await addAccount(workbench, sample, 'Governance', 'immuta');
    await workbench.openRuns();
    // Rows outside of the view are not drawn.
    await workbench.page.locator('.sidebar .pane-header').first().click();
    await runs(workbench, /^Retail.*1 running.*Adobe/).waitFor();
    await runs(workbench, /^Governance.*queued.*Immuta/).waitFor();
    await runs(workbench, /^Queued\d+ runs/).waitFor();
    await workbench.until(
      'no queued run in the way',
      async () => (await runs(workbench, /pending/).count()) === 0,
    );
    await runs(workbench, / ago · in progress/)
      .first()
      .waitFor();
    await workbench.screenshot('runs-1-accounts');
  });

  step('expands them by keyboard', async (workbench) => {
    const { keyboard } = workbench.page;
    const queued = runs(workbench, /^Queued\d+ runs/);
    await queued.click();
    await runs(workbench, /pending/)
      .first()
      .waitFor();
    await keyboard.press('ArrowLeft');
    await runs(workbench, /pending/)
      .first()
      .waitFor({ state: 'detached' });
    await keyboard.press('ArrowRight');
    await runs(workbench, /pending/)
      .first()
      .waitFor();
    await workbench.screenshot('runs-2-queued');
    await keyboard.press('ArrowLeft');
    await runs(workbench, /pending/)
      .first()
      .waitFor({ state: 'detached' });
  });

  step('the status bar counts active runs in words, and no seen failures', async (workbench) => {
    await workbench.until(
      'what runs alone',
      async () => (await statusBar(workbench).innerText()).trim() === '1 running',
    );
    await statusBar(workbench).hover();
    await workbench.page
      .locator('.monaco-hover')
      .getByText(/Retail \(Adobe Customer Journey Analytics\): 1 running/)
      .waitFor();
    await workbench.screenshot('runs-3-status-bar');
  });

  step('the palette watches and unwatches the selected run', async (workbench) => {
    const run = runs(workbench, / ago · in progress/).first();
    const watched = run.getByRole('button', { name: 'Stop Watching' });
    await run.click();
    await workbench.runCommand('Connections: Watch');
    await workbench.confirmed(/Watching .+ · .+ You will be notified when runs end\./);
    await run.hover();
    await watched.waitFor();
    await run.click();
    await workbench.runCommand('Connections: Stop Watching');
    await watched.waitFor({ state: 'detached' });
  });

  step('the menu copies and opens a run', async (workbench) => {
    const open = getMenu(workbench, / ago · in progress/);
    await workbench.openSubmenu(open, 'Copy As');
    await workbench.page
      .locator('.monaco-menu')
      .getByText('Copy JSON', { exact: true })
      .click({ delay: 150 });
    await workbench.confirmed(/Copied JSON of /);
    assert.match(await workbench.clipboard(), /^\{/);
    await workbench.chooseInMenu('Open JSON', open);
    await workbench.tab(/\.json/).waitFor();
    await workbench.runCommand('View: Close All Editors');
  });

  step('is filtered by keyboard, and cleared by mouse', async (workbench) => {
    const message = workbench.page.locator('.sidebar .pane').nth(1).locator('.message');
    await workbench.until('the box', async () => {
      await workbench.focusView('Runs');
      await workbench.page.keyboard.press('Control+k');
      await workbench.page.keyboard.press('l');
      return await comes(workbench.input.fill('immuta status:queued', { timeout: 4_000 }));
    });
    await workbench.quickInput.getByText(/^Filter Runs$/).waitFor();
    await workbench.quickInput
      .getByRole('option')
      .filter({ hasText: /^immuta status:queued.* of \d+ runs/ })
      .waitFor();
    await workbench.screenshot('runs-4-filter');
    await workbench.input.press('Enter');
    await message.filter({ hasText: /runs match "immuta status:queued"/ }).waitFor();
    await runs(workbench, / ago · in progress/)
      .first()
      .waitFor({ state: 'detached' });
    await runs(workbench, /pending/)
      .first()
      .waitFor();
    await workbench.titleButton('Runs', 'Clear Runs Filter');
    await runs(workbench, / ago · in progress/)
      .first()
      .waitFor();
  });

  step('says if no run matches, with a button that clears the filter', async (workbench) => {
    await workbench.titleButton('Runs', 'Filter Runs…');
    await workbench.type('nothing like that', 'Filter Runs');
    await runs(workbench, /^No matches/).waitFor();
    await workbench.screenshot('runs-5-no-match');
    await runs(workbench, /^No matches/).click();
    await runs(workbench, / ago · in progress/)
      .first()
      .waitFor();
    await workbench.runCommand('Connections: Filter Runs…');
    await workbench.type('nothing', 'Filter Runs');
    await runs(workbench, /^No matches/).waitFor();
    await workbench.runCommand('Connections: Clear Runs Filter');
    await runs(workbench, / ago · in progress/)
      .first()
      .waitFor();
  });

  step('hides failed runs, from the title and from the palette', async (workbench) => {
    await runs(workbench, /failed · /)
      .first()
      .waitFor();
    const failed = await runs(workbench, /failed · /).count();
    await workbench.titleButton('Runs', 'Clear Failed Runs');
    const message = await workbench.notification(/failed runs? (is|are) no longer listed\./);
    await runs(workbench, /failed · /)
      .first()
      .waitFor({ state: 'detached' });
    await workbench.screenshot('runs-6-cleared');
    await message.hover();
    await message.getByRole('button', { name: 'Undo' }).click();
    await workbench.until('all of them', async () => (await runs(workbench, /failed · /).count()) === failed);
    await workbench.runCommand('Connections: Clear Failed Runs');
    await runs(workbench, /failed · /)
      .first()
      .waitFor({ state: 'detached' });
    await workbench.titleButton('Runs', 'Refresh Runs');
    await runs(workbench, / ago · in progress/)
      .first()
      .waitFor();
    assert.equal(await runs(workbench, /failed · /).count(), 0);
    await workbench.dismiss();
  });
});
