import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { newFile, written } from './editorSteps';
import { PanelPage } from './panelPage';
import { addAccount } from './accounts';
import { walkThroughDetails } from './steps';
import type { RowQuery, Workbench } from './workbench';

const connection: RowQuery = { name: /./, level: 1 };

/** Waits until the open editor holds exactly a text. */
async function holds(workbench: Workbench, text: string): Promise<void> {
  await workbench.until(`the editor holds ${JSON.stringify(text)}`, async () => {
    const lines = workbench.page.locator('.editor-instance .view-line');
    return (await lines.count()) > 0 && (await written(workbench)) === text;
  });
}

walkThroughDetails('inserting an ID', (step) => {
  let sample: SampleService;
  let name = '';
  let id = '';
  after(() => sample.close());
  const row = (): RowQuery => ({ name, level: 1 });

  /** Clicks the row until its details are shown, over whatever was open. */
  const clickRow = async (workbench: Workbench): Promise<void> => {
    await new PanelPage(workbench).lookAt(row());
    await workbench.tab(name).and(workbench.page.locator('[aria-selected="true"]')).waitFor();
  };

  step('reports that there is no cursor if no editor is open', async (workbench) => {
    sample = await startSampleService({ rate: 0, connections: 6, datasets: 3 });
    await workbench.openView();
    await workbench.sideBarWidth(360);
    await addAccount(workbench, sample, 'Retail');
    name = await workbench.getName(connection);
    await workbench.contextMenu(row(), 'Copy ID');
    await workbench.until('the id is copied', async () => (await workbench.clipboard()).startsWith('dg_'));
    id = await workbench.clipboard();
    await workbench.contextMenu(row(), 'Insert ID at Cursor');
    await workbench.notification(/There is no cursor to insert at/);
    await workbench.dismiss();
  });

  step('uses the file behind a panel, from the palette, and focuses it', async (workbench) => {
    await newFile(workbench, 'Plain Text');
    await workbench.page.keyboard.type('source: ;');
    await workbench.page.keyboard.press('ArrowLeft');
    await clickRow(workbench);
    await workbench.runCommand('Connections: Insert ID at Cursor');
    await holds(workbench, `source: ${id};`);
    await workbench.page.keyboard.type('!');
    await holds(workbench, `source: ${id}!;`);
    await workbench.screenshot('insert-palette');
  });

  step('uses it from the menu of the row', async (workbench) => {
    await workbench.runCommand('Select All');
    await clickRow(workbench);
    await workbench.contextMenu(row(), 'Insert ID at Cursor');
    await holds(workbench, id);
  });

  step('uses it from within the panel', async (workbench) => {
    await workbench.runCommand('Select All');
    await workbench.page.keyboard.type('from ');
    await clickRow(workbench);
    await new PanelPage(workbench).heading.click();
    await workbench.runCommand('Connections: Insert ID at Cursor');
    await holds(workbench, `from ${id}`);
  });

  step('inserts at every cursor', async (workbench) => {
    await workbench.runCommand('Select All');
    await workbench.page.keyboard.type('a=\nb=\nc=');
    await workbench.page.keyboard.press('Control+Home');
    await workbench.page.keyboard.press('End');
    await workbench.runCommand('Add Cursor Below');
    await workbench.runCommand('Add Cursor Below');
    await workbench.page
      .locator('.editor-instance .cursors-layer .cursor')
      .nth(2)
      .waitFor({ state: 'attached' });
    await clickRow(workbench);
    await workbench.runCommand('Connections: Insert ID at Cursor');
    await holds(workbench, `a=${id}\nb=${id}\nc=${id}`);
    await workbench.screenshot('insert-cursors');
  });

  step('uses the most recent file, also beside the panel', async (workbench) => {
    await workbench.runCommand('View: Split Editor Right');
    await workbench.runCommand('File: New Untitled Text File');
    await workbench.page.keyboard.type('second ');
    await workbench.until('the second file is open', async () => {
      return (await workbench.page.locator('.view-line').getByText('second').count()) > 0;
    });
    await (await workbench.row(row())).click();
    await workbench.runCommand('Connections: Insert ID at Cursor');
    const second = workbench.page.locator('.view-line').filter({ hasText: 'second' });
    await second.getByText(id).waitFor();
  });

  step('uses the file before it if that was closed', async (workbench) => {
    await workbench.runCommand('Select All');
    await workbench.page.keyboard.press('Delete');
    await workbench.runCommand('View: Close Editor');
    await workbench.page.locator('.view-line').getByText('second').waitFor({ state: 'detached' });
    await clickRow(workbench);
    await workbench.runCommand('Connections: Insert ID at Cursor');
    await workbench.page.locator('.view-line').getByText(`${id}${id}`).first().waitFor();
    assert.equal(await workbench.messages(/There is no cursor/).count(), 0);
  });
});
