/**
 * Takes pictures of watching runs in every theme, for visual review: the Runs view with and without runs, the
 * tooltip of a run, the status bar item, and notifications of one and of several ended runs.
 * out/screenshots/runs-*.png.
 *
 *   node out/scripts/watchPictures.js
 */
import { startSampleService, type SampleService } from '../../src/sample/server';
import { openWorkbench } from '../e2e/openWorkbench';
import { addAccount } from '../e2e/accounts';
import type { RowQuery, Workbench } from '../e2e/workbench';
import { themeTitles } from '../e2e/themedPage';
import { program } from './lib/program';

const settings = { 'connectionsExplorer.pollInterval': 5 };
/**
 * Connections of the sample: one whose backfill ends over time, and one whose backfills all end on request.
 */
const moving: RowQuery = { name: 'Web and App – Retail EU' };
const running: RowQuery = { name: 'Returns – Insurance LATAM' };

program(async () => {
  const sample = await startSampleService({ rate: 0, connections: 10, datasets: 3, backfillSeconds: 3600 });
  const { workbench, close } = await openWorkbench({ settings });
  try {
    await workbench.openView();
    await workbench.sideBarWidth(560);
    await workbench.openRuns();
    await inEveryTheme(workbench, 'empty');
    await addAccount(workbench, sample, 'Retail');
    await addAccount(workbench, sample, 'Warehouse', 'krenalis');
    await workbench.titleButton('Runs', 'Refresh Runs');
    const run = workbench.rows().filter({ hasText: / · running · | ago · IN_/ });
    await run.first().waitFor();
    await inEveryTheme(workbench, 'list', async () => {
      await workbench.hoverUntil(run.first(), /Status|State|Started|Created/);
    });
    await endings(workbench, sample);
    await inEveryTheme(workbench, 'told', () => openCentre(workbench));
    return 0;
  } catch (error) {
    await workbench.screenshot('runs-failed');
    throw error;
  } finally {
    await close();
    await sample.close();
  }
}, 240_000);

/** Ends one watched backfill, then two at once. */
async function endings(workbench: Workbench, sample: SampleService): Promise<void> {
  await workbench.expand({ name: 'Retail', level: 1 });
  for (const row of [moving, running]) await workbench.contextMenu(row, 'Watch');
  await workbench.contextMenu(running, 'Copy ID');
  await workbench.confirmed(/Copied ID of /);
  sample.cja.beginBackfill(await workbench.clipboard());
  sample.advance(2 * 3600);
  await workbench.notification(/Backfill finished/);
  sample.cja.finishBackfills();
  await workbench.notification(/watched runs/);
}

async function openCentre(workbench: Workbench): Promise<void> {
  await workbench.notification(/Backfill/);
  await workbench.messages(/Backfill/).hover();
}

async function inEveryTheme(
  workbench: Workbench,
  name: string,
  prepare: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  for (const theme of Object.values(themeTitles)) {
    await workbench.setTheme(theme);
    await prepare();
    // Tooltips fade in.
    await workbench.page.waitForTimeout(300);
    await workbench.screenshot(`runs-${name}-${theme}`);
    await workbench.page.mouse.move(1000, 500);
  }
}
