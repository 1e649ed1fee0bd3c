import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { secretPlaceholder } from '../../core/services/common/documentSecrets';
import { createInputBox, type InputBox, type InputTexts } from '../../ui/quickInput';

/** Characters per line of a PEM key (RFC 7468). */
const LINE_LENGTH = 64;

/**
 * Asks for the value of a placeholder in a password box, with a button to read it from a file, such as a
 * private key.
 * @param value initial value.
 * @returns undefined if the user canceled.
 */
export async function askForSecret(
  name: string,
  value: string,
  texts: InputTexts,
): Promise<string | undefined> {
  const box = createInputBox();
  box.password = true;
  box.ignoreFocusOut = true;
  box.setTexts({
    ...texts,
    prompt: vscode.l10n.t('The value of {0}. It is sent only to the service.', secretPlaceholder(name)),
  });
  let filledIn = value;
  box.value = value;
  const fromFile = {
    iconPath: new vscode.ThemeIcon('folder-opened'),
    tooltip: vscode.l10n.t('Read from a File…'),
  };
  box.buttons = [fromFile];
  box.onDidTriggerButton(() => {
    void readChosenFile().then((text) => {
      if (text === undefined) return;
      filledIn = text;
      box.value = text;
    });
  });
  const answer = await toAnswer(box);
  if (answer === undefined) return undefined;
  // The box removes line breaks.
  return withoutLines(answer) === withoutLines(filledIn) ? filledIn : restoreKeyLines(answer);
}

function withoutLines(text: string): string {
  return text.replaceAll(/[\r\n]/g, '');
}

/** Shows a box and disposes of it. */
async function toAnswer(box: InputBox): Promise<string | undefined> {
  try {
    return await new Promise((resolve) => {
      box.onDidAccept(() => {
        if (box.value === '') box.setTexts({ validationMessage: vscode.l10n.t('Enter a value.') });
        else resolve(box.value);
      });
      box.onDidChangeValue(() => {
        box.setTexts({ validationMessage: undefined });
      });
      box.onDidHide(() => {
        resolve(undefined);
      });
      box.show();
    });
  } finally {
    box.dispose();
  }
}

/** The text of a file that the user chooses. */
async function readChosenFile(): Promise<string | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({ title: vscode.l10n.t('Read Secret from File') })) ?? [];
  return file && (await readFile(file.fsPath, 'utf8'));
}

/**
 * Restores the line breaks of a private key, which a single-line input removes. Other texts, and keys with
 * PEM headers, are returned unchanged.
 */
function restoreKeyLines(text: string): string {
  const key = /^\s*(-----BEGIN [A-Z0-9 ]+-----)([A-Za-z0-9+/=\s]+)(-----END [A-Z0-9 ]+-----)\s*$/.exec(text);
  if (!key || text.trim().includes('\n')) return text;
  const [, begin = '', body = '', end = ''] = key;
  const lines = body.replaceAll(/\s/g, '').match(new RegExp(`.{1,${LINE_LENGTH}}`, 'g')) ?? [];
  return [begin, ...lines, end, ''].join('\n');
}
