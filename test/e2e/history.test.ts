import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { PanelPage } from './panelPage';
import { walkThrough } from './steps';

const HOSTILE = '[Click](command:workbench.action.quit) <img src=x onerror=alert(1)> \u202Eevil\u0000';

walkThrough('the history of connections and data views', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  const asked = (): number => sample.requests.filter(({ path }) => path.startsWith('/auditlogs')).length;
  const connection = { name: /./, level: 1 } as const;

  step('nothing is asked for before the tab is opened', async (workbench) => {
    sample = await startSampleService({ rate: 0, connections: 1, dataViews: 1, auditEntries: 130 });
    await workbench.openView();
    await workbench.sideBarWidth(320);
    await addAccount(workbench, sample, 'Data');
    await workbench.contextMenu(connection, 'Show Details');
    const panel = new PanelPage(workbench);
    await panel.frame.getByRole('tab', { name: 'History' }).waitFor();
    await panel.frame.getByRole('table', { name: 'Datasets' }).waitFor();
    assert.equal(asked(), 0);
  });

  step('the tab lists who did what, by one request, and more on demand', async (workbench) => {
    const panel = new PanelPage(workbench);
    await panel.open('History');
    const rows = panel.frame.locator('.log tbody tr');
    await rows.nth(99).waitFor();
    assert.deepEqual([asked(), await rows.count()], [1, 100]);
    await workbench.screenshot('history-1-connection');
    await panel.button('Load More').click();
    await rows.nth(129).waitFor();
    assert.equal(asked(), 2);
    await rows.nth(129).getByText('Created', { exact: true }).waitFor();
  });

  step('it is filtered, and an entry is copied, by the keyboard', async (workbench) => {
    const panel = new PanelPage(workbench);
    const { keyboard } = workbench.page;
    await panel.frame.getByRole('tab', { name: 'History' }).focus();
    await panel.tabTo(/^(Filter|filter.*)$/);
    await keyboard.type('created connection');
    await panel.frame.getByText('1 of 130').waitFor();
    await panel.tabTo(/^Copy Entry$/);
    await keyboard.press('Enter');
    await workbench.until('an entry is copied', async () =>
      /^\d{4}-.*, Created, .*Created connection/.test(await workbench.clipboard()),
    );
    assert.deepEqual(await panel.complaints(), []);
    await panel.tabTo(/^(Filter|filter.*)$/, 'Shift+Tab');
    await keyboard.press('Escape');
    await panel.frame.getByText('130 rows', { exact: true }).waitFor();
  });

  step('Ctrl+F finds text in it', async (workbench) => {
    const panel = new PanelPage(workbench);
    await panel.frame.locator('.log tbody tr').first().click();
    await workbench.page.keyboard.press('Control+f');
    await workbench.page.locator('.webview-find-widget, .simple-find-part.visible').first().waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  step('Refresh reads the newest entries again, as text, whatever they say', async (workbench) => {
    const panel = new PanelPage(workbench);
    const before = asked();
    const removes = sample.inject({
      match: { path: /^\/auditlogs/ },
      change: (json) => {
        const { content } = json as { content: object[] };
        const user = { name: HOSTILE, email: null };
        return { ...(json as object), content: [{ ...content[0], description: HOSTILE, user }], last: true };
      },
    });
    await panel.button('Refresh History').click();
    await panel.frame.locator('.log').getByText('<img src=x onerror=alert(1)>').first().waitFor();
    await panel.frame.getByText(/announced 130 items but sent 1/).waitFor();
    assert.equal(asked(), before + 1);
    await workbench.screenshot('history-2-hostile');
    removes();
  });

  step('absent permissions are explained, and Retry reads it once they are there', async (workbench) => {
    const panel = new PanelPage(workbench);
    const removes = sample.inject({
      match: { path: /^\/auditlogs/ },
      status: 403,
      body: { errorCode: 'insufficient_access', errorDescription: 'No access to audit logs' },
    });
    await panel.button('Refresh History').click();
    await panel.frame.getByText(/permission "Audit Logs Access"/).waitFor();
    await panel.frame.getByText('May be outdated').waitFor();
    await workbench.screenshot('history-3-denied');
    removes();
    await panel.button('Retry').click();
    await panel.frame.locator('.log tbody tr').nth(99).waitFor();
    await panel.frame.getByText('May be outdated').waitFor({ state: 'hidden' });
  });

  step('a data view has one too, and a dataset none', async (workbench) => {
    const panel = new PanelPage(workbench);
    await workbench.expand(connection);
    await workbench.contextMenu({ name: /Web events/, level: 2 }, 'Show Details');
    await panel.about(/Web events/);
    assert.equal((await panel.tabNames()).includes('History'), false);
    await workbench.expand({ name: 'Data Views', level: 2 });
    await workbench.contextMenu({ name: /default/, level: 3 }, 'Show Details');
    await panel.about(/default/);
    await panel.open('History');
    await panel.frame.locator('.log tbody tr').nth(99).waitFor();
  });
});
