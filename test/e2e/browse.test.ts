import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { comes } from './comes';
import { newFile, pointAway, written } from './editorSteps';
import { PanelPage } from './panelPage';
import { walkThrough } from './steps';
import type { RowQuery, Workbench } from './workbench';

const size = { rate: 0, connections: 4, datasets: 3, backfills: 2, backfillSeconds: 3600 };

/** What the first rows of the tree are called. */
interface Names {
  readonly connection: string;
  readonly other: string;
  readonly id: string;
}

/** Opens the view with an account. @returns the names of its first rows. */
async function start(workbench: Workbench, sample: SampleService): Promise<Names> {
  await workbench.openView();
  await workbench.sideBarWidth(420);
  await addAccount(workbench, sample, 'Retail');
  const rows = workbench.rows({ name: /./, level: 1 });
  await rows.nth(1).waitFor();
  const [connection = '', other = ''] = await rows.locator('.label-name').allInnerTexts();
  await workbench.contextMenu({ name: connection, level: 1 }, 'Copy ID');
  await workbench.until('an ID', async () => (await workbench.clipboard()).startsWith('dg_'));
  return { connection, other, id: await workbench.clipboard() };
}

/** Waits until a row is expanded or collapsed. */
async function becomes(workbench: Workbench, query: RowQuery, expanded: boolean): Promise<void> {
  const row = workbench.rows(query).and(workbench.page.locator(`[aria-expanded="${expanded}"]`));
  await row.first().waitFor();
}

/** The name of the row that has the focus. */
async function focused({ page }: Workbench): Promise<string> {
  return await page.locator('.sidebar .monaco-list-row.focused .label-name').first().innerText();
}

async function press(workbench: Workbench, key: string, focus: string | RegExp): Promise<void> {
  await workbench.page.keyboard.press(key);
  await workbench.until(`the focus on ${String(focus)}`, async () =>
    typeof focus === 'string' ? (await focused(workbench)) === focus : focus.test(await focused(workbench)),
  );
}

