import * as l10n from '@vscode/l10n';
import type { Field } from '../contract/signIn';
import { MAX_TOKEN_CHARS } from './tokens';
import { HttpError } from '../../http/errors';
import { checkedUrl } from '../../http/origin';

/** An optional setting of one line of text. */
export function optionField(key: string, label: string, prompt: string): Field {
  return { key, label, prompt, secret: false, optional: true, validate: validateLine };
}

/** An optional address that differs from the standard one behind a proxy or for tests. */
export function addressField(key: string, label: string, standard: string): Field {
  const prompt = l10n.t('Leave {0} unless you use a proxy or a test system.', standard);
  return { ...optionField(key, label, prompt), default: standard, validate: validateEndpoint };
}

/** A key or token that every request carries. `complaint` is what a text that cannot be one is told. */
export function secretField(key: string, label: string, prompt: string, complaint: string): Field {
  const validate: Field['validate'] = (text) => validateWord(text, complaint);
  return { key, label, prompt, secret: true, optional: false, validate };
}

/** As `secretField`, for a token that may be pasted with line breaks or the word Bearer, see `cleanToken`. */
export function tokenField(key: string, label: string, prompt: string, complaint: string): Field {
  const validate: Field['validate'] = (text) => validateWord(cleanToken(text), complaint);
  return { ...secretField(key, label, prompt, complaint), validate };
}

/**
 * Values that go into headers hold visible ASCII characters only, and no more of them than a server takes.
 * @returns `complaint` for any other text.
 */
export function validateWord(text: string, complaint: string): string | undefined {
  const word = text.trim();
  if (word.length > MAX_TOKEN_CHARS) return l10n.t('At most {0} characters.', MAX_TOKEN_CHARS);
  return /^[\x21-\x7e]+$/.test(word) ? undefined : complaint;
}

/** The token itself, of text that may hold line breaks, blanks or the word Bearer in front. */
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
export function getText(values: Readonly<Record<string, string>>, key: string): string | undefined {
  const text = values[key]?.trim();
  return text === '' ? undefined : text;
}

/** The words of a setting that are parted by commas or blanks. */
export function getList(values: Readonly<Record<string, string>>, key: string): readonly string[] {
  return (values[key] ?? '').split(/[\s,]+/).filter((word) => word !== '');
}

/**
 * Checks the address of a service: an origin and nothing else, https or on this machine.
 * @returns what is wrong and how to mend it, or undefined where it is fine.
 */
export function validateEndpoint(text: string): string | undefined {
  const address = text.trim();
  try {
    const url = checkedUrl(address, [address]);
    const bare = url.pathname === '/' && url.search === '' && url.hash === '';
    return bare ? undefined : l10n.t('Remove everything after the host: {0}', url.origin);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return `${error.message} ${error.advice}`;
  }
}

/**
 * The origin of an address in the settings of an account.
 * @param standard applies if the setting is missing or empty.
 * @throws HttpError kind `rejected` if it is no usable address.
 */
export function getOrigin(
  settings: Readonly<Record<string, string>>,
  key: string,
  standard: string | undefined,
): string {
  const address = getText(settings, key) ?? standard ?? '';
  const wrong = validateEndpoint(address);
  if (wrong !== undefined) throw unusable(wrong);
  return new URL(address).origin;
}
