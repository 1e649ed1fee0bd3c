import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { walkThrough } from './steps';
import type { Workbench } from './workbench';

const adobe = { name: /^Retail/, level: 1 };
const immuta = { name: /^Governance/, level: 1 };

/** The description and the spoken label of the row of an account. */
async function getTexts(workbench: Workbench, query: typeof adobe): Promise<readonly [string, string]> {
  const row = await workbench.row(query);
  const description = (await row.locator('.label-description').textContent()) ?? '';
  return [description, (await row.getAttribute('aria-label')) ?? ''];
}

walkThrough(
  'rows of several accounts',
  (step) => {
    let sample: SampleService;
    after(() => sample.close());

    step('name their service, and show no counts if nothing is loaded', async (workbench) => {
      sample = await startSampleService({
        rate: 0,
        connections: 12,
        datasets: 2,
        backfillSeconds: 3600,
        immuta: { runSeconds: 3600 },
      });
      await workbench.openView();
      await workbench.sideBarWidth(600);
      await addAccount(workbench, sample, 'Retail');
      await addAccount(workbench, sample, 'Governance', 'immuta');
      await workbench.until('both services', async () => {
        const [[retail], [governance]] = [
          await getTexts(workbench, adobe),
          await getTexts(workbench, immuta),
        ];
        // The connections of the first account are loaded while it is the only one.
        return retail.includes('Adobe Customer Journey Analytics') && governance === 'Immuta';
      });
      const icons = workbench.rows({ name: /./, level: 1 }).locator('.custom-view-tree-node-item-icon');
      assert.notEqual(await icons.nth(0).getAttribute('class'), await icons.nth(1).getAttribute('class'));
    });

    step(
      'show the worst status below, the numbers and that all are loaded, on screen and to screen readers',
      async (workbench) => {
        await workbench.expand(adobe);
        await workbench.row({ name: /./, level: 2 });
        await workbench.until('the counts', async () => {
          const [description, label] = await getTexts(workbench, adobe);
          return (
            /^\d+ failed, .* · Adobe Customer Journey Analytics · 12 connections$/.test(description) &&
            label.includes('failed') &&
            label.includes(description)
          );
        });
        await workbench.screenshot('account-rows');
        await workbench.hoverUntil(
          await workbench.row(adobe),
          /Service: Adobe[\s\S]*Connections: 12 connections[\s\S]*failed: \d+ connection/,
        );
        await workbench.screenshot('account-tooltip');
      },
    );

    step(
      'are drawn again with other counts without a change of what is selected below',
      async (workbench) => {
        const [before] = await getTexts(workbench, adobe);
        const calm = workbench.rows({ name: /./, level: 2 }).filter({ hasNotText: /queued|progress/ });
        const name = await calm.first().locator('.label-name').innerText();
        await workbench.row({ name, level: 2 }).then((row) => row.locator('.label-name').click());
        await workbench.until('it is selected', async () => (await workbench.selected()).join() === name);
        sample.cja.finishBackfills();
        await workbench.until(
          'other counts by polling',
          async () => (await getTexts(workbench, adobe))[0] !== before,
        );
        await workbench.screenshot('account-rows-selected');
        assert.ok(!(await workbench.holds(async () => (await workbench.selected()).join() !== name, 3_000)));
      },
    );
  },
  { settings: { 'connectionsExplorer.pollInterval': 5 } },
);
