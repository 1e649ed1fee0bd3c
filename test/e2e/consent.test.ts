import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { walkThrough } from './steps';
import type { Workbench } from './workbench';

walkThrough('consent for a Krenalis connection', (step) => {
  const application = new URL('https://login.mailchimp.example/authorize?scope=lists%20reports');
  let sample: SampleService;
  after(() => sample.close());

  /** Gives the application an address as a real one has: the web's VS Code leads one of this machine elsewhere. */
  const publish = async ({ page }: Workbench): Promise<void> => {
    sample.inject({ match: { path: /auth-url$/ }, body: { authUrl: application.href } });
    await page.context().route(`${application.origin}/**`, async (route) => {
      const asked = sample.requests.findLast(({ path }) => path.endsWith('/auth-url'));
      const query = new URLSearchParams({
        client_id: 'Mailchimp',
        redirect_uri: asked?.query.get('redirectURI') ?? '',
        state: new URL(route.request().url()).searchParams.get('state') ?? '',
      });
      await route.fulfill({
        response: await route.fetch({
          url: `${sample.origin}/sample-application/authorize?${query.toString()}`,
        }),
      });
    });
  };

  /** Sends the open document as far as the page of the application, and follows a link there. */
  const consent = async (workbench: Workbench, link: 'Allow' | 'Deny'): Promise<void> => {
    await workbench.page.keyboard.press('Control+s');
    await workbench.sendButton.click();
    const question = workbench.page.locator('.monaco-dialog-box').filter({ hasText: 'Mailchimp' });
    await question.getByText(application.host).waitFor();
    await workbench.screenshot('consent-question');
    const opened = workbench.page.context().waitForEvent('page');
    await workbench.answer('Open in Browser');
    // VS Code asks before it opens a page of a host that it does not know.
    await workbench.answer('Open');
    const browser = await opened;
    await browser.getByRole('heading', { name: 'Mailchimp' }).waitFor();
    await workbench.notification('Waiting for authorization in the browser');
    await workbench.screenshot('consent-waiting');
    await browser.getByRole('link', { name: link }).click();
    await browser.waitForURL(/\/callback/);
    await browser.close();
  };

  const posted = (): readonly string[] =>
    sample.requests.filter(({ method }) => method === 'POST').map(({ body }) => body);

  step('a connection that needs the consent of Mailchimp is drafted', async (workbench) => {
    sample = await startSampleService({ rate: 0 });
    await workbench.openView();
    await workbench.sideBarWidth(480);
    await publish(workbench);
    await addAccount(workbench, sample, 'Events', 'krenalis');
    await workbench.row({ name: 'Website', level: 1 });
    await workbench.runCommand('Connections: Create Connection…');
    assert.match(await workbench.editorText(), /requires authorization/);
    const text = JSON.stringify({ name: 'Readers', role: 'Source', connector: 'mailchimp', settings: {} });
    await workbench.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    await workbench.page.keyboard.press('Control+a');
    await workbench.page.keyboard.press('Control+v');
    await workbench.until('the text is there', async () => (await workbench.editorText()) === text);
  });

  step('if it is denied in the browser, nothing is created, and the text stays', async (workbench) => {
    await consent(workbench, 'Deny');
    await workbench.notification(/denied in the browser.*access_denied/);
    await workbench.screenshot('consent-refused');
    assert.deepEqual(posted(), []);
    await workbench.dismiss();
    await workbench.page.getByRole('tab', { name: 'Create Connection Events.jsonc' }).click();
    assert.match(await workbench.editorText(), /mailchimp/);
  });

  step(
    'if it is given, the connection is created with its token, which no document shows',
    async (workbench) => {
      await consent(workbench, 'Allow');
      await workbench.row({ name: 'Readers', level: 1 });
      const [body = ''] = posted();
      assert.match(body, /"authToken":"sample-token/);
      await workbench.notification(/succeeded for/);
      await workbench.dismiss();
      assert.doesNotMatch(await workbench.page.locator('body').innerText(), /sample-token|sample-consent/);
      await workbench.screenshot('consent-given');
    },
  );
});
