import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runsCommands } from '../../../../src/features/runs/commands';

type Context = Parameters<(typeof runsCommands)['unwatch']['handler']>[0];

describe('Stop Watching', () => {
  it('says so if nothing is watched, instead of an empty list', async () => {
    const changes: unknown[] = [];
    const watches = { list: () => [], set: (...change: unknown[]) => changes.push(change) };
    await runsCommands.unwatch.handler({ watches } as unknown as Context)();
    assert.deepEqual(editor.inputs.texts, ['Nothing is watched.']);
    assert.deepEqual(changes, [[[], false]]);
  });
});
