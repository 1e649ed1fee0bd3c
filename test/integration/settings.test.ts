import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { settings, settingsSection } from '../../src/shared/contributions';
import { logCorrectedSettings, readEditorSettings, readSettings } from '../../src/ui/configuration';
import { until } from './explorer';

describe('settings with invalid values', () => {
  const set = async (key: string, value: unknown): Promise<void> => {
    const section = vscode.workspace.getConfiguration(settingsSection);
    await section.update(key, value, vscode.ConfigurationTarget.Global);
  };
  after(async () => {
    for (const key of Object.values(settings)) await set(key, undefined);
  });

  it('fall back to the nearest valid value or the default, and are logged once', async () => {
    const log: string[] = [];
    const registration = logCorrectedSettings({ warn: (text) => log.push(text) });
    try {
      await set(settings.pollInterval, -1);
      await until(() => log.length === 1, 'the log tells of the first');
      assert.match(log[0] ?? '', /connectionsExplorer\.pollInterval.*60/);
      assert.equal(readSettings().pollInterval, 60_000);
      await set(settings.pollInterval, undefined);
      await set(settings.pageSize, 5000);
      await until(() => log.length === 2, 'the log tells of the second');
      assert.equal(readSettings().pageSize, 1000);
      await set(settings.insertAs, 5);
      await set(settings.completion, 'no');
      assert.deepEqual(readEditorSettings(), {
        completion: true,
        lookUpIds: true,
        inlayHints: false,
        insertAs: 'lines',
      });
    } finally {
      registration.dispose();
    }
  });
});

describe('the setting that syncs accounts', () => {
  it('cannot be set by a workspace, and is off', async () => {
    const section = vscode.workspace.getConfiguration(settingsSection);
    const theirs = section.update(settings.syncAccounts, true, vscode.ConfigurationTarget.Workspace);
    await assert.rejects(Promise.resolve(theirs));
    assert.equal(section.get(settings.syncAccounts), false);
  });
});
