import * as vscode from 'vscode';
import { commands, settings, settingsSection } from '../../shared/contributions';
import { showInformation, showWarning } from '../../ui/messages';
import { withoutKind, type EndKind, type NotificationChoice, type RunNotification } from './runNotifier';

/**
 * Shows a notification with a button for its run and one that turns off its kind.
 * @param choice returns the current setting.
 */
export async function showRunNotification(
  { text, kind, path }: RunNotification,
  choice: () => NotificationChoice,
): Promise<void> {
  const show = path ? vscode.l10n.t('Show Details') : vscode.l10n.t('Show Runs');
  const turnOffText = vscode.l10n.t('Turn Off These Notifications');
  const message = kind === 'failures' ? showWarning : showInformation;
  const pressed = await message(text, show, turnOffText);
  if (pressed === turnOffText) await turnOff(kind, choice());
  if (pressed === show)
    await vscode.commands.executeCommand(path ? commands.showDetails : commands.showRuns, path);
}

/** If notifications are off when something is watched, says so and offers to turn them on. */
export async function offerNotifications(name: string, choice: NotificationChoice): Promise<void> {
  const turnOn = vscode.l10n.t('Turn On Notifications');
  const pressed = await showInformation(watchingText(name, choice), turnOn);
  if (pressed === turnOn) await setChoice('all');
}

async function turnOff(kind: EndKind, before: NotificationChoice): Promise<void> {
  await setChoice(withoutKind(before, kind));
  const undo = vscode.l10n.t('Undo');
  const text =
    kind === 'failures'
      ? vscode.l10n.t('Notifications about failed runs are off.')
      : vscode.l10n.t('Notifications about successful runs are off.');
  if ((await showInformation(text, undo)) === undo) await setChoice(before);
}

function watchingText(name: string, choice: NotificationChoice): string {
  switch (choice) {
    case 'failures':
      return vscode.l10n.t('Watching {0}. Notifications about successful runs are off.', name);
    case 'successes':
      return vscode.l10n.t('Watching {0}. Notifications about failed runs are off.', name);
    default:
      return vscode.l10n.t('Watching {0}. Notifications about runs are off.', name);
  }
}

async function setChoice(choice: NotificationChoice): Promise<void> {
  const section = vscode.workspace.getConfiguration(settingsSection);
  await section.update(settings.notifications, choice, vscode.ConfigurationTarget.Global);
}
