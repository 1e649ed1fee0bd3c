import { cleanLine } from '../../shared/plainText';
import { DecodedText } from './decodedText';
import { findLookedLikeSecrets } from './lookedLikeSecrets';
import { findNamedSecrets } from './namedSecrets';
import { maskRanges, type Range } from './ranges';
import { SecretFinder, type SearchOptions } from './secretFinder';

/** Stands in the place of a secret. */
export const MASK = '***';

/** Values that must not be seen: those that the window knows (`KnownSecrets`), or some in particular. */
export type SecretValues = { readonly finder: SecretFinder } | readonly string[];

/** As of {@link redact}. */
export type RedactOptions = SearchOptions;

/** How often a text may be encoded for its names still to be read: as a query in JSON in HTML. */
const MAX_ENCODINGS = 3;

/** A text without any of these holds nothing that is secret by its name or look. */
const HINTS_AT_SECRETS = /[:=>&%\\]|eyJ|bearer|basic|BEGIN/i;

/**
 * Takes secrets out of a text, for logs, errors, files and whoever else is not to see them. The one place that decides
 * what a secret looks like.
 *
 * Masked are the given values, in all common encodings (see `SecretFinder`); the values of headers, keys and members
 * that are secret by their name (see `isSecretName`); `Bearer` and `Basic` credentials, JSON Web Tokens, private keys,
 * and user names and passwords in URLs. Placeholders stay: `Bearer <YOUR_API_KEY>`.
 *
 * Never throws, and takes time in proportion to the text.
 */
export function redact(text: string, secrets: SecretValues, options: RedactOptions = {}): string {
  const visible = DecodedText.visible(text);
  const known = toFinder(secrets)
    .find(visible.text, options)
    .map((range) => visible.sourceOf(range));
  return maskRanges(text, [...known, ...findUnknownSecrets(visible)], MASK);
}

/**
 * Takes known secrets out of a name, or another text that is shown as it is otherwise: nothing else of it is masked.
 * Never throws, and takes time in proportion to the text.
 */
export function redactName(text: string, secrets: SecretValues): string {
  const finder = toFinder(secrets);
  if (finder.isEmpty) return text;
  const visible = DecodedText.visible(text);
  const known = finder.find(visible.text).map((range) => visible.sourceOf(range));
  return maskRanges(text, known, MASK);
}

/**
 * Makes text from outside fit for an error or a log line: redacted, on one line, without control and
 * direction-changing characters, and short. Never throws.
 * @param length most characters that are kept.
 */
export function publicText(text: string, secrets: SecretValues, length = 300): string {
  // Far more than is kept, and yet little: bodies may be many megabytes.
  const part = text.slice(0, 100 * length);
  const line = cleanLine(redact(part, secrets, { cut: part !== text })).replace(/ +/g, ' ');
  return line.length > length ? `${line.slice(0, length - 1).toWellFormed()}…` : line;
}

/** What is secret by its name or look, at every depth of encoding. */
function findUnknownSecrets(visible: DecodedText): readonly Range[] {
  const found: Range[] = [];
  let current: DecodedText | undefined = HINTS_AT_SECRETS.test(visible.text) ? visible : undefined;
  for (let depth = 0; current && depth <= MAX_ENCODINGS; depth++) {
    const { text } = current;
    for (const range of [...findNamedSecrets(text), ...findLookedLikeSecrets(text)]) {
      found.push(current.sourceOf(range));
    }
    current = current.decoded();
  }
  return found;
}

/** What finds the values; made once for a whole document. */
export function toFinder(secrets: SecretValues): SecretFinder {
  return 'finder' in secrets ? secrets.finder : new SecretFinder(secrets);
}
