import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount, printInTerminal } from './accounts';
import { PanelPage } from './panelPage';
import { walkThrough } from './steps';

walkThrough(
  'an ID in a terminal',
  (step) => {
    let sample: SampleService;
    let name = '';
    let id = '';
    after(() => sample.close());

    step('is a link that shows the details by a click with Ctrl held', async (workbench) => {
      sample = await startSampleService({ rate: 0, connections: 4, datasets: 2 });
      await workbench.openView();
      await addAccount(workbench, sample, 'Retail');
      name = await workbench.getName({ name: /./, level: 1 });
      await workbench.contextMenu({ name, level: 1 }, 'Copy ID');
      await workbench.until('the ID is copied', async () => (await workbench.clipboard()).startsWith('dg_'));
      id = await workbench.clipboard();
      await printInTerminal(workbench, [`${id} done`, '0123456789abcdef01234567 is another program’s']);
      const line = workbench.page.locator('.xterm-rows > div').filter({ hasText: id });
      await line.waitFor();
      await workbench.until('the details', async () => {
        const { x, y } = (await line.boundingBox()) ?? assert.fail();
        // Another part of the window takes the pointer for the terminal, which looks for links where it moves.
        await workbench.page.keyboard.down('Control');
        await workbench.page.mouse.move(x + 30, y + 6);
        await workbench.page.mouse.move(x + 60, y + 6, { steps: 4 });
        await workbench.page.getByText('Show Details (ctrl + click)').waitFor();
        await workbench.page.mouse.click(x + 60, y + 6);
        await workbench.page.keyboard.up('Control');
        return workbench.holds(async () => (await workbench.tab(name).count()) > 0, 4_000);
      });
      await new PanelPage(workbench).about(name);
      await workbench.screenshot('terminal-link');
    });
  },
  { settings: { 'terminal.integrated.gpuAcceleration': 'off' } },
);
