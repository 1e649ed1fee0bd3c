import assert from 'node:assert/strict';
import { after } from 'node:test';
import * as v from 'valibot';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { polls, getPolls } from './polls';
import { addAccount } from './accounts';
import { walkThrough } from './steps';
import type { RowQuery } from './workbench';

const settings = { 'connectionsExplorer.pollInterval': 5 };
/** The sample's connection whose backfills go from the queue to completion with the time. */
const moving: RowQuery = { name: 'Web and App – Retail EU', level: 1 };

/** The first of the sample's connections with a backfill that lasts until it is ended. */
const busy: RowQuery = { name: 'Returns – Insurance LATAM', level: 1 };

walkThrough(
  'watching active runs',
  (step) => {
    let sample: SampleService;
    after(() => sample.close());

    step('the Runs view is empty without an account, and says what it is for', async (workbench) => {
      await workbench.openView();
      await workbench.openRuns();
      await workbench.page
        .locator('.sidebar')
        .getByText('Running, queued and recently failed runs')
        .waitFor();
      await workbench.screenshot('watch-1-empty');
    });

    step('it lists active, waiting and failed runs, newest first', async (workbench) => {
      sample = await startSampleService({
        rate: 0,
        connections: 10,
        datasets: 3,
        backfills: 3,
        backfillSeconds: 3600,
      });
      await addAccount(workbench, sample, 'Retail');
      await workbench.sideBarWidth(620);
      await workbench
        .rows()
        .filter({ hasText: / ago · in progress/ })
        .first()
        .waitFor();
      await workbench.screenshot('watch-2-runs');
    });

    step('the status bar counts active and failed runs', async (workbench) => {
      const item = workbench.page
        .locator('.statusbar')
        .getByRole('button', { name: /Connections: 1 running/ });
      await item.waitFor();
    });

    step('a watched connection notifies once that its backfill is done', async (workbench) => {
      await workbench.contextMenu(moving, 'Watch');
      await workbench.rows(moving).filter({ hasText: 'watched' }).waitFor();
      sample.advance(2 * 3600);
      sample.clearRequests();
      const message = await workbench.notification(/Backfill finished: Web and App – Retail EU › /);
      assert.equal(getPolls(sample).length, 1, 'told by the first answer after the end');
      await workbench.screenshot('watch-3-notification');
      await workbench.rows(moving).filter({ hasNotText: 'queue' }).waitFor();
      await polls(sample, 2);
      assert.equal(await message.count(), 1);
    });

    step('the message leads to the details of the backfill', async (workbench) => {
      const message = await workbench.notification(/Backfill finished/);
      await message.hover();
      await message.getByRole('button', { name: 'Show Details' }).click();
      await workbench.page.getByRole('tab', { name: /–/ }).first().waitFor();
    });

    step('a backfill that starts below an expanded row is shown there', async (workbench) => {
      await workbench.contextMenu(busy, 'Copy ID');
      await workbench.confirmed(/Copied ID of /);
      await workbench.expand(busy);
      const dataset = workbench.rows({ name: /./, level: 2 }).filter({ hasText: 'in progress' });
      await workbench.expand({ name: await dataset.locator('.label-name').innerText(), level: 2 });
      const backfills = workbench.rows({ name: /./, level: 3 });
      await backfills.first().waitFor();
      const before = await backfills.count();
      sample.clearRequests();
      sample.cja.beginBackfill(await workbench.clipboard());
      await workbench.until('one more backfill', async () => (await backfills.count()) === before + 1);
      assert.match(await backfills.first().innerText(), /in progress/);
      assert.ok(sample.requests.every(({ path }) => !path.includes('backfills')));
      await workbench.screenshot('watch-4-begun');
    });

    step('a run of no list is not revealed, and the message says why', async (workbench) => {
      const hidden = await hiddenDataView(sample);
      await workbench.runCommand('File: New Untitled Text File');
      await workbench.page.locator('.editor-instance .view-line').first().click();
      await workbench.page.keyboard.type(hidden.id);
      await workbench.runCommand('Connections: Reveal ID Under Cursor in Tree');
      const text = `${hidden.connection}, the parent of ${hidden.id}, was not found in "Retail".`;
      await workbench.notification(new RegExp(text));
      await workbench.screenshot('watch-5-hidden');
    });
  },
  { settings },
);

/** A data view that the account may read, of a connection that it may not list. */
async function hiddenDataView({ origin, credentials, cja }: SampleService): Promise<Hidden> {
  const headers = {
    authorization: `Bearer ${cja.issueToken()}`,
    'x-api-key': credentials('cja').settings.clientId,
    'x-gw-ims-org-id': credentials('cja').settings.orgId,
  };
  const read = async (path: string): Promise<readonly Hidden[]> => {
    const answer: unknown = await (await fetch(`${origin}${path}`, { headers })).json();
    return v
      .parse(list, answer)
      .content.map(({ id, parentDataGroupId }) => ({ id, connection: parentDataGroupId }));
  };
  const listed = new Set((await read('/data/connections?limit=1000')).map(({ id }) => id));
  const dataViews = await read('/data/dataviews?limit=1000&expansion=parentDataGroupId');
  return dataViews.find(({ connection }) => !listed.has(connection)) ?? assert.fail('all are listed');
}

interface Hidden {
  readonly id: string;
  readonly connection: string;
}

const list = v.object({
  content: v.array(v.object({ id: v.string(), parentDataGroupId: v.optional(v.string(), '') })),
});
