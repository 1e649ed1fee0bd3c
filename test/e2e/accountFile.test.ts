import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { walkThrough } from './steps';

walkThrough('accounts in a file', (step) => {
  let sample: SampleService;
  let folder: string;
  const file = (): string => join(folder, 'accounts.json');
  after(async () => {
    await sample.close();
    await rm(folder, { recursive: true, maxRetries: 5 });
  });

  step('are exported without their secrets', async (workbench) => {
    sample = await startSampleService({ rate: 0 });
    folder = await mkdtemp(join(tmpdir(), 'accounts-'));
    await workbench.openView();
    await addAccount(workbench, sample, 'Retail');
    await addAccount(workbench, sample, 'Events', 'krenalis');
    await workbench.runCommand('Connections: Export Accounts…');
    await workbench.quickInput.locator('.quick-input-list-row').filter({ hasText: 'Events' }).waitFor();
    assert.match((await workbench.input.getAttribute('placeholder')) ?? '', /Their secrets are left out/);
    await workbench.screenshot('accounts-export');
    await workbench.page.keyboard.press('Enter');
    await workbench.chooseFile('Export Accounts', file());
    await workbench.until('the file is written', async () =>
      (await readFile(file(), 'utf8').catch(() => '')).includes('"Retail"'),
    );
    const text = await readFile(file(), 'utf8');
    for (const service of ['cja', 'krenalis'])
      for (const secret of Object.values(sample.credentials(service).secrets))
        assert.ok(!text.includes(secret));
    assert.ok(text.includes(sample.origin));
  });

  step('are refused with the line of what is wrong', async (workbench) => {
    const wrong = join(folder, 'wrong.json');
    const text = await readFile(file(), 'utf8');
    await writeFile(wrong, text.replaceAll(sample.origin, 'http://evil.example'));
    await workbench.runCommand('Connections: Import Accounts…');
    await workbench.chooseFile('Import Accounts', wrong);
    await workbench.notification(/Line \d+: .*https.*No account was imported/);
    await workbench.screenshot('accounts-import-refused');
    await workbench.dismiss();
  });

  step('are listed with their addresses, and existing ones are not selected', async (workbench) => {
    await workbench.contextMenu({ name: 'Retail', level: 1 }, 'Remove Account…');
    await workbench.answer('Remove');
    await workbench.row({ name: 'Website', level: 1 });
    sample.clearRequests();
    await workbench.runCommand('Connections: Import Accounts…');
    await workbench.chooseFile('Import Accounts', file());
    const options = workbench.quickInput.locator('.quick-input-list-row');
    await options.filter({ hasText: 'The same account exists as "Events".' }).waitFor();
    assert.ok((await options.filter({ hasText: 'Retail' }).innerText()).includes(sample.origin));
    await workbench.screenshot('accounts-import');
    await workbench.page.keyboard.press('Enter');
    const notice = await workbench.notification('Accounts added: 1. Enter their credentials to sign in.');
    assert.deepEqual(
      sample.requests.filter(({ path }) => path.startsWith('/ims')),
      [],
    );
    await workbench.screenshot('accounts-imported');
    await notice.getByRole('button', { name: 'Sign In' }).click();
    await workbench.quickInput.getByText('OAuth Server-to-Server').first().waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.quickInput.waitFor({ state: 'hidden' });
  });

  step(
    'say in their row that no credentials are saved on this computer, which leads to the form',
    async (workbench) => {
      await workbench.expand({ name: 'Retail', level: 1 });
      const row = await workbench.row({
        name: 'Sign-in failed.',
        level: 2,
      });
      await row.hover();
      await workbench.screenshot('accounts-no-credentials');
      const form = workbench.quickInput.getByText('OAuth Server-to-Server').first();
      await workbench.pressInRow(row, 'Edit Account…', form);
    },
  );

  step('ask for their secrets, with everything else filled in', async (workbench) => {
    await workbench.choose('OAuth Server-to-Server');
    await workbench.quickInput.filter({ hasText: 'Edit Account "Retail" – Client ID' }).waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.type(sample.credentials('cja').secrets.clientSecret, '– Client secret');
    for (const question of ['– Organization ID', '– Scopes', 'name of the account']) {
      await workbench.quickInput.filter({ hasText: question }).waitFor();
      await workbench.page.keyboard.press('Enter');
    }
    await workbench.pick('Verify and Save');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    await workbench.expand({ name: 'Retail', level: 1 });
    await workbench.row({ name: /^Checkout/, level: 2 });
  });
});
