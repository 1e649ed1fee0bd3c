import assert from 'node:assert/strict';
import { after } from 'node:test';
import type { Locator } from 'playwright-core';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { comes } from './comes';
import { walkThroughDetails } from './steps';
import type { RowQuery, Workbench } from './workbench';

const question = (workbench: Workbench, text: string | RegExp): Locator =>
  workbench.page.locator('.monaco-dialog-box').filter({ hasText: text });

/** Selects rows, as by Ctrl+click; rows that are redrawn meanwhile lose their selection. */
async function select(workbench: Workbench, rows: readonly Locator[]): Promise<void> {
  const areSelected = async (): Promise<boolean> => {
    const states = await Promise.all(rows.map((row) => row.getAttribute('aria-selected')));
    return states.every((state) => state === 'true') && (await workbench.selected()).length === rows.length;
  };
  await workbench.until(`${rows.length} rows selected`, async () => {
    for (const [at, row] of rows.entries())
      await row.locator('.label-name').click(at === 0 ? {} : { modifiers: ['ControlOrMeta'] });
    // The loads of the first click finish meanwhile.
    await workbench.page.waitForTimeout(1_500);
    return areSelected();
  });
}

/** The first row of each query. */
function getRows(workbench: Workbench, queries: readonly RowQuery[]): readonly Locator[] {
  return queries.map((query) => workbench.rows(query).first());
}

/** Selects rows by keys, from top to bottom: a click on a failed list retries it. */
async function selectByKeys(workbench: Workbench, rows: readonly Locator[]): Promise<void> {
  await workbench.leaveRows();
  await workbench.page.keyboard.press('Home');
  for (const row of rows) {
    const isFocused = async (): Promise<boolean> =>
      /\bfocused\b/.test((await row.getAttribute('class')) ?? '');
    await workbench.until('the row has the focus', async () => {
      if (await isFocused()) return true;
      await workbench.page.keyboard.press('ArrowDown');
      return isFocused();
    });
    await workbench.page.keyboard.press('ControlOrMeta+Shift+Enter');
  }
  await workbench.until(
    `${rows.length} rows selected`,
    async () => (await workbench.selected()).length === rows.length,
  );
}

/** Opens the menu of the last of several rows that are selected. */
async function openMenu(workbench: Workbench, queries: readonly RowQuery[]): Promise<Locator> {
  const menu = workbench.page.locator('.monaco-menu');
  await workbench.until('the menu of several rows', async () => {
    await select(workbench, getRows(workbench, queries));
    await workbench
      .rows(queries.at(-1) ?? assert.fail())
      .first()
      .click({ button: 'right' });
    if (!(await comes(menu.waitFor({ timeout: 5_000 })))) return false;
    if ((await workbench.selected()).length === queries.length) return true;
    await workbench.page.keyboard.press('Escape');
    return false;
  });
  return menu;
}

/** Chooses an entry of the menu of several rows. */
async function choose(
  workbench: Workbench,
  queries: readonly RowQuery[],
  entry: string,
  submenu?: string,
): Promise<void> {
  const open = (): Promise<unknown> => openMenu(workbench, queries);
  await workbench.chooseInMenu(
    entry,
    submenu === undefined ? open : () => workbench.openSubmenu(open, submenu),
  );
}

