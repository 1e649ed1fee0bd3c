import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { PanelPage } from './panelPage';
import { CLICKS_SHOW_DETAILS, walkThrough } from './steps';
import type { Workbench } from './workbench';

const connections = /\/data\/connections$/;

/** A successful poll would reload a failed list before its row is clicked. */
const settings = { settings: { ...CLICKS_SHOW_DETAILS, 'connectionsExplorer.pollInterval': 3600 } };

walkThrough(
  'the buttons of messages',
  (step) => {
    let sample: SampleService;
    after(() => sample.close());

    const press = async (workbench: Workbench, text: RegExp, button: string): Promise<void> => {
      const message = await workbench.notification(text);
      // The tooltip of the button that opened the notifications would cover the button.
      await workbench.page.mouse.move(0, 0);
      await message.getByRole('button', { name: button, exact: true }).click();
    };
    const refreshStatus = (workbench: Workbench): Promise<void> =>
      workbench.runCommand('Connections: Refresh Backfill Status');

    step('Retry loads a status that could not be loaded', async (workbench) => {
      sample = await startSampleService({ rate: 0, connections: 4 });
      await workbench.openView();
      await workbench.sideBarWidth(700);
      await addAccount(workbench, sample, 'Retail');
      await workbench.row({ name: /^Checkout/, level: 1 });
      const stop = sample.inject({ match: { path: connections }, status: 500, body: {} });
      await refreshStatus(workbench);
      const failure =
        /Some statuses could not be loaded\. Retail \(Adobe Customer Journey Analytics\): The service reported an internal error\..*HTTP 500.*Try again later\./;
      await workbench.notification(failure);
      await workbench.screenshot('remedies - status');
      assert.equal(await workbench.page.getByText('status refreshed').count(), 0);
      stop();
      await press(workbench, failure, 'Retry');
      await workbench.notification(/Retail: status refreshed\./);
      await workbench.dismiss();
    });

    step('Show Log shows the failed request', async (workbench) => {
      const stop = sample.inject({ match: { path: connections }, status: 500, body: {} });
      await refreshStatus(workbench);
      await press(workbench, /Some statuses could not be loaded/, 'Show Log');
      await workbench.page.locator('.part.panel .output-view').waitFor();
      const chosen = workbench.page.getByLabel('Switch Output').locator('option:checked');
      await workbench.until('the log of the extension', async () =>
        (await chosen.allTextContents()).some((text) => text.includes('Connections Explorer')),
      );
      stop();
      await workbench.runCommand('View: Hide Panel');
      await workbench.dismiss();
    });

    step('a refused sign-in names the account, and opens its form', async (workbench) => {
      const stops = [
        sample.inject({
          match: { path: /^\/data\// },
          status: 401,
          body: { error_code: '401013', message: 'Ended' },
        }),
        sample.inject({
          match: { path: /^\/ims\/token/ },
          status: 400,
          body: { error: 'invalid_client', error_description: 'invalid client_secret parameter' },
        }),
      ];
      await (await workbench.row({ name: /^Checkout/, level: 1 })).click();
      await workbench.runCommand('Connections: Copy JSON');
      const failure =
        /Retail \(Adobe Customer Journey Analytics\): Sign-in failed\..*client_secret.*check the client secret/;
      await workbench.notification(failure);
      await workbench.screenshot('remedies - sign-in');
      await press(workbench, failure, 'Edit Account');
      const form = workbench.quickInput.filter({ hasText: 'Edit Account "Retail"' });
      await form.waitFor();
      await workbench.dismiss();
      // The row with the problem offers the same.
      await workbench.titleButton('Connections', 'Refresh');
      const row = workbench.page.getByRole('treeitem', { name: /^Sign-in failed.*, Problem\b/ });
      await row.hover();
      await workbench.screenshot('remedies - row');
      await workbench.pressInRow(row, 'Edit Account…', form);
      await workbench.dismiss();
      // So does the panel, in the same words.
      const panel = new PanelPage(workbench);
      await panel.about(/^Checkout/);
      const top = panel.frame.getByRole('banner');
      await top.getByRole('button', { name: 'Retry' }).waitFor();
      await workbench.screenshot('remedies - panel');
      await top.getByRole('button', { name: 'Edit Account…' }).click();
      await form.waitFor();
      await workbench.dismiss();
      for (const stop of stops) stop();
    });

    step('a repeated failure is described in full once, and in short below', async (workbench) => {
      await addAccount(workbench, sample, 'Customers', 'krenalis');
      await workbench.expand({ name: 'Customers', level: 1 });
      await workbench.expand({ name: 'Website', level: 2 });
      await workbench.rows({ name: 'Identities', level: 3 }).waitFor();
      const stop = sample.inject({ match: { path: /^\/v1\// }, status: 503, body: 'upstream is gone' });
      await workbench.titleButton('Connections', 'Refresh');
      const failures = (level: number): ReturnType<Workbench['rows']> =>
        workbench.rows({ name: 'The service reported an internal error.', level });
      await failures(2).filter({ hasText: 'upstream is gone' }).waitFor();
      await failures(3).filter({ hasText: 'same problem as above' }).waitFor();
      assert.equal(await failures(3).filter({ hasText: 'upstream' }).count(), 0);
      await workbench.hoverUntil(failures(2), /Account: Customers \(Krenalis\)[\s\S]*upstream is gone/);
      await workbench.screenshot('remedies - told once');
      stop();
      await workbench.titleButton('Connections', 'Refresh');
      await failures(2).waitFor({ state: 'detached' });
      await failures(3).waitFor({ state: 'detached' });
    });

    step('several accounts are reported one by one', async (workbench) => {
      await workbench.titleMenu('Refresh Backfill Status of All Connections');
      await workbench.notification(/Customers: .* Retail: /);
      await workbench.dismiss();
    });

    step('a refresh replaces one that hangs', async (workbench) => {
      await workbench.expand({ name: 'Retail', level: 1 });
      await workbench.row({ name: /^Checkout/, level: 2 });
      sample.clearRequests();
      const hang = sample.inject({ match: { path: connections }, times: 1, hang: true });
      await workbench.titleButton('Connections', 'Refresh');
      const asked = (): readonly { readonly status?: number | undefined }[] =>
        sample.requests.filter(({ path }) => path.endsWith('/data/connections'));
      await workbench.until('the first request', () => Promise.resolve(asked().length === 1));
      // A person who waits in vain, and asks again.
      await workbench.until('an answer to a later request', async () => {
        await workbench.titleButton('Connections', 'Refresh');
        return asked().some(({ status }) => status === 200);
      });
      assert.equal(asked()[0]?.status, 0, 'the first request was answered');
      await workbench.row({ name: /^Checkout/, level: 2 });
      const problems = workbench.page.getByRole('treeitem', { name: /, Problem\b/ });
      await workbench.until('no problem', async () => (await problems.count()) === 0);
      hang();
    });
  },
  settings,
);