walkThrough('browsing by mouse', (step) => {
  let sample: SampleService;
  let names: Names;
  const connection = (): RowQuery => ({ name: names.connection, level: 1 });
  const other = (): RowQuery => ({ name: names.other, level: 1 });
  const detailsButton = async (workbench: Workbench, query: RowQuery): Promise<void> => {
    const row = await workbench.row(query);
    await row.hover();
    await row.getByRole('button', { name: 'Show Details' }).click();
  };
  after(() => sample.close());

  step('two clicks on whole rows lead to the backfills of a dataset, and open nothing', async (workbench) => {
    sample = await startSampleService(size);
    names = await start(workbench, sample);
    await workbench.rows(connection()).click();
    await (await workbench.row({ name: /./, level: 2 })).click();
    await workbench.row({ name: /./, level: 3 });
    assert.deepEqual(await new PanelPage(workbench).tabs(), []);
    await workbench.screenshot('browse-expanded');
  });

  step('a click on a leaf row shows its details, and keeps the focus', async (workbench) => {
    const panel = new PanelPage(workbench);
    const backfill = await workbench.getName({ name: /./, level: 3 });
    // The tooltip of the row that was clicked before covers the next one, and if it is late, until the pointer moves.
    await workbench.until('the row is clicked', async () => {
      await pointAway(workbench);
      return await comes(workbench.rows({ name: backfill, level: 3 }).first().click({ timeout: 3_000 }));
    });
    await panel.about(backfill);
    await workbench.page.locator('.sidebar .monaco-list:focus-within').waitFor();
  });

  step('a click collapses an expanded row, and a double-click keeps no panel open', async (workbench) => {
    const panel = new PanelPage(workbench);
    const before = await panel.tabs();
    await workbench.rows(connection()).click();
    await becomes(workbench, connection(), false);
    await workbench.rows(other()).dblclick();
    await workbench.until('the row is selected', async () =>
      (await workbench.selected()).includes(names.other),
    );
    assert.deepEqual(await panel.tabs(), before);
    await panel.button('Keep Open').waitFor();
  });

  step('the button of a row previews its details, which the next preview replaces', async (workbench) => {
    const panel = new PanelPage(workbench);
    await detailsButton(workbench, connection());
    await panel.about(names.connection);
    await detailsButton(workbench, other());
    await panel.about(names.other);
    assert.equal((await panel.tabs()).length, 1);
    await workbench.screenshot('browse-button');
  });

  step('the menu previews them too, and keeps them open if they are requested twice', async (workbench) => {
    const panel = new PanelPage(workbench);
    await workbench.contextMenu(connection(), 'Show Details');
    await panel.about(names.connection);
    assert.equal((await panel.tabs()).length, 1);
    await panel.button('Keep Open').waitFor();
    await workbench.contextMenu(connection(), 'Show Details');
    await panel.button('Keep Open').waitFor({ state: 'detached' });
    await workbench.contextMenu(other(), 'Show Details');
    await panel.about(names.other);
    assert.equal((await panel.tabs()).length, 2);
  });

  step(
    'details open beside the code, and an ID is inserted there with the code in sight',
    async (workbench) => {
      const panel = new PanelPage(workbench);
      await workbench.runCommand('View: Close All Editors');
      await newFile(workbench, 'Plain Text');
      await workbench.page.keyboard.type('source: ');
      await detailsButton(workbench, connection());
      await panel.about(names.connection);
      const code = workbench.page.locator('.editor-instance .view-lines');
      assert.ok(await code.isVisible());
      await workbench.screenshot('browse-beside');
      await workbench.page.evaluate('navigator.clipboard.writeText("")');
      await workbench.rows(connection()).click();
      await workbench.page.keyboard.press('ControlOrMeta+c');
      await workbench.confirmed(`Copied ID of ${names.connection}`);
      await code.click();
      await workbench.page.keyboard.press('ControlOrMeta+v');
      await workbench.until('the ID is pasted', async () => (await written(workbench)).includes(names.id));
    },
  );
});

walkThrough('browsing by keyboard only', (step) => {
  let sample: SampleService;
  let names: Names;
  after(() => sample.close());

  step('Enter expands and collapses, and opens nothing', async (workbench) => {
    sample = await startSampleService(size);
    names = await start(workbench, sample);
    const connection = { name: names.connection, level: 1 };
    await workbench.focusView('Connections');
    await press(workbench, 'Home', names.connection);
    await workbench.page.keyboard.press('Enter');
    await becomes(workbench, connection, true);
    await workbench.row({ name: /./, level: 2 });
    await workbench.page.keyboard.press('Enter');
    await becomes(workbench, connection, false);
    assert.deepEqual(await new PanelPage(workbench).tabs(), []);
  });

  step('a key shows the details of the focused row, and not of the selected one', async (workbench) => {
    const panel = new PanelPage(workbench);
    await press(workbench, 'ArrowDown', names.other);
    await workbench.page.keyboard.press('Control+Enter');
    await panel.about(names.other);
    await panel.button('Keep Open').waitFor();
    await becomes(workbench, { name: names.other, level: 1 }, false);
  });

  step('Enter shows the details of a leaf row', async (workbench) => {
    const panel = new PanelPage(workbench);
    await workbench.focusView('Connections');
    await press(workbench, 'Home', names.connection);
    await workbench.page.keyboard.press('Enter');
    const dataset = await workbench.getName({ name: /./, level: 2 });
    await press(workbench, 'ArrowDown', dataset);
    await workbench.page.keyboard.press('Enter');
    const backfill = await workbench.getName({ name: /./, level: 3 });
    await press(workbench, 'ArrowDown', backfill);
    await workbench.page.keyboard.press('Enter');
    await panel.about(backfill);
    assert.equal((await panel.tabs()).length, 1);
    await workbench.screenshot('browse-keyboard');
  });
});
