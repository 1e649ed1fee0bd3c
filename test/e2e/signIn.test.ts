import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { ADD_ACCOUNT, setAddresses } from './signIn';
import { walkThrough } from './steps';

walkThrough('signing in', (step) => {
  let sample: SampleService;
  let folder: string;
  after(async () => {
    await sample.close();
    await rm(folder, { recursive: true, maxRetries: 5 });
  });

  step('an answer is validated while it is typed', async (workbench) => {
    sample = await startSampleService({ rate: 0 });
    folder = await mkdtemp(join(tmpdir(), 'sign-in-'));
    await workbench.openView();
    await workbench.welcome('Add Account').click();
    await workbench.choose('Adobe Customer Journey Analytics');
    await workbench.choose('OAuth Server-to-Server');
    await workbench.quickInput.filter({ hasText: 'Client ID (3/8)' }).waitFor();
    await workbench.input.fill('two words');
    await workbench.quickInput.getByText('It consists of letters and digits').waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.type(sample.credentials('cja').settings.clientId, 'Client ID');
    await workbench.quickInput.filter({ hasText: 'Client secret (4/8)' }).waitFor();
  });

  step('a secret is masked', async (workbench) => {
    assert.equal(await workbench.input.getAttribute('type'), 'password');
    await workbench.type('a-wrong-secret', 'Client secret');
  });

  step('Back keeps the answers', async (workbench) => {
    await workbench.quickInput.filter({ hasText: 'Organization ID (5/8)' }).waitFor();
    await workbench.input.fill('someone@adobeorg');
    await workbench.quickInput.getByText('with a capital A and O').waitFor();
    await workbench.quickInput.getByRole('button', { name: 'Back' }).click();
    await workbench.quickInput.filter({ hasText: 'Client secret (4/8)' }).waitFor();
    assert.equal(await workbench.input.inputValue(), 'a-wrong-secret');
    await workbench.page.keyboard.press('Enter');
    await workbench.type('0123456789ABCDEF01234567@AdobeOrg', 'Organization ID');
  });

  step('scopes have a default, and the service proposes a name', async (workbench) => {
    await workbench.quickInput.filter({ hasText: 'Scopes (6/8)' }).waitFor();
    assert.match(await workbench.input.inputValue(), /^openid,/);
    await workbench.page.keyboard.press('Enter');
    await workbench.quickInput.filter({ hasText: 'name of the account' }).waitFor();
    assert.equal(await workbench.input.inputValue(), 'Adobe Customer Journey Analytics');
    await workbench.type('Retail', 'name of the account');
  });

  step('a wrong secret leads back to the secret, with the reason', async (workbench) => {
    await setAddresses(workbench, sample);
    await workbench.pick('Sign In');
    await workbench.quickInput.filter({ hasText: 'Client secret (4/8)' }).waitFor();
    await workbench.quickInput.getByText('check the client secret').waitFor();
    await workbench.screenshot('sign-in-wrong-secret');
  });

  step(
    'after the correction, it is verified at once, and a wrong organization leads to its own box',
    async (workbench) => {
      await workbench.type(sample.credentials('cja').secrets.clientSecret, 'Client secret');
      const organization = workbench.quickInput.filter({ hasText: 'Organization ID (5/8)' });
      await organization.getByText('check the organization ID').waitFor();
      assert.equal(await workbench.input.inputValue(), '0123456789ABCDEF01234567@AdobeOrg');
      await workbench.screenshot('sign-in-wrong-organization');
    },
  );

  step('after the correction, the account is saved and its connections are shown', async (workbench) => {
    await workbench.type(sample.credentials('cja').settings.orgId, 'Organization ID');
    await workbench.row({ name: /^Checkout/, level: 1 });
    await workbench.title('Retail').waitFor();
  });

  step('the only account is marked as production in the title and above the rows', async (workbench) => {
    await workbench.runCommand('Connections: Mark as Production', 'Retail');
    await workbench.title('Retail (Production)').waitFor();
    await workbench.message.filter({ hasText: 'Production' }).waitFor();
  });

  step('a file without credentials is refused', async (workbench) => {
    const file = join(folder, 'other.json');
    await writeFile(file, '{ "name": "no credentials" }');
    await workbench.runCommand(ADD_ACCOUNT, 'Adobe Customer Journey Analytics');
    await workbench.pick('Import Credentials File…');
    await workbench.chooseFile('Import Credentials File', file);
    await workbench.quickInput.filter({ hasText: 'Access token' }).waitFor();
  });

  step('a .env file in UTF-16, as PowerShell writes it, fills in the answers', async (workbench) => {
    const file = join(folder, '.env');
    await writeFile(
      file,
      Buffer.from('\uFEFFexport CLIENT_ID="from-env" # today\r\nSECRET=s\r\n', 'utf16le'),
    );
    await workbench.pick('Import Credentials File…');
    await workbench.chooseFile('Import Credentials File', file);
    await workbench.quickInput.filter({ hasText: 'Client ID (3/8)' }).waitFor();
    assert.equal(await workbench.input.inputValue(), 'from-env');
    await workbench.quickInput.getByRole('button', { name: 'Back' }).click();
    await workbench.quickInput.filter({ hasText: 'Access token' }).waitFor();
    await workbench.screenshot('sign-in-env-file');
  });

  step('the file of Developer Console fills in the answers', async (workbench) => {
    const { settings, secrets } = sample.credentials('cja');
    const file = join(folder, 'oauth.json');
    const credentials = {
      CLIENT_ID: settings.clientId,
      CLIENT_SECRETS: [secrets.clientSecret],
      ORG_ID: settings.orgId,
      SCOPES: ['openid', 'AdobeID'],
    };
    await writeFile(file, JSON.stringify(credentials));
    await workbench.pick('Import Credentials File…');
    await workbench.chooseFile('Import Credentials File', file);
    await workbench.quickInput.filter({ hasText: 'Client ID (3/8)' }).waitFor();
    assert.equal(await workbench.input.inputValue(), settings.clientId);
    for (const question of ['Client ID', 'Client secret', 'Organization ID', 'Scopes']) {
      await workbench.quickInput.filter({ hasText: question }).waitFor();
      await workbench.page.keyboard.press('Enter');
    }
    await workbench.type('Retail', 'name of the account');
    await workbench.quickInput.getByText('An account with this name already exists').waitFor();
    await workbench.type('Travel');
    await setAddresses(workbench, sample);
    await workbench.pick('Sign In');
  });

  step('two accounts are both at the root', async (workbench) => {
    await workbench.row({ name: 'Retail', level: 1 });
    await workbench.row({ name: 'Travel', level: 1 });
    await workbench.rows({ name: 'Retail', level: 1 }).filter({ hasText: 'Production' }).waitFor();
    await workbench.message.waitFor({ state: 'hidden' });
    await workbench.expand({ name: 'Travel', level: 1 });
    await workbench.row({ name: /^Checkout/, level: 2 });
    await workbench.screenshot('sign-in-two-accounts');
  });

  step('an account is renamed', async (workbench) => {
    await workbench.contextMenu({ name: 'Travel', level: 1 }, 'Rename Account…');
    await workbench.type('Voyage', 'name of the account');
    await workbench.row({ name: 'Voyage', level: 1 });
  });

  step('an account is edited, and its secret is kept if none is typed', async (workbench) => {
    await workbench.contextMenu({ name: 'Voyage', level: 1 }, 'Edit Account…');
    await workbench.choose('OAuth Server-to-Server');
    await workbench.type(sample.credentials('cja').settings.clientId, 'Client ID');
    await workbench.quickInput.filter({ hasText: 'Client secret' }).waitFor();
    assert.equal(await workbench.input.inputValue(), '');
    assert.equal(await workbench.input.getAttribute('placeholder'), 'Unchanged');
    await workbench.page.keyboard.press('Enter');
    await workbench.type(sample.credentials('cja').settings.orgId, 'Organization ID');
    await workbench.type('openid', 'Scopes');
    await workbench.type('Journeys', 'name of the account');
    await workbench.pick('Verify and Save');
    await workbench.row({ name: 'Journeys', level: 1 });
  });

  step('an account is verified', async (workbench) => {
    await workbench.contextMenu({ name: 'Journeys', level: 1 }, 'Verify Account');
    await workbench.notification(/"Journeys" is signed in as/);
    await workbench.dismiss();
  });

  step(
    'an account that cannot sign in is edited from its row, starting with the wrong answer',
    async (workbench) => {
      const stop = sample.inject({
        match: { path: /^\/data\/connections/ },
        status: 403,
        body: { error_code: '403027', message: 'Organization mismatch' },
      });
      await workbench.titleButton('Connections', 'Refresh');
      await workbench.rows({ name: 'Access denied.', level: 2 }).first().waitFor();
      const account = await workbench.row({ name: 'Journeys', level: 1 });
      await account.hover();
      await account.getByRole('button', { name: 'Edit Account…' }).click();
      const organization = workbench.quickInput.filter({
        hasText: 'Edit Account "Journeys" – Organization ID',
      });
      await organization.getByText('check the organization ID').waitFor();
      await workbench.screenshot('sign-in-edit-from-row');
      await workbench.page.keyboard.press('Escape');
      await workbench.quickInput.waitFor({ state: 'hidden' });
      // By keyboard only.
      await workbench.runCommand('Connections: Edit Account…');
      await workbench.quickInput.getByRole('option', { name: /^Journeys/ }).waitFor();
      await workbench.type('Journeys');
      await organization.getByText('check the organization ID').waitFor();
      stop();
      await workbench.page.keyboard.press('Enter');
      await workbench.quickInput.waitFor({ state: 'hidden' });
      await workbench.row({ name: /^Checkout/, level: 2 });
      await workbench.rows({ name: 'Access denied.', level: 2 }).waitFor({ state: 'detached' });
    },
  );

  step('an account is removed after a question', async (workbench) => {
    await workbench.collapse({ name: 'Journeys', level: 1 });
    await workbench.contextMenu({ name: 'Retail', level: 1 }, 'Remove Account…');
    await workbench.page.locator('.monaco-dialog-box').getByText('Remove the account "Retail"').waitFor();
    await workbench.answer('Remove');
    await workbench.title('Journeys').waitFor();
    await workbench.row({ name: /^Checkout/, level: 1 });
  });
});

