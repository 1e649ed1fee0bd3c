/**
 * Takes the pictures of README and docs: media/*.png and docs/images/*.png.
 *
 *   node out/scripts/docsPictures.js
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from '../e2e/accounts';
import { comes } from '../e2e/comes';
import { hoverId, newFile, suggestion } from '../e2e/editorSteps';
import { openWorkbench } from '../e2e/openWorkbench';
import { PanelPage } from '../e2e/panelPage';
import { palettePng } from '../e2e/pictures/palettePng';
import { ADD_ACCOUNT } from '../e2e/signIn';
import { themeTitles } from '../e2e/themedPage';
import type { RowQuery, Workbench } from '../e2e/workbench';
import { root } from './lib/paths';
import { program } from './lib/program';

const contactCentre: RowQuery = { name: /^Contact Centre – Grocery Japan/, level: 1 };

program(async () => {
  await inWindow(async (workbench) => {
    await workbench.welcome('Explore Sample Data').click();
    await workbench.choose('Adobe Customer Journey Analytics');
    await workbench.row(contactCentre);
    await takeWindow(workbench);
    await takeConnection(workbench);
    await takeTree(workbench);
    await takeEditors(workbench);
  });
  const sample = await startSampleService({ rate: 0 });
  await inWindow((workbench) => takeAccounts(workbench, sample));
  await sample.close();
  return 0;
}, 300_000);

async function inWindow(take: (workbench: Workbench) => Promise<void>): Promise<void> {
  const { workbench, close } = await openWorkbench();
  try {
    await workbench.page.setViewportSize({ width: 1180, height: 640 });
    await workbench.openView();
    await workbench.setTheme(themeTitles.dark);
    await take(workbench);
  } catch (error) {
    await workbench.screenshot('docs-pictures-failed');
    throw error;
  } finally {
    await close();
  }
}

/** README: the tree and the runs, and the panel that the menu of a row opens. */
async function takeWindow(workbench: Workbench): Promise<void> {
  await workbench.sideBarWidth(460);
  await workbench.openRuns();
  const runs = workbench.page.locator('.sidebar .pane').nth(1);
  await runs.getByRole('treeitem').nth(3).waitFor();
  await workbench.contextMenu(contactCentre, 'Show Details');
  await new PanelPage(workbench).frame.locator('tbody .name').nth(5).waitFor();
  await workbench.expand(contactCentre);
  await workbench.row({ name: /./, level: 2 });
  await take(workbench, workbench.page, 'media/screenshot');
  await take(workbench, runs, 'docs/images/runs');
}

async function takeConnection(workbench: Workbench): Promise<void> {
  await workbench.sideBarWidth(250);
  const panel = new PanelPage(workbench);
  await panel.open('Timeline');
  await panel.frame.locator('.bar').nth(47).waitFor();
  await panel.button('Date Range').click();
  await panel.frame.locator('.bar.open').first().waitFor();
  await takeEditor(workbench, 'media/timeline');
  await panel.open('Structure');
  await panel.frame.locator('.node').nth(10).waitFor();
  await takeEditor(workbench, 'media/structure');
  await panel.open('History');
  await panel.frame.locator('.log tbody tr').nth(5).waitFor();
  await takeEditor(workbench, 'docs/images/history');
}

async function takeTree(workbench: Workbench): Promise<void> {
  const sideBar = workbench.page.locator('.part.sidebar');
  await workbench.runCommand('View: Close All Editors');
  await workbench.page.locator('.sidebar .pane-header').nth(1).click();
  await workbench.sideBarWidth(460);
  await workbench.collapse(contactCentre);
  const checkout: RowQuery = { name: /^Checkout – Grocery Nordics/, level: 1 };
  await workbench.expand(checkout);
  await workbench.expand({ name: 'Data Views', level: 2 });
  await workbench.expand({ name: /\(default\)$/, level: 3 });
  await workbench.expand({ name: 'Dimensions', level: 4 });
  await workbench.row({ name: 'City', level: 5 });
  await take(workbench, sideBar, 'docs/images/dimensions');
  await workbench.collapse(checkout);
  await workbench.titleMenu('Group Connections By…');
  await workbench.choose('Sandbox');
  await workbench.expand({ name: 'stage', level: 1 });
  await take(workbench, sideBar, 'docs/images/groups');
  await workbench.titleMenu('Group Connections By…');
  await workbench.choose('None');
  await workbench.row(contactCentre);
  await workbench.titleBox('Filter', 'status:');
  await workbench.quickInput
    .getByRole('option')
    .filter({ hasText: /^status:failed/ })
    .waitFor();
  await take(workbench, workbench.page, 'docs/images/filter');
  await workbench.page.keyboard.press('Escape');
}

