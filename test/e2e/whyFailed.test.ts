import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { pointAway } from './editorSteps';
import { PanelPage } from './panelPage';
import { walkThrough } from './steps';

const HOSTILE = '[Click](command:workbench.action.quit) <img src=x onerror=alert(1)> \u202Eevil';

walkThrough('why a run of Krenalis failed', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  const asked = (part: string): number => sample.requests.filter(({ path }) => path.includes(part)).length;
  const missing = { name: 'Import users from a missing file', level: 2 } as const;

  step('nothing is asked for while rows are read', async (workbench) => {
    sample = await startSampleService({ rate: 0 });
    await workbench.openView();
    await workbench.sideBarWidth(560);
    await addAccount(workbench, sample, 'Events', 'krenalis');
    await workbench.expand({ name: 'Data lake', level: 1 });
    await workbench.expand(missing);
    await workbench.row({ name: /./, level: 3 });
    assert.equal(asked('/pipelines/errors') + asked('/pipelines/metrics'), 0);
  });

  step('the tooltip of the run names its errors, and asks once', async (workbench) => {
    const run = await workbench.row({ name: /./, level: 3 });
    await workbench.hoverUntil(run, /Error at Input validation: open missing\.csv/);
    await workbench.screenshot('why-1-tooltip');
    await pointAway(workbench);
    await workbench.hoverUntil(run, /Error at Input validation: open missing\.csv/);
    assert.equal(asked('/pipelines/errors'), 1);
  });

  step('its details list them, opened by the keyboard', async (workbench) => {
    sample.clearRequests();
    await (await workbench.row({ name: /./, level: 3 })).click();
    await workbench.page.keyboard.press('Control+Enter');
    const panel = new PanelPage(workbench);
    const table = panel.frame.getByRole('table', { name: 'Errors' });
    await table.getByRole('cell', { name: 'Input validation' }).waitFor();
    await table.getByText('open missing.csv: no such file or directory').waitFor();
    assert.equal(asked('/pipelines/errors'), 1);
    await workbench.screenshot('why-2-details');
  });

  step('rejected items are told as text, whatever they say', async (workbench) => {
    const good = { name: 'Import users from CSV', level: 2 } as const;
    const { connections } = (await (
      await fetch(`${sample.origin}/v1/connections`, {
        headers: { authorization: `Bearer ${sample.krenalis.restrictedKey}` },
      })
    ).json()) as { connections: { pipelines: { id: string; name: string }[] }[] };
    const pipeline = connections.flatMap(({ pipelines }) => pipelines).find(({ name }) => name === good.name);
    sample.krenalis.rejectItems(pipeline?.id ?? assert.fail(), [{ message: HOSTILE, count: 2 }]);
    await workbench.collapse(missing);
    await workbench.expand(good);
    await (await workbench.row({ name: /./, level: 3 })).click();
    const panel = new PanelPage(workbench);
    const table = panel.frame.getByRole('table', { name: 'Errors' });
    await table.getByRole('cell', { name: 'Transformation' }).waitFor();
    await table.getByText('<img src=x onerror=alert(1)>').waitFor();
    // The tooltip of a run asks for its errors, too.
    await pointAway(workbench);
    await workbench.screenshot('why-3-hostile');
  });

  step('a pipeline tells what it did by day', async (workbench) => {
    sample.clearRequests();
    await workbench.page.keyboard.press('ArrowLeft');
    await workbench.page.keyboard.press('Control+Enter');
    const panel = new PanelPage(workbench);
    const table = panel.frame.getByRole('table', { name: 'Last 30 days' });
    await table.getByRole('cell', { name: 'Transformation: 2' }).waitFor();
    assert.deepEqual([asked('/pipelines/metrics'), asked('/pipelines/errors')], [1, 0]);
    await workbench.screenshot('why-4-days');
  });

  step('the timeline tells why a run failed when somebody points at it', async (workbench) => {
    const panel = new PanelPage(workbench);
    await panel.frame.getByRole('tab', { name: 'Timeline' }).click();
    await panel.frame.locator('.bar').first().waitFor();
    sample.clearRequests();
    await panel.frame.locator('.bar').first().hover();
    await panel.frame.getByRole('tooltip').getByText('<img src=x onerror=alert(1)>').waitFor();
    assert.equal(asked('/pipelines/errors'), 1);
    await workbench.screenshot('why-5-timeline');
  });
});
