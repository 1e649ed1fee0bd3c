import { walkThrough } from './steps';
import type { RowQuery, Workbench } from './workbench';

const settings = { 'connectionsExplorer.pollInterval': 5 };
/** The connection whose backfill goes from the queue to completion within a minute of the start of the sample. */
const moving: RowQuery = { name: 'Web and App – Retail EU', level: 1 };

/** Sees the backfill run and come to its end. */
async function seeItEnd(workbench: Workbench): Promise<void> {
  await workbench
    .rows(moving)
    .filter({ hasText: /watched/ })
    .filter({ hasText: /queue|progress/ })
    .waitFor();
  await workbench.rows(moving).filter({ hasText: 'progress' }).waitFor();
  await workbench.notification(/Backfill finished: Web and App – Retail EU › |2 watched runs finished/);
}

walkThrough(
  'a watch over sample data',
  (step) => {
    step('notifies that a backfill is done', async (workbench) => {
      await workbench.openView();
      await workbench.welcome('Explore Sample Data').click();
      await workbench.choose('Adobe Customer Journey Analytics');
      await workbench.sideBarWidth(480);
      // Far down in a long list.
      await workbench.runCommand('Connections: Filter…');
      await workbench.type('Web and App', 'Filter Connections');
      await workbench.contextMenu(moving, 'Watch');
      await seeItEnd(workbench);
      await workbench.dismiss();
    });

    step('notifies again when the sample starts over with the same IDs after a reload', async (workbench) => {
      await workbench.kept('"watched:account');
      await workbench.reload();
      await seeItEnd(workbench);
      await workbench.screenshot('watch-sample-1-again');
    });
  },
  { settings },
);