async function takeEditors(workbench: Workbench): Promise<void> {
  const { keyboard } = workbench.page;
  await workbench.contextMenu(contactCentre, 'Copy ID');
  await workbench.confirmed(/Copied ID/);
  const id = await workbench.clipboard();
  await workbench.sideBarWidth(250);
  await workbench.page.setViewportSize({ width: 1180, height: 420 });
  await newFile(workbench, 'YAML');
  await keyboard.insertText(`nightly_report:\n  connection: ${id}`);
  // A scrolled editor cuts off its lines.
  await keyboard.press('Control+Home');
  // Suggestions for the inserted text come late, and would lie over the picture.
  const suggestions = workbench.page.locator('.suggest-widget.visible');
  if (await comes(suggestions.waitFor({ timeout: 3_000 }))) await keyboard.press('Escape');
  await suggestions.waitFor({ state: 'hidden' });
  await workbench.page.locator('.part.editor .view-line').first().getByText('nightly_report').waitFor();
  await hoverId(workbench, id);
  await shoot(workbench.page.locator('.part.editor'), 'docs/images/hover');
  await keyboard.press('Control+End');
  await keyboard.press('Enter');
  await keyboard.type('fallback: Check', { delay: 30 });
  await suggestion(workbench, 'Checkout');
  await takeEditor(workbench, 'docs/images/completion');
  await keyboard.press('Escape');
  const rows = workbench.rows({ name: /./, level: 1 });
  await rows.nth(1).click();
  await rows.nth(2).click({ modifiers: ['Control'] });
  await rows.nth(2).click({ button: 'right' });
  await workbench.page.locator('.monaco-menu').getByText('Compare…', { exact: true }).click({ delay: 150 });
  await workbench.page.locator('.monaco-diff-editor .line-insert').first().waitFor();
  await takeEditor(workbench, 'docs/images/comparison');
}

async function takeAccounts(workbench: Workbench, sample: SampleService): Promise<void> {
  await workbench.runCommand(ADD_ACCOUNT);
  await workbench.quickInput.getByRole('option').nth(3).waitFor();
  await take(workbench, workbench.page, 'docs/images/add-account');
  await workbench.page.keyboard.press('Escape');
  await addAccount(workbench, sample, 'Retail', 'cja', { batches: 'on', platformEndpoint: sample.origin });
  await addAccount(workbench, sample, 'Events', 'krenalis');
  await workbench.sideBarWidth(250);
  const panel = new PanelPage(workbench);
  await workbench.contextMenu({ name: 'Retail', level: 1 }, 'Show Details');
  await panel.frame.getByRole('table').first().locator('tbody .name').first().waitFor();
  await takeEditor(workbench, 'docs/images/account-overview');
  await workbench.expand({ name: 'Retail', level: 1 });
  await workbench.expand({ name: /^Checkout – Grocery Nordics/, level: 2 });
  await workbench.contextMenu({ name: /Web events/, level: 3 }, 'Show Details');
  await panel.open('Batches');
  await panel.frame.locator('.log tbody tr').nth(5).waitFor();
  await takeEditor(workbench, 'docs/images/batches');
  await workbench.collapse({ name: 'Retail', level: 1 });
  await takeFailedRun(workbench, panel);
}

async function takeFailedRun(workbench: Workbench, panel: PanelPage): Promise<void> {
  await workbench.expand({ name: 'Events', level: 1 });
  await workbench.expand({ name: 'Data lake', level: 2 });
  await workbench.expand({ name: 'Import users from a missing file', level: 3 });
  await workbench.contextMenu({ name: /./, level: 4 }, 'Show Details');
  await panel.frame.getByRole('table', { name: 'Errors' }).waitFor();
  await takeEditor(workbench, 'docs/images/failed-run');
}

async function takeEditor(workbench: Workbench, name: string): Promise<void> {
  await take(workbench, workbench.page.locator('.part.editor'), name);
}

/** Takes a picture without tooltips or marked rows. */
async function take({ page }: Workbench, what: Locator | Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await shoot(what, name);
}

async function shoot(what: Locator | Page, name: string): Promise<void> {
  const path = join(root, `${name}.png`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, palettePng(PNG.sync.read(await what.screenshot())));
}
