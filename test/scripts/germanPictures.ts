/**
 * Takes pictures of a German window, for visual review: out/screenshots/german-NAME.png. VS Code's own texts stay
 * English, because its language packs are not installed.
 *
 *   node out/scripts/germanPictures.js [PART ...]    such as rows
 */
import type { Locator } from 'playwright-core';
import { startSampleService } from '../../src/sample/server';
import { addAccount } from '../e2e/accounts';
import { openWorkbench } from '../e2e/openWorkbench';
import { PanelPage } from '../e2e/panelPage';
import type { RowQuery, Workbench } from '../e2e/workbench';
import { program } from './lib/program';

const cja: RowQuery = { name: 'Retail', level: 1 };

/** A row whose menu and details are shown, with the rows above it that are expanded first. */
interface Subject {
  readonly name: string;
  readonly above: readonly RowQuery[];
  readonly row: RowQuery;
}

const connection: RowQuery = { name: /^Contact Centre – Grocery Japan/, level: 2 };
const dataViews: RowQuery = { name: 'Datenansichten', level: 3 };
const governance: RowQuery = { name: 'Governance', level: 1 };
const events: RowQuery = { name: 'Events', level: 1 };
const lake: RowQuery = { name: 'Data lake', level: 2 };
const missing: RowQuery = { name: 'Import users from a missing file', level: 3 };
const product: RowQuery = { name: 'Product', level: 1 };

const subjects: readonly Subject[] = [
  { name: 'account', above: [], row: cja },
  { name: 'connection', above: [cja], row: connection },
  { name: 'dataset', above: [cja, connection], row: { name: /^Accounts/, level: 3 } },
  {
    name: 'backfill',
    above: [cja, connection, { name: /^Accounts/, level: 3 }],
    row: { name: /./, level: 4 },
  },
  { name: 'data-view', above: [cja, connection, dataViews], row: { name: /./, level: 4 } },
  { name: 'immuta', above: [governance], row: { name: 'finance-prod-snowflake-3', level: 2 } },
  {
    name: 'immuta-child',
    above: [governance, { name: 'finance-prod-snowflake-3', level: 2 }],
    row: { name: /./, level: 3 },
  },
  { name: 'krenalis', above: [events], row: lake },
  { name: 'pipeline', above: [events, lake], row: missing },
  { name: 'run', above: [events, lake, missing], row: { name: /./, level: 4 } },
  { name: 'datadog-group', above: [product], row: { name: /./, level: 2 } },
  { name: 'datadog', above: [product, { name: /./, level: 2 }], row: { name: /./, level: 3 } },
];

program(async () => {
  const wanted = process.argv.slice(2);
  const sample = await startSampleService({ rate: 0, connections: 40 });
  const { workbench, close } = await openWorkbench({ language: 'de' });
  try {
    await workbench.page.setViewportSize({ width: 1280, height: 900 });
    await workbench.openView();
    await workbench.screenshot('german-welcome');
    await workbench.sideBarWidth(420);
    await addAccount(workbench, sample, 'Retail', 'cja', { batches: 'on', platformEndpoint: sample.origin });
    await addAccount(workbench, sample, 'Events', 'krenalis');
    await addAccount(workbench, sample, 'Governance', 'immuta');
    await addAccount(workbench, sample, 'Product', 'datadog');
    if (wanted.length === 0 || wanted.includes('forms')) await forms(workbench);
    if (wanted.length === 0 || wanted.includes('comparison')) await comparison(workbench);
    for (const subject of subjects) {
      if (wanted.length > 0 && !wanted.includes(subject.name)) continue;
      console.log(subject.name);
      await pictures(workbench, subject).catch(async (error: unknown) => {
        console.log(String(error).split('\n')[0]);
        await workbench.screenshot(`german-${subject.name}-failed`);
      });
    }
    return 0;
  } finally {
    await close();
    await sample.close();
  }
}, 900_000);

/** The steps of each way to sign in, each with its answer missing. */
async function forms(workbench: Workbench): Promise<void> {
  for (const service of ['Adobe', 'Datadog', 'Krenalis', 'Immuta'] as const) {
    await workbench.runCommand('Verbindungen: Konto hinzufügen (Adobe CJA, Datadog, Krenalis, Immuta)…');
    await workbench.choose(new RegExp(`^${service}`));
    await workbench.page.waitForTimeout(1000);
    await workbench.screenshot(`german-form-${service}-1`);
    await workbench.page.keyboard.press('Enter');
    await workbench.page.waitForTimeout(1000);
    await workbench.screenshot(`german-form-${service}-2`);
    await workbench.page.keyboard.press('Enter');
    await workbench.page.waitForTimeout(1000);
    await workbench.screenshot(`german-form-${service}-3`);
    await workbench.dismiss();
  }
}

async function comparison(workbench: Workbench): Promise<void> {
  await workbench.expand(cja);
  const other: RowQuery = { name: /^Checkout/, level: 2 };
  await (await workbench.row(connection)).first().click();
  await (await workbench.row(other)).first().click({ modifiers: ['ControlOrMeta'] });
  await workbench.contextMenu(other, 'Vergleichen…');
  await workbench.page.waitForTimeout(4000);
  await workbench.screenshot('german-comparison');
  await workbench.runCommand('View: Close All Editors');
  await workbench.collapse(cja);
}

async function pictures(workbench: Workbench, { name, above, row }: Subject): Promise<void> {
  for (const each of above) await workbench.expand(each);
  const element = (await workbench.row(row)).first();
  await menus(workbench, name, element);
  await element.hover();
  await workbench.page.locator('.monaco-hover:visible').first().waitFor();
  await workbench.page.waitForTimeout(700);
  await workbench.screenshot(`german-${name}-tooltip`);
  await workbench.contextMenu(row, 'Details anzeigen');
  const panel = new PanelPage(workbench);
  await panel.heading.waitFor();
  await workbench.page.waitForTimeout(1500);
  for (const tab of await panel.tabNames()) {
    await panel.open(tab);
    await workbench.page.waitForTimeout(2000);
    await workbench.screenshot(`german-${name}-${tab.toLowerCase()}`);
  }
  await workbench.runCommand('View: Close All Editors');
  for (const each of above.toReversed()) if (each !== above[0]) await workbench.collapse(each);
  if (above[0]) await workbench.collapse(above[0]);
}

/** The menu of a row, and each of its submenus. */
async function menus(workbench: Workbench, name: string, row: Locator): Promise<void> {
  const { page } = workbench;
  await row.click({ button: 'right' });
  const menu = page.locator('.monaco-menu');
  await menu.first().waitFor();
  const submenus = menu.first().locator('.action-item:has(.submenu-indicator)');
  await workbench.screenshot(`german-${name}-menu`);
  for (const at of Array.from({ length: await submenus.count() }).keys()) {
    await submenus.nth(at).hover();
    await menu.nth(1).waitFor();
    await workbench.screenshot(`german-${name}-menu-${String(at)}`);
  }
  await workbench.dismiss();
}
