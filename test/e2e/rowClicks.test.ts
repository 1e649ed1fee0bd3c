import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { walkThroughDetails } from './steps';
import type { Workbench } from './workbench';

/** So many rows that drawing them again takes VS Code a while. */
const size = { rate: 0, connections: 300, datasets: 12, backfills: 2 };
const ROUNDS = 6;
const CLICKS_A_ROUND = 30;

walkThroughDetails('clicks on rows while they are redrawn', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  step('open the clicked row, and none fails', async (workbench) => {
    sample = await startSampleService(size);
    await workbench.openView();
    await addAccount(workbench, sample, 'Retail');
    await workbench.sideBarWidth(480);
    await workbench.rows({ name: /./, level: 1 }).nth(12).waitFor();
    for (let round = 0; round < ROUNDS; round++) {
      // A connection more, so that all rows are drawn again.
      sample.cja.addConnection();
      await workbench.titleButton('Connections', 'Refresh All');
      let clicked = '';
      for (let click = 0; click < CLICKS_A_ROUND; click++) {
        clicked = await clickRow(workbench, 3 + ((round + click) % 8));
      }
      await workbench.page.getByRole('tab', { name: clicked, exact: true, selected: true }).waitFor();
    }
    assert.deepEqual(await messages(workbench), []);
  });

  step('a refresh reloads expanded lists, even below unchanged rows', async (workbench) => {
    const name = 'A connection at the top';
    const id = sample.cja.addConnection();
    sample.cja.renameConnection(id, name);
    await workbench.titleButton('Connections', 'Refresh All');
    const isRead = (): Promise<boolean> =>
      Promise.resolve(sample.requests.some(({ path }) => path === `/data/connections/${id}`));
    await workbench.expand({ name, level: 1 });
    await workbench.rows({ name: /./, level: 2 }).first().waitFor();
    sample.clearRequests();
    await workbench.titleButton('Connections', 'Refresh All');
    await workbench.until('the open connection is read again', isRead);
    await workbench.collapse({ name, level: 1 });
  });

  step('work in the Runs view too', async (workbench) => {
    await workbench.openRuns();
    const runs = workbench.page.locator('.sidebar .pane').nth(1).getByRole('treeitem');
    await runs.nth(3).waitFor();
    await runs.nth(2).click();
    await workbench.page.getByRole('tab', { name: / – /, selected: true }).waitFor();
    assert.deepEqual(await messages(workbench), []);
  });
});

/** Clicks the row at a place of the side bar. @returns its name. */
async function clickRow({ page }: Workbench, at: number): Promise<string> {
  const row = page.locator('.sidebar').getByRole('treeitem').nth(at);
  const name = await row.locator('.label-name').innerText();
  const box = await row.boundingBox();
  if (box) await page.mouse.click(box.x + 120, box.y + box.height / 2);
  return name;
}

/** The texts of all messages of the window. */
async function messages({ page }: Workbench): Promise<readonly string[]> {
  const center = page.locator('.notifications-center');
  if (!(await center.isVisible())) await page.locator('[id="status.notifications"]').click();
  await center.waitFor();
  const texts = await page.locator('.notification-list-item').allInnerTexts();
  await page.keyboard.press('Escape');
  return texts;
}
