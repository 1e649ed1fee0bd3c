import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openWorkbench, type OpenWorkbench } from './openWorkbench';
import type { Workbench } from './workbench';

/** Each step goes on where the one before it ended, as a person would. */
describe('a first walk through the window', () => {
  let open: OpenWorkbench;
  before(async () => {
    open = await openWorkbench();
  });
  after(() => open.close());

  /** A step, and a picture of the window where it failed. */
  const step = (name: string, walk: (workbench: Workbench) => Promise<void>): void => {
    it(name, async () => {
      try {
        await walk(open.workbench);
      } catch (error) {
        await open.workbench.screenshot(`failed: ${name}`);
        await open.workbench.dismiss();
        throw error;
      }
    });
  };

  step('the view without accounts offers an account and sample data', async (workbench) => {
    await workbench.openView('Connections');
    await workbench.welcome('Add Account').waitFor();
    await workbench.welcome('Explore Sample Data').waitFor();
    await workbench.screenshot('1-welcome');
  });

  step('sample data shows connections', async (workbench) => {
    await workbench.welcome('Explore Sample Data').click();
    await workbench.row({ name: /./, level: 1 });
    await workbench.sideBarWidth(560);
    await workbench.screenshot('2-connections');
  });

  step('a connection opens to datasets, a dataset to backfills', async (workbench) => {
    await workbench.expand({ name: /./, level: 1 });
    await workbench.expand({ name: /./, level: 2 });
    await workbench.row({ name: /./, level: 3 });
    await workbench.screenshot('3-backfills');
  });

  step('the menu of a connection copies its id', async (workbench) => {
    await workbench.contextMenu({ name: /./, level: 1 }, 'Copy ID');
    await workbench.until('its id is copied', async () => /^dg_[\w-]+$/.test(await workbench.clipboard()));
  });

  step('so does the keyboard, for a dataset', async (workbench) => {
    const connection = await workbench.clipboard();
    await (await workbench.row({ name: /./, level: 2 })).click();
    await workbench.page.keyboard.press('ControlOrMeta+c');
    await workbench.until('another id', async () => (await workbench.clipboard()) !== connection);
  });

  step('a filter hides what does not match, and is cleared', async (workbench) => {
    const shows = async (every: boolean): Promise<boolean> =>
      (await workbench.rowTexts(1)).every((text) => text.includes('failed')) === every;
    await workbench.runCommand('Connections: Filter…');
    await workbench.type('status:failed', 'Filter Connections');
    await workbench.until('only failed connections', () => shows(true));
    await workbench.quickInput.waitFor({ state: 'hidden' });
    await workbench.screenshot('4-filter');
    await workbench.runCommand('Connections: Clear Filter');
    await workbench.until('the others too', () => shows(false));
  });

  step('a refresh keeps what is open', async (workbench) => {
    await workbench.expand({ name: /./, level: 2 });
    await workbench.row({ name: /./, level: 3 });
    const before = await workbench.rowTexts();
    await workbench.titleButton('Connections', 'Refresh');
    await workbench.page.waitForTimeout(500);
    assert.deepEqual(await workbench.rowTexts(), before);
    await workbench.screenshot('5-refresh');
  });

  step('a dataset shows its JSON', async (workbench) => {
    await workbench.contextMenu({ name: /./, level: 2 }, 'Open JSON');
    assert.match(await workbench.editorText(), /"\w+":/);
    await workbench.screenshot('6-json');
  });
});
