import * as l10n from '@vscode/l10n';
import { HttpError } from '../http/errors';
import type { Field } from './service';

/**
 * Checks the settings of an account, however they came into it: by the sign-in, or by another extension.
 * @throws HttpError kind `rejected` that names the first unusable one.
 */
export function checkSettings(fields: readonly Field[], given: Readonly<Record<string, string>>): void {
  for (const field of fields) {
    const text = given[field.key] ?? '';
    const wrong = text === '' && field.optional ? undefined : field.validate(text);
    if (wrong !== undefined) throw unusable(`${field.label}: ${wrong}`);
  }
}

/** The error for an account that cannot be used as it is. */
export function unusable(message: string): HttpError {
  return new HttpError('rejected', message, {
    advice: l10n.t('Edit the account to correct it.'),
    blamesAccount: true,
  });
}

/** The text of a setting or secret without blanks around it; undefined where it is missing or empty. */
export function textOf(values: Readonly<Record<string, string>>, key: string): string | undefined {
  const text = values[key]?.trim();
  return text === '' ? undefined : text;
}

/** The words of a setting that are parted by commas or blanks. */
export function listOf(values: Readonly<Record<string, string>>, key: string): readonly string[] {
  return (values[key] ?? '').split(/[\s,]+/).filter((word) => word !== '');
}
