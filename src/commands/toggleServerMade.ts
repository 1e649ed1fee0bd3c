import * as vscode from 'vscode';
import { settings, settingsSection } from '../manifest';
import { readSettings } from '../settings';

/** Shows or hides in comparisons what the service sets by itself. Those that are open follow. */
export async function toggleServerMade(): Promise<void> {
  await vscode.workspace
    .getConfiguration(settingsSection)
    .update(settings.compareServerMade, !readSettings().compareServerMade, vscode.ConfigurationTarget.Global);
}
