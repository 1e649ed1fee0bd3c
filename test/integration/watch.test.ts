import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../src/shared/contributions';
import { run, signedIn, until, type Signed } from './explorer';

const section = vscode.workspace.getConfiguration('connectionsExplorer');

describe('a watched connection', () => {
  let signed: Signed;
  beforeEach(async () => {
    await section.update('pollInterval', 5, vscode.ConfigurationTarget.Global);
    signed = await signedIn({ connections: 10, datasets: 3, backfills: 1, backfillSeconds: 3600 });
  });
  afterEach(async () => {
    await signed.end();
    await section.update('pollInterval', undefined, vscode.ConfigurationTarget.Global);
  });

  it('is polled once per interval even if nothing is visible, and not after it is unwatched', async () => {
    const { api, sample } = signed;
    const rows = await api.children();
    const running = rows.find(({ status }) => status?.state === 'running');
    assert.ok(running);
    // If the tree is visible, the same request covers its other running connections.
    const asked = (): number =>
      sample.requests.filter(({ query }) => query.get('connectionIds')?.split(',').includes(running.id))
        .length;
    await run(commands.watch, running.path);
    await until(() => asked() >= 1, 'the connection is asked for at once');
    sample.advance(3600);
    sample.cja.finishBackfills();
    await until(async () => {
      const now = await api.children();
      return now.some(isDone(running.path));
    }, 'the row follows');
    const done = asked();
    await until(() => asked() > done, 'work may begin there again');
    await run(commands.unwatch, running.path);
    const after = asked();
    await new Promise((resolve) => setTimeout(resolve, 6000));
    assert.equal(asked(), after);
  });
});

function isDone(path: string): (row: { path: string; status?: { state: string } }) => boolean {
  return (row) => row.path === path && row.status?.state === 'ok';
}
