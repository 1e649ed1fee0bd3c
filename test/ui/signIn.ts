import type { SampleService } from '../../src/sample/server';
import type { Workbench } from './workbench';

/** Adds an account for a sample service, as a person who makes no mistake. */
export async function addAccount(workbench: Workbench, sample: SampleService, name: string): Promise<void> {
  const { settings, secrets } = sample.credentials;
  await workbench.runCommand('Connections: Add Account…');
  await workbench.choose('OAuth Server-to-Server');
  await workbench.type(settings.clientId, 'Client ID');
  await workbench.type(secrets.clientSecret, 'Client secret');
  await workbench.type(settings.orgId, 'Organization ID');
  await workbench.type('openid', 'Scopes');
  await workbench.type(name, 'name of the account');
  await setAddresses(workbench, sample);
  await workbench.pick('Sign In');
  await workbench.quickInput.waitFor({ state: 'hidden' });
}

/** In the last step of a sign-in: points the account to a sample service. */
export async function setAddresses(workbench: Workbench, { origin }: SampleService): Promise<void> {
  for (const option of ['API address', 'Sign-in address (IMS)']) {
    await workbench.pick(option);
    await workbench.type(origin, option);
    await workbench.quickInput.filter({ hasText: 'Sign In' }).waitFor();
  }
}
