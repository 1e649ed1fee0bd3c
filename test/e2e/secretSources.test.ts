import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { root } from '../scripts/lib/paths';
import { filesWith } from './profile';
import { ADD_ACCOUNT, setAddresses } from './signIn';
import { walkThrough } from './steps';

const folder = mkdtempSync(join(tmpdir(), 'secret-sources-'));
const script = join(folder, 'token.js');
const runs = join(folder, 'runs');
const workspace = join(folder, 'workspace');
mkdirSync(join(workspace, '.vscode'), { recursive: true });
const theirs = { environmentVariable: 'PATH' };
writeFileSync(
  join(workspace, '.vscode', 'settings.json'),
  JSON.stringify({ 'connectionsExplorer.secretSources': { theirs, vault: theirs } }),
);
const settings = {
  'connectionsExplorer.secretSources': {
    vault: { command: [process.execPath, script] },
    unset: { environmentVariable: 'NOT_SET_BY_ANYBODY' },
  },
};

/** A command that asks Adobe for a token, as that of a password manager. */
function tokenScript({ origin, credentials }: SampleService): string {
  const form = {
    ...{
      client_id: credentials('cja').settings.clientId,
      client_secret: credentials('cja').secrets.clientSecret,
    },
    ...{ grant_type: 'client_credentials', scope: 'openid' },
  };
  return `
    require('node:fs').appendFileSync(${JSON.stringify(runs)}, 'run\\n');
    const body = new URLSearchParams(${JSON.stringify(form)});
    fetch(${JSON.stringify(`${origin}/ims/token/v3`)}, { method: 'POST', body })
      .then((answer) => answer.json())
      .then(({ access_token: token }) => console.log(token));`;
}

const countRuns = (): number => readFileSync(runs, 'utf8').split('\n').length - 1;

walkThrough(
  'a secret from a source',
  (step) => {
    let sample: SampleService;
    after(async () => {
      await sample.close();
      rmSync(folder, { recursive: true, maxRetries: 5 });
    });

    step("is chosen by the button of its box, among the user's own sources only", async (workbench) => {
      sample = await startSampleService({ rate: 0 });
      writeFileSync(script, tokenScript(sample));
      const { clientId, orgId } = sample.credentials('cja').settings;
      await workbench.openView();
      await workbench.runCommand(ADD_ACCOUNT, 'Adobe Customer Journey Analytics');
      await workbench.choose('Access token');
      await workbench.type(clientId, 'Client ID');
      await workbench.type(orgId, 'Organization ID');
      await workbench.quickInput.filter({ hasText: 'Access token (5/7)' }).waitFor();
      await workbench.screenshot('secret-source-button');
      await workbench.quickInput.getByRole('button', { name: 'Use a Secret Source…' }).click();
      await workbench.quickInput.getByRole('option').filter({ hasText: 'unset' }).waitFor();
      const offered = await workbench.quickInput.getByRole('option').allInnerTexts();
      assert.equal(offered.length, 3);
      for (const [at, label] of ['vault', 'unset', 'Edit Sources in Settings'].entries())
        assert.ok(offered[at]?.startsWith(label), offered.join());
      await workbench.screenshot('secret-source-pick');
      await workbench.choose('vault');
      await workbench.type('Retail', 'name of the account');
      await setAddresses(workbench, sample);
      await workbench.pick('Sign In');
      await workbench.row({ name: /^Checkout/, level: 1 });
    });

    step('is read again when the service refuses it, without a question', async (workbench) => {
      const before = countRuns();
      sample.advance(100_000);
      await workbench.titleButton('Connections', 'Refresh');
      await workbench.until('the command runs again', () => Promise.resolve(countRuns() === before + 1));
      await workbench.expand({ name: /^Checkout – Grocery Nordics/, level: 1 });
      await workbench.row({ name: /./, level: 2 });
      assert.equal(await workbench.rows({ name: 'Access denied.', level: 1 }).count(), 0);
    });

    step('is in no file of the profile', async (workbench) => {
      assert.deepEqual(await filesWith(workbench.profile, 'sample-access-token-'), []);
    });

    step('is entered by its name, and the form says why a source has none', async (workbench) => {
      await workbench.runCommand('Connections: Edit Account…', 'Retail');
      await workbench.choose('Access token');
      await workbench.quickInput.filter({ hasText: '– Client ID' }).waitFor();
      await workbench.page.keyboard.press('Enter');
      await workbench.quickInput.filter({ hasText: '– Organization ID' }).waitFor();
      await workbench.page.keyboard.press('Enter');
      await workbench.quickInput.filter({ hasText: '– Access token' }).waitFor();
      assert.equal(await workbench.input.getAttribute('placeholder'), 'Unchanged: from the source "vault"');
      await workbench.input.fill('${source:theirs}');
      await workbench.quickInput.getByText('has no valid source "theirs"').waitFor();
      await workbench.type('${source:unset}', '– Access token');
      await workbench.quickInput.filter({ hasText: 'name of the account' }).waitFor();
      await workbench.page.keyboard.press('Enter');
      await workbench.pick('Verify and Save');
      await workbench.quickInput
        .getByText('The environment variable NOT_SET_BY_ANYBODY is not set.')
        .waitFor();
      await workbench.screenshot('secret-source-unset');
      await workbench.type('${source:vault}', '– Access token');
      await workbench.quickInput.waitFor({ state: 'hidden' });
      await workbench.row({ name: /^Checkout/, level: 1 });
    });
  },
  { settings },
  { extension: root, folder: workspace },
);
