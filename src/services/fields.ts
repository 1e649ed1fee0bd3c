import * as l10n from '@vscode/l10n';
import { validateEndpoint } from './endpoint';
import type { Field } from './service';
import { MAX_TOKEN_CHARS } from './tokens';

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
