import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { dragToEditor, newFile, written } from './editorSteps';
import { walkThrough } from './steps';
import type { Workbench } from './workbench';

const GROUP = 'Connections: Group Connections By…';

async function choose(workbench: Workbench, kind: string): Promise<void> {
  await workbench.quickInput.getByRole('option', { name: new RegExp(`^${kind}`) }).waitFor();
  await workbench.type(kind);
  await workbench.quickInput.waitFor({ state: 'hidden' });
}

walkThrough('connections in groups', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  step('the menu of the view groups by sandbox, and groups show their counts', async (workbench) => {
    sample = await startSampleService({ rate: 0 });
    await workbench.openView();
    await workbench.sideBarWidth(560);
    await workbench.welcome('Explore Sample Data').click();
    await workbench.choose('Adobe Customer Journey Analytics');
    await workbench.row({ name: /^Checkout/, level: 1 });
    await workbench.titleMenu('Group Connections By…');
    await workbench.choose('Sandbox');
    for (const name of ['dev', 'prod', 'stage'])
      await workbench
        .rows({ name, level: 1 })
        .filter({ hasText: /\d+ connections/ })
        .waitFor();
    await workbench.expand({ name: 'stage', level: 1 });
    await workbench.expand({ name: 'Checkout – Grocery Nordics', level: 2 });
    await workbench.row({ name: /./, level: 3 });
    await workbench.screenshot('groups - sandbox');
  });

  step('the key copies the ID of the focused connection below a group', async (workbench) => {
    await workbench.rows({ name: 'stage', level: 1 }).click();
    await workbench
      .rows({ name: 'stage', level: 1 })
      .and(workbench.page.locator('[aria-expanded="false"]'))
      .waitFor();
    for (const key of ['ArrowRight', 'ArrowDown']) {
      await workbench.page.keyboard.press(key);
      if (key === 'ArrowRight') await workbench.row({ name: 'Checkout – Grocery Nordics', level: 2 });
    }
    await workbench.page.keyboard.press('ControlOrMeta+c');
    await workbench.confirmed('Copied ID of Checkout – Grocery Nordics');
  });

  step('the groups stay after a reload of the window', async (workbench) => {
    await workbench.kept('"groupBy:');
    await workbench.reload();
    const stage = await workbench.row({ name: 'stage', level: 1 });
    // VS Code keeps no expansion of a view over a reload, of groups as of connections.
    assert.equal(await stage.getAttribute('aria-expanded'), 'false');
    await workbench.expand({ name: 'stage', level: 1 });
    await workbench.row({ name: 'Checkout – Grocery Nordics', level: 2 });
  });

  step('a group stays open while a button of its row refreshes all that it has', async (workbench) => {
    await addAccount(workbench, sample, 'Retail');
    const retail = { name: 'Retail', level: 1 };
    await workbench.expand(retail);
    const prod = { name: 'prod', level: 2 };
    await workbench.expand(prod);
    const connection = workbench.rows({ name: /./, level: 3 }).first();
    await connection.waitFor();
    sample.clearRequests();
    const row = await workbench.row(prod);
    await row.hover();
    await row.getByRole('button', { name: /^Refresh/ }).click();
    await workbench.until('its list is read again', () =>
      Promise.resolve(sample.requests.some(({ path }) => path === '/data/connections')),
    );
    await workbench.screenshot('groups - refresh');
    assert.equal(await (await workbench.row(prod)).getAttribute('aria-expanded'), 'true');
    await workbench.contextMenu(prod, 'Refresh');
    await workbench.contextMenu(retail, 'Remove Account…');
    await workbench.answer('Remove');
    await workbench.rows(retail).waitFor({ state: 'detached' });
  });

  step('a group that is dragged into a file writes the IDs of its connections', async (workbench) => {
    const count = Number.parseInt(
      await workbench.rows({ name: 'stage', level: 1 }).locator('.label-description').innerText(),
      10,
    );
    await workbench.sideBarWidth(360);
    await newFile(workbench, 'Plain Text');
    await dragToEditor(workbench, workbench.rows({ name: 'stage', level: 1 }).first());
    await workbench.until('an ID a line', async () => {
      const lines = (await written(workbench)).split('\n').filter((line) => line.startsWith('dg_'));
      return lines.length === count;
    });
    await workbench.screenshot('groups - dragged');
    await workbench.sideBarWidth(560);
  });

  step('a filter narrows down groups', async (workbench) => {
    await workbench.runCommand('Connections: Filter…');
    await workbench.type('Checkout', 'Filter Connections');
    await workbench.rows({ name: 'stage', level: 1 }).filter({ hasText: '1 connection' }).waitFor();
    await workbench.titleButton('Connections', 'Clear Filter');
    await workbench.message.waitFor({ state: 'hidden' });
  });

  step('Go to Connection expands the group of its target', async (workbench) => {
    await workbench.titleButton('Connections', 'Collapse');
    await workbench.runCommand('Connections: Go to Connection…');
    await workbench.input.fill('Checkout – Retail LATAM');
    await workbench.quickInput.getByRole('option', { name: /^Checkout – Retail LATAM/ }).click();
    await workbench.until('the connection is selected', async () =>
      (await workbench.selected()).includes('Checkout – Retail LATAM'),
    );
    await workbench.row({ name: 'Checkout – Retail LATAM', level: 2 });
  });

  step(
    'by keyboard only, connections are grouped by state, failures first, and the choice is marked',
    async (workbench) => {
      await workbench.runCommand(GROUP);
      await workbench.quickInput.getByRole('option', { name: /^Sandbox.*Current/ }).waitFor();
      await choose(workbench, 'State');
      await workbench.until('the order', async () => {
        const [first = ''] = await workbench.rowTexts(1);
        return first.startsWith('failed');
      });
      await workbench.screenshot('groups - state');
    },
  );

  step('every service has its own groups, and an account without any is unchanged', async (workbench) => {
    for (const service of ['krenalis', 'immuta', 'datadog'])
      await addAccount(workbench, sample, service, service);
    await workbench.row({ name: 'datadog', level: 1 });
    await workbench.expand({ name: 'krenalis', level: 1 });
    await workbench
      .rows({ name: /^(OK|inactive|failed|running)$/, level: 2 })
      .first()
      .waitFor();
    await workbench.collapse({ name: 'krenalis', level: 1 });
    await workbench.expand({ name: 'immuta', level: 1 });
    await workbench
      .rows({ name: /^(OK|inactive|failed|running)$/, level: 2 })
      .first()
      .waitFor();
    await workbench.collapse({ name: 'immuta', level: 1 });
    await workbench.expand({ name: 'datadog', level: 1 });
    await workbench.expand({ name: 'users', level: 2 });
    await workbench.row({ name: /^billing-/, level: 3 });
    await workbench.screenshot('groups - services');
  });

  step('None restores the list without groups', async (workbench) => {
    await workbench.titleButton('Connections', 'Collapse');
    await workbench.runCommand(GROUP);
    await choose(workbench, 'None');
    await workbench.expand({ name: 'Sample Data', level: 1 });
    await workbench.row({ name: /^Checkout/, level: 2 });
  });
});
