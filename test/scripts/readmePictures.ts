/**
 * Takes the pictures of the README: media/*.png.
 *
 *   node out/scripts/readmePictures.js
 */
import { join } from 'node:path';
import { openWorkbench } from '../e2e/openWorkbench';
import { PanelPage } from '../e2e/panelPage';
import type { RowQuery, Workbench } from '../e2e/workbench';
import { root } from './lib/paths';
import { themeTitles } from '../e2e/themedPage';
import { program } from './lib/program';

const running: RowQuery = { name: /^Contact Centre – Grocery Japan/, level: 1 };

program(async () => {
  const { workbench, close } = await openWorkbench();
  try {
    await workbench.page.setViewportSize({ width: 1180, height: 640 });
    await workbench.openView();
    await workbench.welcome('Explore Sample Data').click();
    await workbench.choose('Adobe Customer Journey Analytics');
    await workbench.row(running);
    await workbench.setTheme(themeTitles.dark);
    await takeWindow(workbench);
    await takeTabs(workbench);
    return 0;
  } finally {
    await close();
  }
}, 120_000);

/** The tree and the runs, and the panel that a click on a row opens. */
async function takeWindow(workbench: Workbench): Promise<void> {
  await workbench.sideBarWidth(460);
  await workbench.openRuns();
  await workbench.page.locator('.sidebar .pane').nth(1).getByRole('treeitem').nth(3).waitFor();
  await workbench.contextMenu(running, 'Show Details');
  await new PanelPage(workbench).frame.locator('tbody .name').nth(5).waitFor();
  await workbench.expand(running);
  await workbench.row({ name: /./, level: 2 });
  await workbench.page.mouse.move(0, 0);
  await workbench.page.screenshot({ path: picture('screenshot') });
}

async function takeTabs(workbench: Workbench): Promise<void> {
  await workbench.sideBarWidth(250);
  const panel = new PanelPage(workbench);
  await panel.open('Timeline');
  await panel.frame.locator('.bar').nth(47).waitFor();
  await panel.button('Date Range').click();
  await panel.frame.locator('.bar.open').first().waitFor();
  await takeEditor(workbench, 'timeline');
  await panel.open('Structure');
  await panel.frame.locator('.node').nth(10).waitFor();
  await takeEditor(workbench, 'structure');
}

async function takeEditor(workbench: Workbench, name: string): Promise<void> {
  await workbench.page.mouse.move(0, 0);
  await workbench.page.locator('.part.editor').screenshot({ path: picture(name) });
}

function picture(name: string): string {
  return join(root, 'media', `${name}.png`);
}
