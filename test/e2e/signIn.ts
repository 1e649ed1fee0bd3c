import type { SampleService } from '../../src/sample/server';
import type { Workbench } from './workbench';

/** The name of the command in the palette, where people search for a service. */
export const ADD_ACCOUNT = 'Connections: Add Account (Adobe CJA, Datadog, Krenalis, Immuta)…';

/** Adds an account for Adobe at a sample service, as a person who makes no mistake. */
export async function signInToAdobe(
  workbench: Workbench,
  sample: SampleService,
  name: string,
): Promise<void> {
  const { settings, secrets } = sample.credentials('cja');
  await workbench.runCommand(ADD_ACCOUNT, 'Adobe Customer Journey Analytics');
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

/** Enters the secret of an account for Adobe again, like a person whose secret is gone. */
export async function signInAgain(workbench: Workbench, sample: SampleService, name: string): Promise<void> {
  await workbench.runCommand('Connections: Edit Account…', name);
  await workbench.choose('OAuth Server-to-Server');
  await accept(workbench, '– Client ID');
  await workbench.type(sample.credentials('cja').secrets.clientSecret, 'Client secret');
  for (const question of ['Organization ID', 'Scopes', 'name of the account']) {
    await accept(workbench, question);
  }
  await workbench.pick('Verify and Save');
  await workbench.quickInput.waitFor({ state: 'hidden' });
}

/** The same for an account for Immuta. */
export async function signInToImmutaAgain(
  workbench: Workbench,
  sample: SampleService,
  name: string,
): Promise<void> {
  await workbench.runCommand('Connections: Edit Account…', name);
  await workbench.choose('API key');
  await accept(workbench, '– Tenant address');
  await workbench.type(sample.credentials('immuta').secrets.apiKey, '– API key');
  await accept(workbench, 'name of the account');
  await workbench.pick('Verify and Save');
  await workbench.quickInput.waitFor({ state: 'hidden' });
}

/** Leaves the answer of a question as it is. */
export async function accept(workbench: Workbench, question: string): Promise<void> {
  await workbench.quickInput.filter({ hasText: question }).waitFor();
  await workbench.page.keyboard.press('Enter');
}

/** In the last step of a sign-in: points the account to a sample service. */
export async function setAddresses(workbench: Workbench, { origin }: SampleService): Promise<void> {
  for (const option of ['API address', 'Sign-in address (IMS)']) {
    await workbench.pick(option);
    await workbench.type(origin, option);
    await workbench.quickInput.filter({ hasText: 'Sign In' }).waitFor();
  }
}

/** Adds an account for Krenalis at a sample service. */
export async function signInToKrenalis(
  workbench: Workbench,
  sample: SampleService,
  name: string,
): Promise<void> {
  await workbench.runCommand(ADD_ACCOUNT, 'Krenalis');
  await workbench.type(sample.credentials('krenalis').settings.endpoint, 'Add Account – Address');
  await workbench.type(sample.credentials('krenalis').secrets.apiKey, 'Add Account – API key');
  await workbench.quickInput.filter({ hasText: 'Workspace ID' }).waitFor();
  await workbench.choose(/^Sample workspace/);
  await finish(workbench, name);
}

/** Adds an account for Immuta at a sample service. */
export async function signInToImmuta(
  workbench: Workbench,
  sample: SampleService,
  name: string,
): Promise<void> {
  await workbench.runCommand(ADD_ACCOUNT, 'Immuta');
  await workbench.choose('API key');
  await workbench.type(sample.credentials('immuta').settings.endpoint, 'Add Account – Tenant address');
  await workbench.type(sample.credentials('immuta').secrets.apiKey, 'Add Account – API key');
  await finish(workbench, name);
}

async function finish(workbench: Workbench, name: string): Promise<void> {
  await workbench.type(name, 'name of the account');
  await workbench.pick('Sign In');
  await workbench.quickInput.waitFor({ state: 'hidden' });
}

/** Adds an account for Datadog at a sample service. */
export async function signInToDatadog(
  workbench: Workbench,
  sample: SampleService,
  name: string,
): Promise<void> {
  await workbench.runCommand(ADD_ACCOUNT, 'Datadog Product Analytics');
  await workbench.choose('API key and application key');
  await workbench.quickInput.filter({ hasText: 'Add Account – Site' }).waitFor();
  await workbench.page.keyboard.press('Enter');
  await workbench.type(sample.credentials('datadog').secrets.apiKey, 'Add Account – API key');
  await workbench.type(sample.credentials('datadog').secrets.applicationKey, 'Add Account – Application key');
  await workbench.type(name, 'name of the account');
  await workbench.pick('API address');
  await workbench.type(sample.credentials('datadog').settings.endpoint, 'API address');
  await workbench.pick('Sign In');
  await workbench.quickInput.waitFor({ state: 'hidden' });
}
