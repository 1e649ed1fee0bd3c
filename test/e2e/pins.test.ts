import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { openPicker } from './pickerSteps';
import { walkThrough } from './steps';
import type { RowQuery, Workbench } from './workbench';

walkThrough('pinned connections', (step) => {
  let sample: SampleService;
  let names: readonly string[] = [];
  after(() => sample.close());
  const row = (at: number): RowQuery => ({ name: names[at] ?? '', level: 1 });
  /** Waits until the rows of the account are in an order. */
  const order = (workbench: Workbench, ...positions: readonly number[]): Promise<void> =>
    workbench.until(`the order ${positions.join(', ')}`, async () => {
      const shown = await workbench.rows({ name: /./, level: 1 }).locator('.label-name').allInnerTexts();
      return positions.every((position, at) => shown[at] === names[position]);
    });

  step('a pinned row moves to the top, by its menu', async (workbench) => {
    sample = await startSampleService({ rate: 0, connections: 5, datasets: 2 });
    await workbench.openView();
    await workbench.sideBarWidth(420);
    await addAccount(workbench, sample, 'Retail');
    await workbench.row({ name: /./, level: 1 });
    await workbench.until('all connections', async () => (await workbench.rowTexts(1)).length === 5);
    names = await workbench.rows({ name: /./, level: 1 }).locator('.label-name').allInnerTexts();
    await workbench.contextMenu(row(3), 'Pin');
    await order(workbench, 3, 0, 1, 2, 4);
    await workbench.confirmed(`Pinned ${names[3] ?? ''}`);
    assert.match(await (await workbench.row(row(3))).innerText(), /pinned/);
    await workbench.screenshot('pins - one');
  });

  step('the focused row is pinned and unpinned by keyboard', async (workbench) => {
    const press = async (): Promise<void> => {
      await (await workbench.row(row(0))).click();
      await workbench.page.keyboard.press('ArrowLeft');
      await workbench.page.keyboard.press('Control+k');
      await workbench.page.keyboard.press('Shift+Enter');
    };
    await press();
    await order(workbench, 0, 3, 1, 2, 4);
    await press();
    await order(workbench, 3, 0, 1, 2, 4);
  });

  step(
    'a pin says so when its row is no longer listed, and is unpinned from the palette',
    async (workbench) => {
      const gone = names[3] ?? '';
      await workbench.contextMenu(row(3), 'Copy ID');
      await workbench.until('the ID is copied', async () => (await workbench.clipboard()).startsWith('dg_'));
      sample.cja.removeConnection(await workbench.clipboard());
      await workbench.titleButton('Connections', 'Refresh');
      await workbench.rows(row(3)).filter({ hasText: 'no longer listed' }).waitFor();
      await workbench.screenshot('pins - gone');
      await (await workbench.row(row(1))).click();
      await workbench.runCommand('Connections: Unpin', gone);
      await workbench.until('its row is gone', async () => (await workbench.rows(row(3)).count()) === 0);
      await workbench.confirmed(`Unpinned ${gone}`);
    },
  );
});

walkThrough('pins and recent rows of a workspace', (step) => {
  let names: readonly string[] = [];
  const top = async (workbench: Workbench): Promise<readonly string[]> =>
    (await workbench.rows({ name: /./, level: 1 }).locator('.label-name').allInnerTexts()).slice(0, 3);

  step('a row is pinned, and another one is used', async (workbench) => {
    await workbench.openView();
    await workbench.sideBarWidth(420);
    await workbench.welcome('Explore Sample Data').click();
    await workbench.choose('Adobe Customer Journey Analytics');
    await workbench.row({ name: /^Checkout – Grocery Nordics/, level: 1 });
    names = await top(workbench);
    await workbench.contextMenu({ name: names[2] ?? '', level: 1 }, 'Pin');
    await workbench.until('it is on top', async () => (await top(workbench))[0] === names[2]);
    await workbench.contextMenu({ name: names[1] ?? '', level: 1 }, 'Copy ID');
    await workbench.until('the ID is copied', async () => (await workbench.clipboard()).startsWith('dg_'));
    await workbench.kept('pinned:', 'recent:');
  });

  step('both are restored after a reload', async (workbench) => {
    await workbench.reload();
    await workbench.openView();
    await workbench.until('it is on top', async () => (await top(workbench))[0] === names[2]);
    const first = ['— recently used', names[1] ?? ''];
    await openPicker(workbench, 'Connections: Copy Name', 'Copy Name', first);
    await workbench.page.keyboard.press('Escape');
  });

  step('the row is unpinned by mouse', async (workbench) => {
    await workbench.contextMenu({ name: names[2] ?? '', level: 1 }, 'Unpin');
    await workbench.until('it is back', async () => (await top(workbench))[2] === names[2]);
  });
});
