import * as vscode from 'vscode';
import type { Field } from '../../core/services/contract/signIn';
import { settings, settingsSection } from '../../shared/contributions';
import { readUserSetting } from '../../ui/configuration';
import type { Alternative } from '../../ui/multiStepInput';
import { showQuickPick } from '../../ui/quickInput';
import { sourceNameIn, sourceReference } from './secretEntry';
import { missingSourceMessage, readSecretSources, type SecretSource } from './secretSources';

/** A button that lets the user choose among the sources in the user settings. It answers with a reference to one. */
export function secretSourceAlternative(): Alternative {
  return {
    title: vscode.l10n.t('Use a Secret Source…'),
    icon: new vscode.ThemeIcon('terminal'),
    ask: askSecretSource,
  };
}

async function askSecretSource(): Promise<string | undefined> {
  const sources = readSecretSources(readUserSetting('secretSources'));
  const known = [...sources].map(([name, source]) => ({
    ...{ label: name, description: describe(source) },
    answer: () => sourceReference(name),
  }));
  const edit = {
    label: vscode.l10n.t('Edit Sources in Settings'),
    iconPath: new vscode.ThemeIcon('settings-gear'),
    answer: (): undefined => {
      const setting = `${settingsSection}.${settings.secretSources}`;
      void vscode.commands.executeCommand('workbench.action.openApplicationSettingsJson', {
        revealSetting: { key: setting, edit: true },
      });
    },
  };
  const title = vscode.l10n.t('Use a Secret Source');
  const placeHolder = vscode.l10n.t('Select where the secret comes from whenever the account signs in');
  return (await showQuickPick([...known, edit], { title, placeHolder, ignoreFocusOut: true }))?.answer();
}

function describe(source: SecretSource): string {
  return 'command' in source
    ? vscode.l10n.t('Output of the command {0}', source.command[0] ?? '')
    : vscode.l10n.t('Environment variable {0}', source.environmentVariable);
}

/** What is wrong with an answer that names a source; undefined for any other answer. */
export function sourceComplaint({ secret }: Field, text: string): string | undefined {
  const name = secret ? sourceNameIn(text) : undefined;
  if (name === undefined || readSecretSources(readUserSetting('secretSources')).has(name)) return undefined;
  return missingSourceMessage(name);
}
