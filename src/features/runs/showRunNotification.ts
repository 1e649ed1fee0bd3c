import * as vscode from 'vscode';
import { commands, settings, settingsSection } from '../../shared/contributions';
import { showInformation, showWarning } from '../../ui/messages';
import { withoutKind, type EndKind, type NotificationChoice, type RunNotification } from './runNotifier';

/** Shows a notice, with what leads to its run and what mutes its kind. @param choice as it is set now. */
export async function showRunNotification(
  { text, kind, path }: RunNotification,
  choice: () => NotificationChoice,
): Promise<void> {
  const show = path ? vscode.l10n.t('Show Details') : vscode.l10n.t('Show Runs');
  const mute = vscode.l10n.t('Turn Off These Notifications');
  const message = kind === 'failures' ? showWarning : showInformation;
  const pressed = await message(text, show, mute);
  if (pressed === mute) await muteKind(kind, choice());
  if (pressed === show)
    await vscode.commands.executeCommand(path ? commands.showDetails : commands.showRuns, path);
}

/** Says after something was watched that its ends will not be notified, if that is so, and offers to change it. */
export async function offerNotifications(name: string, choice: NotificationChoice): Promise<void> {
  const turnOn = vscode.l10n.t('Turn On Notifications');
  const pressed = await showInformation(mutedText(name, choice), turnOn);
  if (pressed === turnOn) await setChoice('all');
}

async function muteKind(kind: EndKind, before: NotificationChoice): Promise<void> {
  await setChoice(withoutKind(before, kind));
  const undo = vscode.l10n.t('Undo');
  const text =
    kind === 'failures'
      ? vscode.l10n.t('Notifications about failed runs are off.')
      : vscode.l10n.t('Notifications about successful runs are off.');
  if ((await showInformation(text, undo)) === undo) await setChoice(before);
}

function mutedText(name: string, choice: NotificationChoice): string {
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
