import * as l10n from '@vscode/l10n';
import { HttpError } from '../http/errors';
import type { Account, Field } from './service';

/** An optional setting of an account: one line of text. */
export function option(key: string, label: string, prompt: string): Field {
  return { key, label, prompt, secret: false, optional: true, validate: validateLine };
}

/** The token itself, of text that may hold line breaks, blanks or the word Bearer in front. */
export function cleanToken(text: string): string {
  return text
    .trim()
    .replace(/^Bearer(\s+|$)/i, '')
    .replace(/\s/g, '');
}

/**
 * Checks a value that goes into a header: visible ASCII characters only.
 * @returns the complaint, or undefined where the value is fine.
 */
export function validateWord(text: string, complaint: string): string | undefined {
  return /^[\x21-\x7e]+$/.test(text.trim()) ? undefined : complaint;
}

/**
 * Checks the settings of an account against the fields that its service knows.
 * @throws HttpError kind `rejected` that names the first unusable setting.
 */
export function checkSettings({ settings }: Account, fields: readonly Field[]): void {
  for (const field of fields) {
    const text = settings[field.key] ?? '';
    const wrong = text === '' && field.optional ? undefined : field.validate(text);
    if (wrong !== undefined)
      throw new HttpError('rejected', `${field.label}: ${wrong}`, { advice: editAdvice() });
  }
}

/** The error for an account whose secrets hold none that can be used. */
export function missingSecret(message: string): HttpError {
  return new HttpError('rejected', message, { advice: editAdvice() });
}

/** A value without the blanks around it; undefined where nothing is left. */
export function textOf(values: Readonly<Record<string, string>>, key: string): string | undefined {
  const text = values[key]?.trim();
  return text === '' ? undefined : text;
}

function editAdvice(): string {
  return l10n.t('Edit the account to correct it.');
}

function validateLine(text: string): string | undefined {
  return /\p{Cc}/u.test(text) ? l10n.t('Enter one line of text.') : undefined;
}
