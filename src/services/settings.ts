import * as l10n from '@vscode/l10n';
import { HttpError } from '../http/errors';
import type { Field } from './service';

/**
 * Checks the settings of an account: they may come from an older version or another program.
 * @throws HttpError kind `rejected` that names the first unusable setting.
 */
export function checkSettings(fields: readonly Field[], given: Readonly<Record<string, string>>): void {
  for (const field of fields) {
    const text = given[field.key] ?? '';
    const wrong = text === '' && field.optional ? undefined : field.validate(text);
    if (wrong !== undefined)
      throw new HttpError('rejected', `${field.label}: ${wrong}`, { advice: editAdvice() });
  }
}

/** A setting or secret without blanks around it; undefined where nothing is left. */
export function textOf(values: Readonly<Record<string, string>>, key: string): string | undefined {
  const text = values[key]?.trim();
  return text === '' ? undefined : text;
}

/** What to do where a setting or secret is unusable. */
export function editAdvice(): string {
  return l10n.t('Edit the account to correct it.');
}