walkThrough('signing in to a workspace of Krenalis', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  step(
    'a wrong key leads back to its box; left unchanged, the workspace can still be typed',
    async (workbench) => {
      sample = await startSampleService({ rate: 0 });
      await workbench.openView();
      await workbench.welcome('Add Account').click();
      await workbench.choose('Krenalis');
      await workbench.type(sample.origin, 'Add Account – Address');
      await workbench.type(`api_${'x'.repeat(49)}`, 'Add Account – API key');
      const key = workbench.quickInput.filter({ hasText: 'Add Account – API key' });
      await key.getByText('does not exist').waitFor();
      await workbench.screenshot('sign-in-wrong-key');
      await workbench.page.keyboard.press('Enter');
      const question = workbench.quickInput.filter({ hasText: 'Workspace ID (4/6)' });
      await question.getByText('does not exist').waitFor();
      await workbench.screenshot('sign-in-workspace-wrong-key');
      await workbench.input.fill('a b');
      await question.getByText('only letters and digits').waitFor();
      await question.getByRole('button', { name: 'Back' }).click();
    },
  );

  step('a key that is restricted to a workspace needs none', async (workbench) => {
    await workbench.type(sample.krenalis.restrictedKey, 'Add Account – API key');
    await workbench.quickInput.getByText('The key only gives access to "Sample workspace"').waitFor();
    await workbench.screenshot('sign-in-workspace-restricted');
    await workbench.quickInput.getByRole('button', { name: 'Back' }).click();
  });

  step('a key of the organization chooses among its workspaces', async (workbench) => {
    await workbench.type(sample.credentials('krenalis').secrets.apiKey, 'Add Account – API key');
    const { workspace } = sample.credentials('krenalis').settings;
    await workbench.quickInput.getByRole('option').filter({ hasText: workspace }).waitFor();
    await workbench.screenshot('sign-in-workspace');
    await workbench.choose('Sample workspace');
    await workbench.type('Events', 'name of the account');
    await workbench.pick('Sign In');
    await workbench.row({ name: 'Website', level: 1 });
  });
});
