import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../src/shared/contributions';
import { run, signedIn, until } from './explorer';
import { firstSignIn, immuta } from './services';

describe('actions of resources', () => {
  it('are run by the command of their verb, and by none that does not apply', async () => {
    const signed = await signedIn({ connections: 16 }, firstSignIn(immuta));
    const { api, sample } = signed;
    const writes = (): readonly string[] =>
      sample.requests
        .filter(({ method, path }) => method !== 'GET' && path.startsWith('/api/'))
        .map(({ method, path }) => `${method} ${path}`);
    try {
      const rows = await api.children();
      const inactive = rows.find(({ status }) => status?.word === 'INACTIVE') ?? assert.fail();
      await run(commands.activate, inactive.path);
      assert.deepEqual(writes(), [`POST /api/connections/${inactive.id}/_activate`]);
      const active = (await api.children()).find(({ id }) => id === inactive.id);
      assert.equal(active?.status?.word, 'ACTIVE');
      sample.clearRequests();
      await run(commands.validate, inactive.path);
      assert.deepEqual(writes(), [`POST /api/connections/${inactive.id}/_validate`]);
      sample.clearRequests();
      // It is active by now: another one is offered, and this one is unchanged.
      let over = false;
      const choice = run(commands.activate, inactive.path).then(() => (over = true));
      await until(async () => {
        await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
        return over;
      }, 'the choice is closed');
      await choice;
      assert.deepEqual(writes(), []);
    } finally {
      await signed.end();
    }
  });

  it('reload the resource if the service refuses them', async () => {
    const signed = await signedIn({ connections: 16 }, firstSignIn(immuta));
    const { api, sample } = signed;
    try {
      const rows = await api.children();
      const inactive = rows.find(({ status }) => status?.word === 'INACTIVE') ?? assert.fail();
      const state = async (): Promise<string | undefined> =>
        (await api.children()).find(({ id }) => id === inactive.id)?.status?.word;
      sample.immuta.setState(inactive.id, 'ACTIVE');
      assert.equal(await state(), 'INACTIVE');
      await run(commands.activate, inactive.path);
      await until(async () => (await state()) === 'ACTIVE', 'the row shows what the service has');
    } finally {
      await signed.end();
    }
  });
});
