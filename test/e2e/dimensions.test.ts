import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { newFile, written } from './editorSteps';
import { PanelPage } from './panelPage';
import { walkThrough } from './steps';
import type { RowQuery, Workbench } from './workbench';

/** Requests for dimensions or metrics, without the ID of the data view. */
function asked({ requests }: SampleService): readonly string[] {
  return requests.flatMap(({ path }) => /^\/data\/dataviews\/[^/]+\/(.+)$/.exec(path)?.[1] ?? []);
}

/** Presses an arrow key until the keyboard is at a row. */
async function arrowTo(workbench: Workbench, name: RegExp, key = 'ArrowDown'): Promise<void> {
  const focused = workbench.page.locator('.sidebar .monaco-list-row.focused .label-name').first();
  for (let presses = 0; presses < 60; presses++) {
    await workbench.page.keyboard.press(key);
    if (name.test(await focused.innerText())) return;
  }
  assert.fail(`no row ${String(name)}`);
}

async function copied(workbench: Workbench, text: string): Promise<void> {
  await workbench.until(`${text} on the clipboard`, async () => (await workbench.clipboard()) === text);
}

walkThrough('dimensions and metrics', (step) => {
  let sample: SampleService;
  after(() => sample.close());
  const connection: RowQuery = { name: /./, level: 1 };
  const dataView: RowQuery = { name: /\(default\)$/, level: 3 };
  const city: RowQuery = { name: 'City', level: 5 };

  step('are loaded when their list is opened with the mouse, with one request', async (workbench) => {
    sample = await startSampleService({ rate: 0, connections: 2, datasets: 1, dataViews: 2 });
    await workbench.openView();
    await workbench.sideBarWidth(480);
    await addAccount(workbench, sample, 'Retail');
    await workbench.expand(connection);
    await workbench.expand({ name: 'Data Views', level: 2 });
    await (await workbench.row(dataView)).click();
    await workbench.row({ name: 'Metrics', level: 4 });
    assert.deepEqual(asked(sample), []);
    await (await workbench.row({ name: 'Dimensions', level: 4 })).click();
    await workbench.row(city);
    await workbench.row({ name: 'Debug ID', level: 5 });
    assert.deepEqual(asked(sample), ['dimensions']);
    await workbench.screenshot('dimensions-tree');
  });

  step('have details with type and schema path, and their whole JSON', async (workbench) => {
    const panel = new PanelPage(workbench);
    await panel.lookAt(city);
    await panel.open('Overview');
    await panel.frame.getByText('placeContext/geo/city').waitFor();
    await workbench.screenshot('dimension-overview');
    assert.deepEqual(asked(sample), ['dimensions']);
    await panel.openJson();
    await panel.shows('"fieldDefinition"');
    assert.deepEqual(asked(sample), ['dimensions', 'dimensions/placeContext.geo.city']);
    await workbench.hoverUntil(await workbench.row({ name: 'Loyalty Tier', level: 5 }), /ordered enum/);
  });

  step('are copied and inserted by their ID', async (workbench) => {
    await workbench.contextMenu(city, 'Copy ID');
    await copied(workbench, 'variables/placeContext.geo.city');
    await newFile(workbench, 'Plain Text');
    await workbench.contextMenu(city, 'Insert ID at Cursor');
    await workbench.until('the ID is inserted', async () => {
      return (await written(workbench)) === 'variables/placeContext.geo.city';
    });
  });

  step('are tables with a filter in the details of their data view', async (workbench) => {
    const panel = new PanelPage(workbench);
    await workbench.contextMenu(dataView, 'Show Details');
    await panel.heading.getByText(/\(default\)/).waitFor();
    await panel.open('Overview');
    await panel.frame.getByText('metrics/commerce.order.priceTotal').waitFor();
    await panel.frame.getByText('variables/device.type').waitFor();
    await workbench.screenshot('data-view-tables');
    await panel.frame.getByRole('textbox', { name: 'Filter' }).first().fill('geo');
    await panel.frame.getByText('variables/device.type').waitFor({ state: 'hidden' });
    await panel.frame.getByText('variables/placeContext.geo.city').waitFor();
    assert.equal(asked(sample).filter((path) => path === 'metrics').length, 1);
  });

  step('are reached, opened and copied by the keyboard alone', async (workbench) => {
    await workbench.collapse(dataView);
    sample.clearRequests();
    await workbench.page.locator('.sidebar .monaco-list').first().focus();
    await workbench.page.keyboard.press('Home');
    await arrowTo(workbench, /\(marketing\)$/);
    await workbench.page.keyboard.press('Enter');
    await workbench.rows({ name: 'Metrics', level: 4 }).first().waitFor();
    await arrowTo(workbench, /^Metrics$/);
    assert.deepEqual(asked(sample), []);
    await workbench.page.keyboard.press('ArrowRight');
    await workbench.row({ name: 'Revenue', level: 5 });
    assert.deepEqual(asked(sample), ['metrics']);
    await arrowTo(workbench, /^Revenue$/);
    await workbench.page.keyboard.press('ControlOrMeta+c');
    await copied(workbench, 'metrics/commerce.order.priceTotal');
    await workbench.page.keyboard.press('ControlOrMeta+Enter');
    await new PanelPage(workbench).heading.getByText('Revenue').waitFor();
  });

  step("are found by VS Code's own search of the tree, and shown alone", async (workbench) => {
    const { page } = workbench;
    await workbench.expand({ name: 'Metrics', level: 4 });
    sample.clearRequests();
    await page.locator('.sidebar .monaco-list').first().focus();
    await page.keyboard.press('F3');
    const search = page.locator('.sidebar .monaco-tree-type-filter');
    await search.getByRole('checkbox', { name: 'Filter' }).click();
    await search.getByRole('textbox').fill('Revenue');
    await workbench.rows({ name: 'Orders', level: 5 }).waitFor({ state: 'hidden' });
    await workbench.rows({ name: 'Revenue', level: 5 }).waitFor();
    await workbench.screenshot('dimensions-found');
    await page.keyboard.press('Escape');
    await workbench.row({ name: 'Orders', level: 5 });
    assert.deepEqual(asked(sample), []);
  });

  step('are suggested in a file, with their data view', async (workbench) => {
    await newFile(workbench, 'JSON');
    await workbench.page.keyboard.type('{"metric": "metrics/comm');
    const list = workbench.page.locator('.suggest-widget.visible');
    await list.getByText('Revenue').waitFor();
    await list
      .getByText(/\(marketing\)|\(default\)/)
      .first()
      .waitFor();
    await workbench.screenshot('dimensions-suggested');
    await workbench.page.keyboard.press('Escape');
  });

  step('of a hostile service are plain text, and one that is refused says what to do', async (workbench) => {
    sample.inject({
      match: { path: /\/metrics$/ },
      body: {
        content: [
          { id: 'metrics/..', name: '**bold** [link](command:workbench.action.quit) $(error)' },
          { id: 'metrics/a/b%2F..%2Fc', name: '\u202Egnirts <img src=x onerror=alert(1)>' },
          { name: 'no ID' },
        ],
        lastPage: true,
      },
    });
    await workbench.titleButton('Connections', 'Refresh All');
    await workbench.row({ name: /^\*\*bold\*\* \[link\]/, level: 5 });
    await workbench.row({ name: /<img src=x/, level: 5 });
    assert.equal(await workbench.page.locator('.sidebar .monaco-list-row img').count(), 0);
    await workbench.screenshot('dimensions-hostile');
    sample.inject({
      match: { path: /\/dimensions$/ },
      status: 403,
      body: { errorCode: 'invalid_dimension_access', errorDescription: 'No access to dimensions' },
    });
    await workbench.expand(dataView);
    await workbench.expand({ name: 'Dimensions', level: 4 });
    await workbench.contextMenu({ name: 'Dimensions', level: 4 }, 'Refresh');
    await workbench.row({ name: /^Access denied/, level: 5 });
    await workbench.screenshot('dimensions-refused');
  });
});
