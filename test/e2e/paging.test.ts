import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { walkThrough } from './steps';

walkThrough('a long list', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  step('says how much of it is shown, and shows more on a click', async (workbench) => {
    sample = await startSampleService({ rate: 0, connections: 1, datasets: 1, backfills: 250 });
    await workbench.openView();
    await workbench.sideBarWidth(560);
    await addAccount(workbench, sample, 'Retail');
    await workbench.expand({ name: /./, level: 1 });
    // A click expands it, and gives the keys to the tree.
    await (await workbench.row({ name: /./, level: 2 })).click();
    await workbench.row({ name: /./, level: 3 });
    await workbench.page.keyboard.press('End');
    const more = workbench.rows({ name: 'Load More', level: 3 });
    await showsMore('100 of 250 shown');
    await more.click();
    await showsMore('200 of 250 shown');

    /** A list that grew has its end out of sight: the key for the last row of all brings it back. */
    async function showsMore(text: string): Promise<void> {
      await workbench.until(text, async () => {
        for (const key of ['End', 'ArrowUp', 'ArrowUp']) await workbench.page.keyboard.press(key);
        return (await more.filter({ hasText: text }).count()) > 0;
      });
    }
  });
});
