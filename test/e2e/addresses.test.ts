import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { walkThrough } from './steps';

/** A port on which nothing listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

walkThrough('an account whose address is changed', (step) => {
  let before: SampleService;
  let elsewhere: SampleService;
  after(async () => {
    await before.close();
    await elsewhere.close();
  });
  /** Why a saved secret is requested again. */
  const why = (): string => `Enter the credentials again. The address changed to ${elsewhere.origin}`;

  step('asks for its key again, and says why', async (workbench) => {
    before = await startSampleService({ rate: 0 });
    elsewhere = await startSampleService({ rate: 0 });
    await workbench.openView();
    await addAccount(workbench, before, 'Events', 'krenalis');
    await workbench.runCommand('Connections: Edit Account…', 'Events');
    await workbench.type(elsewhere.origin, '– Address');
    await workbench.quickInput.filter({ hasText: '– API key' }).getByText(why()).waitFor();
    await workbench.screenshot('address-changed-key');
    assert.notEqual(await workbench.input.getAttribute('placeholder'), 'Unchanged');
    await workbench.page.keyboard.press('Enter');
    await workbench.quickInput.getByText('Enter API key.').waitFor();
    assert.deepEqual(elsewhere.requests, []);
  });

  step('keeps its key if the same address is entered', async (workbench) => {
    await workbench.quickInput.getByRole('button', { name: 'Back' }).click();
    await workbench.type(`${before.origin}/`, '– Address');
    await workbench.quickInput.filter({ hasText: '– API key' }).waitFor();
    assert.equal(await workbench.input.getAttribute('placeholder'), 'Unchanged');
    await workbench.quickInput.getByRole('button', { name: 'Back' }).click();
  });

  step('is saved with the newly entered key', async (workbench) => {
    await workbench.type(elsewhere.origin, '– Address');
    await workbench.type(elsewhere.credentials('krenalis').secrets.apiKey, '– API key');
    await workbench.quickInput.filter({ hasText: 'Workspace ID' }).waitFor();
    await workbench.choose('Sample workspace');
    await workbench.type('Events', 'name of the account');
    before.clearRequests();
    await workbench.pick('Verify and Save');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    await workbench.row({ name: 'Website', level: 1 });
    await workbench.until('the new address is asked', () => Promise.resolve(elsewhere.requests.length > 0));
    assert.deepEqual(before.requests, []);
  });

  step('returns to its secret if the address was the last answer', async (workbench) => {
    await addAccount(workbench, before, 'Retail');
    elsewhere.clearRequests();
    await workbench.runCommand('Connections: Edit Account…', 'Retail');
    await workbench.choose('OAuth Server-to-Server');
    for (const question of [
      '– Client ID',
      '– Client secret',
      '– Organization ID',
      '– Scopes',
      'name of the',
    ]) {
      await workbench.quickInput.filter({ hasText: question }).waitFor();
      await workbench.page.keyboard.press('Enter');
    }
    await workbench.pick('API address');
    await workbench.type(elsewhere.origin, '– API address');
    await workbench.quickInput.getByRole('option').filter({ hasText: why() }).waitFor();
    await workbench.screenshot('address-changed-last');
    await workbench.pick('Verify and Save');
    await workbench.quickInput.filter({ hasText: '– Client secret' }).getByText(why()).waitFor();
    await workbench.screenshot('address-changed-secret');
    assert.deepEqual(elsewhere.requests, []);
  });

  step(
    'leads back to the address whose host cannot be reached, where the same can be saved too',
    async (workbench) => {
      await addAccount(workbench, before, 'Access', 'immuta');
      const nowhere = `http://127.0.0.1:${await freePort()}`;
      await workbench.runCommand('Connections: Edit Account…', 'Access');
      await workbench.choose('API key');
      await workbench.type(nowhere, '– Tenant address');
      await workbench.type(before.credentials('immuta').secrets.apiKey, '– API key');
      await workbench.type('Access', 'name of the account');
      await workbench.pick('Verify and Save');
      const box = workbench.quickInput.filter({ hasText: '– Tenant address' });
      await box.getByText(/refused the connection/).waitFor();
      await workbench.screenshot('address-unreached');
      await workbench.page.keyboard.press('Enter');
      await workbench.quickInput.getByRole('option').filter({ hasText: 'Save Anyway' }).waitFor();
      await workbench.pick('Retry');
      await box.getByText(/refused the connection/).waitFor();
      await workbench.type(before.origin, '– Tenant address');
      await workbench.quickInput.waitFor({ state: 'hidden' });
      await workbench.row({ name: 'Access', level: 1 });
    },
  );

  step('leads back to it in the middle of a form whose next question needs the host', async (workbench) => {
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    await workbench.runCommand('Connections: Edit Account…', 'Events');
    await workbench.type(nowhere, '– Address');
    await workbench.type(before.credentials('krenalis').secrets.apiKey, '– API key');
    const box = workbench.quickInput.filter({ hasText: '– Address' });
    await box.getByText(/refused the connection/).waitFor();
    await workbench.screenshot('address-unreached-middle');
    await workbench.type(before.origin, '– Address');
    await workbench.quickInput.filter({ hasText: '– API key' }).waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.quickInput.filter({ hasText: 'Workspace ID' }).waitFor();
    await workbench.choose('Sample workspace');
    await workbench.page.keyboard.press('Escape');
  });
});
