import * as l10n from '@vscode/l10n';
import { expectError } from '../../base/errors';
import type { Field } from '../contract/signIn';
import { HttpError } from '../../http/errors';
import { checkedUrl } from '../../http/origin';

/** Longer tokens do not fit into a header that servers accept, in characters. Here, because activation loads this file. */
export const MAX_TOKEN_CHARS = 16_384;

/** An optional setting of one line of text. */
export function optionField(key: string, label: string, prompt: string): Field {
  return { key, label, prompt, secret: false, optional: true, validate: validateLine };
}

/** An optional address that differs from the default one behind a proxy or for tests. */
export function addressField(key: string, label: string, standard: string): Field {
  const prompt = l10n.t('Leave {0} unless you use a proxy or a test system.', standard);
  return { ...optionField(key, label, prompt), default: standard, validate: validateEndpoint };
}

/** A key or token that every request carries. */
export function secretField(key: string, label: string, prompt: string, validationMessage: string): Field {
  const validate: Field['validate'] = (text) => validateWord(text, validationMessage);
  return { key, label, prompt, secret: true, optional: false, validate };
}

/** Like `secretField`, for a token that may be pasted with line breaks or the word Bearer, see `cleanToken`. */
export function tokenField(key: string, label: string, prompt: string, validationMessage: string): Field {
  const validate: Field['validate'] = (text) => validateWord(cleanToken(text), validationMessage);
  return { ...secretField(key, label, prompt, validationMessage), validate };
}

/**
 * Header values only contain visible ASCII characters, and no more of them than servers accept.
 * @returns `validationMessage` for any other text.
 */
export function validateWord(text: string, validationMessage: string): string | undefined {
  const word = text.trim();
  if (word.length > MAX_TOKEN_CHARS) return l10n.t('At most {0} characters.', MAX_TOKEN_CHARS);
  return /^[\x21-\x7e]+$/.test(word) ? undefined : validationMessage;
}

/** The token in pasted text that may contain line breaks, blanks or a leading Bearer. */
export function cleanToken(text: string): string {
  return text
    .trim()
    .replace(/^Bearer(\s+|$)/i, '')
    .replace(/\s/g, '');
}

function validateLine(text: string): string | undefined {
  return /\p{Cc}/u.test(text) ? l10n.t('Enter one line of text.') : undefined;
}

/**
 * Validates the settings of an account, whether they come from the sign-in or from another extension.
 * @throws HttpError kind `rejected` that names the first unusable one.
 */
export function checkSettings(fields: readonly Field[], given: Readonly<Record<string, string>>): void {
  for (const field of fields) {
    const text = given[field.key] ?? '';
    const wrong = text === '' && field.optional ? undefined : field.validate(text);
    if (wrong !== undefined) throw unusable(`${field.label}: ${wrong}`, field.key);
  }
}

/**
 * The error for an account that cannot be used as it is.
 * @param wrongField the key of the answer to correct, if it is one.
 */
export function unusable(message: string, wrongField?: string): HttpError {
  return new HttpError('rejected', message, {
    advice: l10n.t('Edit the account to correct it.'),
    blamesAccount: true,
    wrongField,
  });
}

/** The trimmed text of a setting or secret; undefined if it is missing or empty. */
export function getText(values: Readonly<Record<string, string>>, key: string): string | undefined {
  const text = values[key]?.trim();
  return text === '' ? undefined : text;
}

/** The words of a setting, separated by commas or blanks. */
export function getList(values: Readonly<Record<string, string>>, key: string): readonly string[] {
  return (values[key] ?? '').split(/[\s,]+/).filter((word) => word !== '');
}

/**
 * Validates the address of a service: only an origin, https or on this machine.
 * @returns what is wrong and how to fix it, or undefined if it is valid.
 */
export function validateEndpoint(text: string): string | undefined {
  const address = text.trim();
  try {
    const url = checkedUrl(address, [address]);
    const bare = url.pathname === '/' && url.search === '' && url.hash === '';
    return bare ? undefined : l10n.t('Remove everything after the host: {0}', url.origin);
  } catch (error) {
    const { message, advice } = expectError(error, HttpError);
    return `${message} ${advice}`;
  }
}

/**
 * The origin of an address in the settings of an account.
 * @param standard the default if the setting is missing or empty.
 * @throws HttpError kind `rejected` if it is not a usable address.
 */
export function getOrigin(
  settings: Readonly<Record<string, string>>,
  key: string,
  standard: string | undefined,
): string {
  const address = getText(settings, key) ?? standard ?? '';
  const wrong = validateEndpoint(address);
  if (wrong !== undefined) throw unusable(wrong, key);
  return new URL(address).origin;
}
