/**
 * Takes pictures of the panel of one connection per service, each tab in every theme, for visual review:
 * out/screenshots/panel-SERVICE-TAB-THEME.png.
 *
 *   node out/scripts/panelPictures.js [SERVICE ...]    such as cja
 */
import { openWorkbench } from '../e2e/openWorkbench';
import { PanelPage } from '../e2e/panelPage';
import type { RowQuery, Workbench } from '../e2e/workbench';
import { themeTitles } from '../e2e/themedPage';
import { program } from './lib/program';

/** The sample account of each service, and one of its connections with much content. */
const subjects: Readonly<Record<string, readonly [account: string, connection: RowQuery]>> = {
  cja: ['Sample Data', { name: /^Contact Centre – Grocery Japan/, level: 2 }],
  datadog: ['Sample Data – Datadog Product Analytics', { name: /./, level: 3 }],
  krenalis: ['Sample Data – Krenalis', { name: 'Data lake', level: 2 }],
  immuta: ['Sample Data – Immuta', { name: 'finance-prod-snowflake-3', level: 2 }],
};

program(async () => {
  const wanted = process.argv.slice(2);
  const { workbench, close } = await openWorkbench();
  try {
    await workbench.openView();
    await workbench.welcome('Explore Sample Data').click();
    await workbench.choose('All');
    // Accounts load one after the other, and move the rows below them.
    for (const service of ['Datadog', 'Krenalis', 'Immuta'])
      await workbench.row({ name: new RegExp(service) });
    for (const [service, [account, connection]] of Object.entries(subjects)) {
      if (wanted.length === 0 || wanted.includes(service))
        await pictures(workbench, service, account, connection);
    }
    return 0;
  } catch (error) {
    await workbench.screenshot('panel-failed');
    throw error;
  } finally {
    await close();
  }
}, 300_000);

async function pictures(
  workbench: Workbench,
  service: string,
  account: string,
  connection: RowQuery,
): Promise<void> {
  await workbench.expand({ name: account, level: 1 });
  if (connection.level === 3) await workbench.expand({ name: /./, level: 2 });
  await workbench.contextMenu(connection, 'Show Details');
  const panel = new PanelPage(workbench);
  await panel.heading.waitFor();
  await panel.frame.getByRole('tab', { name: 'Structure' }).waitFor();
  for (const tab of await panel.tabNames()) {
    await panel.open(tab);
    // Lists load one after the other; a picture of loading lists would show too little.
    await workbench.page.waitForTimeout(3000);
    for (const [theme, title] of Object.entries(themeTitles)) {
      await workbench.setTheme(title);
      await workbench.screenshot(`panel-${service}-${tab.toLowerCase()}-${theme}`);
    }
  }
  await workbench.collapse({ name: account, level: 1 });
}
