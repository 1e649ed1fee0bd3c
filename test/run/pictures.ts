/**
 * Takes pictures of the window in every theme, for the eye: out/screenshots/looks-*.png.
 *
 *   node out/run/pictures.js
 */
import { openWorkbench } from '../ui/openWorkbench';
import type { Workbench } from '../ui/workbench';
import { startSampleService } from '../../src/sample/server';
import { addAccount } from '../ui/accounts';
import { program } from './lib/program';

const themes = ['Dark Modern', 'Light Modern', 'Dark High Contrast', 'Light High Contrast'];

program(async () => {
  const sample = await startSampleService({ rate: 0, backfillSeconds: 3600 });
  const { workbench, close } = await openWorkbench();
  try {
    await workbench.openView('Connections');
    await addAccount(workbench, sample, 'Retail');
    await workbench.expand({ name: /^Checkout/, level: 1 });
    await workbench.expand({ name: /./, level: 2 });
    await workbench.row({ name: /./, level: 3 });
    await workbench.sideBarWidth(480);
    sample.inject({ match: { path: /backfills$/ }, status: 500, body: {} });
    await workbench.expand({ name: /^Web events/, level: 2 });
    await workbench.rows().filter({ hasText: 'HTTP 500' }).waitFor({ timeout: 20_000 });
    await workbench.openRuns();
    await workbench
      .rows()
      .filter({ hasText: / ago · IN_/ })
      .first()
      .waitFor({ timeout: 20_000 });
    for (const theme of themes) await picture(workbench, theme);
    return 0;
  } finally {
    await close();
    await sample.close();
  }
}, 120_000);

async function picture(workbench: Workbench, theme: string): Promise<void> {
  await workbench.runCommand('Preferences: Color Theme');
  await workbench.pick(theme);
  await workbench
    .rows({ name: /^Checkout/, level: 1 })
    .first()
    .hover();
  await workbench.page.locator('.monaco-hover').getByText('Status').first().waitFor();
  await workbench.screenshot(`looks-${theme}`);
  await workbench.page.mouse.move(900, 700);
}
