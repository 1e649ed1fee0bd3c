/**
 * Shows what the window displays while a service is stopped, slow, signed out, rate limited and available
 * again, with the tree, a panel and a watched connection: prints the texts, and takes pictures
 * out/screenshots/outage-SERVICE-OUTAGE.png for visual review.
 *
 *   node out/scripts/outagePictures.js [--language de] [--theme THEME] [SERVICE ...]    such as krenalis; default: all
 */
import { parseArgs } from 'node:util';
import english from '../../package.nls.json';
import german from '../../package.nls.de.json';
import type { Fault } from '../../src/sample/faults';
import { startSampleService } from '../../src/sample/server';
import { addAccount } from '../e2e/accounts';
import { openWorkbench } from '../e2e/openWorkbench';
import { PanelPage } from '../e2e/panelPage';
import type { Workbench } from '../e2e/workbench';
import { themeTitles } from '../e2e/themedPage';
import { SERVICE_IDS } from '../support/service';
import { program } from './lib/program';

/** The fault of every request; undefined: the server is stopped. */
const outages: Readonly<Record<string, Omit<Fault, 'match'> | undefined>> = {
  stopped: undefined,
  slow: { delay: 12_000 },
  'signed-out': { status: 401, body: { errors: ['Unauthorized'] } },
  forbidden: { status: 403, body: { message: 'Forbidden' } },
  limited: { status: 429, headers: { 'retry-after': '8' }, body: {} },
  failing: { html: true },
};

const { values, positionals: wanted } = parseArgs({
  options: {
    language: { type: 'string', default: 'en' },
    theme: { type: 'string', default: themeTitles.dark },
  },
  allowPositionals: true,
});

program(async () => {
  for (const service of SERVICE_IDS) {
    if (wanted.length === 0 || wanted.includes(service)) await show(service);
  }
  return 0;
}, 900_000);

async function show(service: string): Promise<void> {
  const sample = await startSampleService({ rate: 0, connections: 6, datasets: 3, backfillSeconds: 3600 });
  const { language, theme } = values;
  const texts = language === 'de' ? german : english;
  const settings = { 'connectionsExplorer.pollInterval': 5 };
  const { workbench, close } = await openWorkbench({ settings, language });
  try {
    await workbench.openView();
    await workbench.setTheme(theme);
    await workbench.sideBarWidth(520);
    await addAccount(workbench, sample, 'Account', service);
    const name = await workbench.nameOf({ name: /./, level: 1 });
    await new PanelPage(workbench).lookAt({ name, level: 1 });
    await workbench.expand({ name, level: 1 });
    // Datadog has no runs to watch.
    if (service !== 'datadog') await workbench.contextMenu({ name, level: 1 }, texts['command.watchForRuns']);
    await workbench.openRuns();
    for (const [outage, fault] of Object.entries(outages)) {
      if (!fault) await sample.pause();
      const end = fault && sample.inject({ match: { path: /./ }, ...fault });
      await workbench.titleButton('Connections', texts['command.refreshAll']);
      await workbench.page.waitForTimeout(9_000);
      await describeWindow(workbench, service, outage);
      end?.();
      if (!fault) await sample.resume();
      await workbench.titleButton('Connections', texts['command.refreshAll']);
      await workbench.page.waitForTimeout(14_000);
      await describeWindow(workbench, service, `${outage}-over`);
    }
  } finally {
    await close();
    await sample.close();
  }
}

async function describeWindow(workbench: Workbench, service: string, state: string): Promise<void> {
  const rows = await workbench.rows({ name: /./ }).allInnerTexts();
  const bar = await workbench.page.locator('.statusbar').innerText();
  const panel = await new PanelPage(workbench).frame.locator('body').innerText();
  const messages = await workbench.page.locator('.notification-toast').allInnerTexts();
  console.log(`\n${service} ${state}`);
  for (const row of rows) console.log(`  ${row.replaceAll('\n', ' | ')}`);
  console.log(`  status bar: ${bar.replaceAll('\n', ' | ')}`);
  console.log(`  panel: ${panel.slice(0, 400).replaceAll('\n', ' | ')}`);
  console.log(`  messages: ${messages.join(' || ')}`);
  await workbench.screenshot(`outage-${service}-${state}`);
}
