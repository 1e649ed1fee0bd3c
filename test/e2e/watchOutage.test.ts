import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { walkThrough } from './steps';
import type { RowQuery, Workbench } from './workbench';

const settings = { 'connectionsExplorer.pollInterval': 5 };
/** The sample's connection whose backfills are not over. */
const moving: RowQuery = { name: 'Web and App – Retail EU', level: 1 };
const size = { rate: 0, connections: 10, datasets: 3, backfills: 3, backfillSeconds: 3600 };
/** Until the polls of an account that failed for long come often again. */
const RECOVERY_MS = 120_000;

walkThrough(
  'a service that recovers while it is watched',
  (step) => {
    let sample: SampleService;
    let mend: () => void;
    after(() => sample.close());

    const stale = (workbench: Workbench): ReturnType<Workbench['rows']> =>
      workbench.rows().filter({ hasText: 'may be outdated' });
    const problems = (workbench: Workbench): ReturnType<Workbench['rows']> =>
      workbench.rows().and(workbench.page.getByRole('treeitem', { name: /, Problem\b/ }));

    step('shows its rows as outdated during the outage', async (workbench) => {
      sample = await startSampleService(size);
      await workbench.openView();
      await addAccount(workbench, sample, 'Retail');
      await workbench.sideBarWidth(620);
      await workbench.contextMenu(moving, 'Watch');
      await workbench.rows(moving).filter({ hasText: 'watched' }).waitFor();
      await workbench.expand(moving);
      await workbench.row({ name: /./, level: 2 });
      mend = sample.inject({ match: { path: /^\/data/ }, status: 503, body: {} });
      await workbench.titleButton('Connections', 'Refresh');
      await stale(workbench).first().waitFor();
      await problems(workbench).first().waitFor();
      await workbench.screenshot('watch-outage-1-stale');
    });

    step('reloads them when it answers a poll, without a manual refresh', async (workbench) => {
      sample.clearRequests();
      mend();
      const isOver = async (): Promise<boolean> =>
        (await stale(workbench).count()) + (await problems(workbench).count()) === 0;
      await workbench.until('all rows are up to date', isOver, RECOVERY_MS);
      for (const query of [moving, { name: /./, level: 2 }]) await workbench.row(query);
      await workbench.screenshot('watch-outage-2-recovered');
      const answered = sample.requests.filter(({ status }) => status === 200);
      const isPoll = ({ query }: { readonly query: URLSearchParams }): boolean => query.has('connectionIds');
      assert.ok(answered.findIndex(isPoll) < answered.findIndex((request) => !isPoll(request)));
    });
  },
  { settings },
);