walkThroughDetails('actions on several rows of Immuta', (step) => {
  let sample: SampleService;
  let names: readonly string[] = [];
  const three = (): readonly RowQuery[] => names.slice(0, 3).map((name) => ({ name, level: 1 }));
  after(() => sample.close());

  const asked = (path: RegExp): number => sample.requests.filter((request) => path.test(request.path)).length;
  const refuse = (path: RegExp): (() => void) =>
    sample.inject({ match: { path }, status: 409, body: { message: 'Refused by the walk' } });
  const validations = /\/_validate$/;

  step('has three connections', async (workbench) => {
    const small = { databases: 1, schemas: 1, tables: 1, tasks: 1, runs: 1, runSeconds: 3600 };
    sample = await startSampleService({ rate: 0, connections: 4, immuta: small });
    await workbench.openView();
    await workbench.sideBarWidth(560);
    await addAccount(workbench, sample, 'Governance', 'immuta');
    await workbench.row({ name: /./, level: 1 });
    names = await workbench.rows({ name: /./, level: 1 }).locator('.label-name').allInnerTexts();
    assert.ok(names.length >= 3, names.join());
  });

  step('the menu offers no command for a single row', async (workbench) => {
    const menu = await openMenu(workbench, three());
    const entries = await menu.locator('.action-label').allInnerTexts();
    for (const entry of ['Validate', 'Sync Data Objects', 'Open JSON', 'Copy ID', 'Copy As', 'Watch'])
      assert.ok(entries.includes(entry), `${entry} in ${entries.join(', ')}`);
    for (const entry of ['Edit as JSON', 'Delete…', 'Compare', 'Watch for New Runs'])
      assert.ok(!entries.includes(entry), `${entry} in ${entries.join(', ')}`);
    await workbench.screenshot('several-menu');
    await workbench.page.keyboard.press('Escape');
  });

  step('one question names them all, and nothing is sent before it is answered', async (workbench) => {
    sample.clearRequests();
    await choose(workbench, three(), 'Validate');
    const dialog = question(workbench, 'Validate the following 3 resources?').filter({
      hasText: 'Governance',
    });
    for (const name of names.slice(0, 3)) await dialog.filter({ hasText: name }).waitFor();
    await workbench.screenshot('several-question');
    await workbench.answer('Cancel');
    assert.equal(asked(validations), 0);
  });

  step('validates all, and names the refused one with the cause', async (workbench) => {
    const stop = refuse(new RegExp(`/${names[1] ?? ''}/_validate$`));
    await choose(workbench, three(), 'Validate');
    await workbench.answer('Validate');
    const message = await workbench.notification(
      /Validate: 2 of 3 succeeded\. 1 failed: .*Refused by the walk/,
    );
    await message.filter({ hasText: `"${names[1] ?? ''}"` }).waitFor();
    await message.filter({ hasText: /"[^"]*": Client health/ }).waitFor();
    stop();
    assert.equal(asked(validations), 3);
    await workbench.screenshot('several-told');
    // By keyboard: a tooltip may cover the button.
    await message.getByRole('button', { name: 'Show Results' }).press('Enter');
    await workbench.quickInput.filter({ hasText: 'Refused by the walk' }).waitFor();
    await workbench.screenshot('several-results');
    await workbench.page.keyboard.press('Escape');
    await workbench.dismiss();
  });

  step('starts nothing more after it is canceled, and says what was not tried', async (workbench) => {
    sample.clearRequests();
    const stop = sample.inject({ match: { path: validations }, times: 1, delay: 10_000 });
    await choose(workbench, three(), 'Validate');
    await workbench.answer('Validate');
    await workbench.until('the first is sent', () => Promise.resolve(asked(validations) === 1));
    const progress = await workbench.notification(/Validate.*1 of 3/);
    await progress.getByRole('button', { name: 'Cancel' }).press('Enter');
    const result = await workbench.notification(/Validate: 1 of 3 succeeded\. 2 canceled/);
    await result.filter({ hasText: names[2] ?? '?' }).waitFor();
    stop();
    assert.equal(asked(validations), 1);
    await workbench.dismiss();
  });

  step('synchronizes all, and reports when they have ended', async (workbench) => {
    sample.clearRequests();
    await choose(workbench, three(), 'Sync Data Objects');
    await question(workbench, 'Sync data objects of the following 3 resources?').waitFor();
    await workbench.answer('Sync Data Objects');
    await workbench.notification(/Sync Data Objects: 3 of 3 started\./);
    assert.equal(
      sample.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/tasks')).length,
      3,
    );
    sample.advance(20_000);
    await workbench.notification(/Sync Data Objects: \d of 3 succeeded\./);
    await workbench.dismiss();
  });

  step('the palette does the same with the selection', async (workbench) => {
    sample.clearRequests();
    await select(workbench, getRows(workbench, three()));
    await workbench.runCommand('Connections: Validate');
    await question(workbench, 'Validate the following 3 resources?').waitFor();
    await workbench.answer('Validate');
    await workbench.notification(/Validate: 3 of 3 succeeded\./);
    assert.equal(asked(validations), 3);
    await workbench.dismiss();
    await select(workbench, getRows(workbench, three()));
    await workbench.runCommand('Connections: Delete…');
    await workbench.quickInput.getByPlaceholder('one row at a time. Select one of the 3').waitFor();
    assert.equal(await workbench.quickInput.getByRole('option').count(), 3);
    await workbench.page.keyboard.press('Escape');
    await workbench.quickInput.waitFor({ state: 'hidden' });
  });

  step('opens the JSON of all that can be loaded, and says which could not', async (workbench) => {
    await workbench.runCommand('View: Close All Editors');
    const refused = new RegExp(`^/api/connections/${names[1] ?? ''}$`);
    await select(workbench, getRows(workbench, three()));
    const stop = refuse(refused);
    await choose(workbench, three(), 'Open JSON');
    await workbench.notification(/Open JSON: 2 of 3 succeeded\. 1 failed: .*Refused by the walk/);
    stop();
    for (const name of [names[0], names[2]])
      await workbench.tab(new RegExp(`^${name ?? ''}.*\\.json`)).waitFor();
    await workbench.screenshot('several-json');
    await workbench.dismiss();
    await workbench.runCommand('View: Close All Editors');
  });

  step('copies a request for each', async (workbench) => {
    await choose(workbench, three(), 'Copy as cURL', 'Copy As');
    await workbench.until('three commands', async () => {
      const text = await workbench.clipboard();
      return names.slice(0, 3).every((name) => text.includes(`/api/connections/${name}`));
    });
  });

  /** A request about one of the connections. */
  const about = (at: number): RegExp => new RegExp(`^/api/connections/${names[at] ?? ''}$`);
  /** Cancels the work with this progress. */
  const cancel = async (workbench: Workbench, progress: RegExp): Promise<void> => {
    const shown = await workbench.notification(progress);
    // VS Code draws a message twice while it moves from a toast to the list; either button cancels.
    await shown.getByRole('button', { name: 'Cancel' }).first().press('Enter');
  };

  step('refreshes all, continues after a failure, and names it', async (workbench) => {
    const stop = refuse(about(1));
    await choose(workbench, three(), 'Refresh');
    const result = await workbench.notification(
      /Refresh: 2 of 3 succeeded\. 1 failed: .*Refused by the walk/,
    );
    await result.filter({ hasText: `"${names[1] ?? ''}"` }).waitFor();
    stop();
    await workbench.screenshot('several-refresh-failed');
    await workbench.dismiss();
  });

  step('shows the progress of refreshing several rows, and can be canceled', async (workbench) => {
    const stop = sample.inject({ match: { path: about(2) }, delay: 60_000 });
    await choose(workbench, three(), 'Refresh');
    await cancel(workbench, /Refresh.*3 of 3/);
    await workbench.notification(/Refresh: \d of 3 succeeded\. \d canceled/);
    stop();
    await workbench.dismiss();
  });

  step('refreshes the status of several rows', async (workbench) => {
    const chooseSelected = async (): Promise<void> => {
      await select(workbench, getRows(workbench, three()));
      await workbench.runCommand('Connections: Refresh Backfill Status');
    };
    const stop = sample.inject({ match: { path: about(2) }, delay: 60_000 });
    await chooseSelected();
    await cancel(workbench, /Refresh Backfill Status.*3 of 3/);
    await workbench.notification(/Canceled\. Not read: /);
    stop();
    await workbench.dismiss();
    await chooseSelected();
    await workbench.page
      .getByText(/status refreshed|no changes since/)
      .first()
      .waitFor();
  });

  step('retries the failed lists of several rows', async (workbench) => {
    const two = three().slice(0, 2);
    for (const query of two) await workbench.expand(query);
    const stops = [refuse(about(0)), refuse(about(1))];
    await choose(workbench, two, 'Refresh');
    await workbench.notification(/Refresh: 0 of 2 succeeded\. 2 failed/);
    await workbench.dismiss();
    const failures = workbench.rows({ name: 'Conflict with the current state.', level: 2 });
    await workbench.until('two failures', async () => (await failures.count()) === 2);
    await selectByKeys(workbench, [failures.nth(0), failures.nth(1)]);
    await workbench.runCommand('Connections: Retry');
    await workbench.notification(/Retry: 0 of 2 succeeded\. 2 failed: .*Refused by the walk/);
    for (const stop of stops) stop();
    await workbench.dismiss();
    for (const query of two) await workbench.collapse(query);
  });

  step('watches all', async (workbench) => {
    await choose(workbench, three(), 'Watch');
    for (const query of three()) await workbench.rows(query).filter({ hasText: 'watched' }).waitFor();
    await choose(workbench, three(), 'Stop Watching');
    for (const query of three()) await workbench.rows(query).filter({ hasNotText: 'watched' }).waitFor();
    await workbench.dismiss();
  });

  step('accepts several rows of the Runs view', async (workbench) => {
    await choose(workbench, three(), 'Sync Data Objects');
    await workbench.answer('Sync Data Objects');
    await workbench.notification(/Sync Data Objects: 3 of 3 started\./);
    await workbench.dismiss();
    await workbench.openRuns();
    await workbench.titleButton('Runs', 'Refresh Runs');
    const runs = workbench.page
      .locator('.sidebar .pane')
      .nth(1)
      .getByRole('treeitem')
      .filter({ hasText: /pending|running/ });
    const selected = runs.and(workbench.page.locator('[aria-selected="true"]'));
    const menu = workbench.page.locator('.monaco-menu');
    const both = async (): Promise<void> => {
      await workbench.until('two runs selected', async () => {
        // The tooltip of the hovered row covers the one above it.
        await workbench.page.mouse.move(900, 500);
        await workbench.page.locator('.monaco-hover').first().waitFor({ state: 'hidden' });
        await runs.nth(0).locator('.label-name').click();
        await runs
          .nth(1)
          .locator('.label-name')
          .click({ modifiers: ['ControlOrMeta'] });
        return (await selected.count()) === 2;
      });
    };
    const inMenu = async (entry: string, chosen: boolean): Promise<void> => {
      await workbench.until(`${entry} for two runs`, async () => {
        await both();
        await runs.nth(1).click({ button: 'right' });
        // A click on a row that is being redrawn opens none.
        if (!(await comes(menu.waitFor({ timeout: 5_000 })))) return false;
        const item = menu.getByText(entry, { exact: true });
        if ((await selected.count()) === 2 && (await item.isVisible())) return true;
        await workbench.page.keyboard.press('Escape');
        return false;
      });
      await workbench.screenshot('several-runs-menu');
      assert.equal(await menu.getByText('Reveal in Tree', { exact: true }).count(), 0);
      if (chosen) await menu.getByText(entry, { exact: true }).click({ delay: 150 });
      else await workbench.page.keyboard.press('Escape');
    };
    await inMenu('Watch', true);
    await inMenu('Stop Watching', false);
    // A row that is redrawn meanwhile loses its selection.
    await workbench.until('two ids', async () => {
      await both();
      await workbench.page.keyboard.press('Control+c');
      await workbench.page.waitForTimeout(500);
      return (await workbench.clipboard()).split('\n').length === 2;
    });
    await inMenu('Stop Watching', true);
    await inMenu('Show Details', true);
    await workbench.dismiss();
    await workbench.runCommand('View: Close All Editors');
  });
});

walkThroughDetails('actions on rows of several accounts', (step) => {
  let sample: SampleService;
  let name = '';
  after(() => sample.close());

  const rows = (): readonly RowQuery[] => [
    { name: 'Import users from a missing file', level: 3 },
    { name: 'Import users from CSV', level: 3 },
    { name: 'Import contacts', level: 3 },
  ];
  const runs = /^\/v1\/pipelines\/\w+\/runs$/;
  const started = (): number =>
    sample.requests.filter(({ method, path }) => method === 'POST' && runs.test(path)).length;

  step('there are two of Immuta, one of them production, and one of Krenalis', async (workbench) => {
    sample = await startSampleService({ rate: 0, connections: 2 });
    await workbench.openView();
    await workbench.sideBarWidth(560);
    await addAccount(workbench, sample, 'Live', 'immuta');
    await addAccount(workbench, sample, 'Test', 'immuta');
    await addAccount(workbench, sample, 'Customers', 'krenalis');
    await workbench.contextMenu({ name: 'Live', level: 1 }, 'Mark as Production');
    await workbench.rows({ name: 'Live', level: 1 }).filter({ hasText: 'Production' }).waitFor();
    await workbench.expand({ name: 'Live', level: 1 });
    name = await workbench.getName({ name: /./, level: 2 });
    await workbench.collapse({ name: 'Live', level: 1 });
  });

  step(
    'the question names each account, and the name of the production account must be typed',
    async (workbench) => {
      await workbench.expand({ name: 'Live', level: 1 });
      await workbench.expand({ name: 'Test', level: 1 });
      sample.clearRequests();
      const both = workbench.rows({ name, level: 2 });
      await both.nth(1).waitFor();
      await workbench.until('both are selected', async () => {
        await both.nth(0).locator('.label-name').click();
        await both
          .nth(1)
          .locator('.label-name')
          .click({ modifiers: ['ControlOrMeta'] });
        await workbench.page.waitForTimeout(1_500);
        return (await workbench.selected()).length === 2;
      });
      await workbench.runCommand('Connections: Validate');
      await question(workbench, 'Validate the following 2 resources?')
        .filter({ hasText: 'Account: Live (Immuta) – Production' })
        .filter({ hasText: 'Account: Test (Immuta)' })
        .waitFor();
      await workbench.screenshot('several-accounts');
      await workbench.answer('Validate');
      await workbench.type('Live', 'Type "Live" to confirm.');
      await workbench.notification(/Validate: 2 of 2 succeeded\./);
      assert.equal(sample.requests.filter(({ path }) => path.endsWith('/_validate')).length, 2);
      await workbench.dismiss();
      await workbench.collapse({ name: 'Live', level: 1 });
      await workbench.collapse({ name: 'Test', level: 1 });
    },
  );

  step('pipelines are started, one is skipped with the reason, one is refused', async (workbench) => {
    await workbench.expand({ name: 'Customers', level: 1 });
    for (const connection of ['Data lake', 'Contacts'])
      await workbench.expand({ name: connection, level: 2 });
    for (const query of rows()) await workbench.row(query);
    const path = runs;
    const stop = sample.inject({
      ...{ match: { method: 'POST', path }, times: 1, status: 422 },
      body: { error: { code: 'BadRequest', message: 'Refused by the walk' } },
    });
    await choose(workbench, rows(), 'Start Run');
    await question(workbench, 'Start a run for each of the following 2 resources?')
      .filter({ hasText: /Contacts › Import contacts: The pipeline is disabled\./ })
      .filter({ hasText: 'Account: Customers (Krenalis)' })
      .waitFor();
    await workbench.screenshot('several-left-out');
    await workbench.answer('Start Run');
    await workbench.notification(
      /Start Run: 1 of 2 started\. 1 failed: .*Refused by the walk.*1 skipped: "Contacts › Import contacts"/,
    );
    stop();
    assert.equal(started(), 2);
    await workbench.dismiss();
  });

  step('one whose response is lost may have been carried out, and is confirmed again', async (workbench) => {
    sample.advance(3600);
    await workbench.runCommand('Connections: Refresh All');
    const able = rows().slice(0, 2);
    for (const query of able) await workbench.rows(query).filter({ hasNotText: 'running' }).waitFor();
    await workbench.dismiss();
    sample.clearRequests();
    const stop = sample.inject({ match: { method: 'POST', path: runs }, times: 1, cutOffAfter: 1 });
    await choose(workbench, able, 'Start Run');
    await workbench.answer('Start Run');
    await workbench.notification(
      /Start Run: 1 of 2 started\. 1 may have succeeded, but the response was lost/,
    );
    stop();
    assert.equal(started(), 2);
    await workbench.dismiss();
    sample.advance(3600);
    await workbench.runCommand('Connections: Refresh All');
    for (const query of able) await workbench.rows(query).filter({ hasNotText: 'running' }).waitFor();
    await workbench.dismiss();
    await choose(workbench, able, 'Start Run');
    await workbench.answer('Start Run');
    await question(workbench, 'The response was lost for 1 of these').waitFor();
    await workbench.answer('Skip');
    await workbench.notification(/Start Run: 1 of 1 started\./);
    assert.equal(started(), 3);
    await workbench.dismiss();
  });
});
