import { cleanLine } from '../../shared/plainText';
import { DecodedText } from './decodedText';
import { findLookedLikeSecrets } from './lookedLikeSecrets';
import { findNamedSecrets } from './namedSecrets';
import { maskRanges, type Range } from './ranges';
import { SecretFinder, type SearchOptions } from './secretFinder';

/** Replaces a secret. */
export const MASK = '***';

/** The secrets to mask: those that the window knows (`KnownSecrets`), or specific ones. */
export type SecretValues = { readonly finder: SecretFinder } | readonly string[];

export type RedactOptions = SearchOptions;

/** How often a text may be encoded and its names still be read: a query in JSON in HTML. */
const MAX_ENCODINGS = 3;

/** A text without any of these has nothing that is secret by name or form. */
const HINTS_AT_SECRETS = /[:=>&%\\]|eyJ|bearer|basic|BEGIN/i;

/**
 * Masks secrets in a text, for logs, errors, files and everything else that must not contain them. The one place that
 * decides what a secret looks like.
 *
 * Masks the given values, in all common encodings (see `SecretFinder`); the values of headers, keys and members with a
 * secret name (see `isSecretName`); `Bearer` and `Basic` credentials, JSON Web Tokens, private keys, and user names and
 * passwords in URLs. Placeholders stay: `Bearer <YOUR_API_KEY>`.
 *
 * Never throws, and takes linear time.
 */
export function redact(text: string, secrets: SecretValues, options: RedactOptions = {}): string {
  const visible = DecodedText.visible(text);
  const known = toFinder(secrets)
    .find(visible.text, options)
    .map((range) => visible.getSource(range));
  return maskRanges(text, [...known, ...findUnknownSecrets(visible)], MASK);
}

/**
 * Masks known secrets in a name, or in another text that is otherwise shown as it is. Never throws, and takes linear
 * time.
 */
export function redactName(text: string, secrets: SecretValues): string {
  const finder = toFinder(secrets);
  if (finder.isEmpty) return text;
  const visible = DecodedText.visible(text);
  const known = finder.find(visible.text).map((range) => visible.getSource(range));
  return maskRanges(text, known, MASK);
}

/**
 * Makes text from outside safe for an error or a log line: redacted, on one line, without control and bidirectional
 * characters, and short. Never throws.
 * @param length maximum characters.
 */
export function publicText(text: string, secrets: SecretValues, length = 300): string {
  // Far more than is kept, but little: bodies may be many megabytes.
  const part = text.slice(0, 100 * length);
  const line = cleanLine(redact(part, secrets, { cut: part !== text })).replace(/ +/g, ' ');
  return line.length > length ? `${line.slice(0, length - 1).toWellFormed()}…` : line;
}

/** Secrets that are recognized by name or form, at every level of encoding. */
function findUnknownSecrets(visible: DecodedText): readonly Range[] {
  const found: Range[] = [];
  let current: DecodedText | undefined = HINTS_AT_SECRETS.test(visible.text) ? visible : undefined;
  for (let depth = 0; current && depth <= MAX_ENCODINGS; depth++) {
    const { text } = current;
    for (const range of [...findNamedSecrets(text), ...findLookedLikeSecrets(text)]) {
      found.push(current.getSource(range));
    }
    current = current.decoded();
  }
  return found;
}

/** The secrets themselves, for another thread: it makes a finder of its own. */
export function toValues(secrets: SecretValues): readonly string[] {
  return 'finder' in secrets ? secrets.finder.values : secrets;
}

/** The finder of the values; created once for a whole document. */
export function toFinder(secrets: SecretValues): SecretFinder {
  return 'finder' in secrets ? secrets.finder : new SecretFinder(secrets);
}
