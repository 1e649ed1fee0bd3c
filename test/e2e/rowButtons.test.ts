import assert from 'node:assert/strict';
import { after } from 'node:test';
import type { Locator } from 'playwright-core';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { walkThrough } from './steps';
import type { Workbench } from './workbench';

const ROUNDS = 3;
const CLICKS_A_ROUND = 120;

walkThrough('buttons of rows that are redrawn', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  step('never act on the selected row instead', async (workbench) => {
    sample = await startSampleService({ rate: 0, connections: 300, datasets: 12, backfills: 2 });
    await workbench.openView();
    await workbench.sideBarWidth(480);
    await addAccount(workbench, sample, 'Retail');
    await addAccount(workbench, sample, 'Events', 'krenalis');
    const [selected, retail] = [
      { name: 'Events', level: 1 },
      { name: 'Retail', level: 1 },
    ];
    await workbench.expand(retail);
    await workbench.row({ name: /^Checkout/, level: 2 });
    await (await workbench.row(selected)).click();
    await workbench.collapse(selected);
    const refreshAccount = await buttonAt(workbench, await workbench.row(retail), /^Refresh/);
    const button = await buttonAt(
      workbench,
      workbench.rows({ name: /^Checkout/, level: 2 }).nth(3),
      /^Refresh/,
    );
    assert.deepEqual(await workbench.selected(), ['Events']);
    sample.clearRequests();
    for (let round = 0; round < ROUNDS; round++) {
      sample.cja.addConnection();
      await workbench.page.mouse.click(...refreshAccount);
      // By position: what waits until a row stands still never clicks while it is redrawn.
      for (let click = 0; click < CLICKS_A_ROUND; click++)
        await workbench.page.mouse.click(...button, { delay: 5 });
    }
    await workbench.screenshot('row-being-updated');
    await workbench.dismiss();
    const asked = sample.requests.filter(({ path }) => path.startsWith('/v1/'));
    assert.deepEqual(asked, []);
  });
});

/** Where the button of a row is. */
async function buttonAt(
  workbench: Workbench,
  row: Locator,
  name: RegExp,
): Promise<readonly [x: number, y: number]> {
  const places: (readonly [x: number, y: number])[] = [];
  await workbench.until('a row that stands still', async () => {
    await row.hover();
    const box = await row.getByRole('button', { name }).boundingBox({ timeout: 5_000 });
    if (box) places.push([box.x + box.width / 2, box.y + box.height / 2]);
    return box !== null;
  });
  return places.at(-1) ?? assert.fail('no button');
}
