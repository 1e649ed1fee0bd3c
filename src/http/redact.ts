/** Stands in the place of a secret. */
export const mask = '***';

/** A secret shorter than this is not searched for: it would blacken ordinary words. */
const shortestSecret = 4;

/** A form of a secret is at most so many times as long as the secret: percent-encoding makes nine characters of one. */
const longestForm = 9;

/** Request and response headers whose whole value is secret, or may hold one. */
const headerNames =
  '(?:proxy-)?authorization|(?:set-)?cookie|(?:x-)?api-key|dd-api-key|dd-application-key|x-auth-token|x-csrf-token';

/** Keys of JSON, forms and queries whose value is a secret. */
const secretKeys =
  'client_?secret|(?:access|refresh|id|jwt|session|csrf|auth)_?token|api_?key|app(?:lication)?_?key|private_?key|' +
  'pass(?:word|wd|phrase)|client_?assertion|assertion|authorization';

/** Keys that are also ordinary words: taken for secrets where they are quoted or followed by `=`, not in prose. */
const wordKeys = 'token|secret|credentials?';

const secretKey = new RegExp(`^(?:${secretKeys}|${wordKeys})$`, 'i');

const quoted = String.raw`"(?:\\[\s\S]|[^"\\])*(?:"|\\?$)|'(?:\\[\s\S]|[^'\\])*(?:'|\\?$)|\\+"[\s\S]*?(?:\\+"|$)`;
const bare = String.raw`[^\s"'\\&,;}\]]+`;

/** Each keeps its first group and masks the rest. Every alternative begins with a different character: linear time. */
const patterns: readonly RegExp[] = [
  new RegExp(String.raw`(\b(?:${headerNames})\\*["']?\s*:\s*)(?:${quoted}|[^\s"'\\][^\r\n]*)`, 'gi'),
  new RegExp(String.raw`(\b(?:${secretKeys})\\*["']?\s*[:=]\s*)(?:${quoted}|${bare})`, 'gi'),
  new RegExp(String.raw`(["']\b(?:${wordKeys})\\*["']\s*[:=]\s*)(?:${quoted}|${bare})`, 'gi'),
  new RegExp(String.raw`(\b(?:${wordKeys})=)(?:${quoted}|${bare})`, 'gi'),
  /(\b(?:Bearer|Basic)\s+)[\w.~+/=-]{4,}/gi,
  /()\beyJ[\w-]{5,}(?:\.[\w-]*){1,4}/g,
  /(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#@]{1,1000}@/gi,
];

/**
 * Takes secrets out of a text, for logs and errors. The one place that decides what a secret looks like.
 *
 * Masked are the given values, also where they are percent-, form-, base64- or JSON-encoded; the values of
 * headers and keys that carry secrets by their name; `Bearer` and `Basic` credentials; what looks like a JWT; and
 * user names and passwords in URLs.
 * @param secrets values that must not be seen, of at least 4 characters.
 */
export function redact(text: string, secrets: readonly string[]): string {
  const forms = [...new Set(secrets.filter((secret) => secret.length >= shortestSecret).flatMap(formsOf))];
  // Longest first: where one form begins with another, all of it has to go.
  forms.sort((a, b) => b.length - a.length);
  const known = forms.length === 0 ? text : text.replace(new RegExp(forms.map(escaped).join('|'), 'g'), mask);
  return patterns.reduce((result, pattern) => result.replace(pattern, `$1${mask}`), known);
}

/** True where a key of that name holds a secret, by what it is called. */
export function isSecretKey(name: string): boolean {
  return secretKey.test(name);
}

/**
 * Makes text from outside fit for an error or a log line: redacted, on one line, without control and
 * direction-changing characters, and short.
 * @param length most characters that are kept.
 */
export function publicText(text: string, secrets: readonly string[], length = 300): string {
  // Far more than is kept, and yet little: bodies may be many megabytes.
  const part = text.slice(0, 100 * length);
  const redacted = redact(part, secrets);
  // A secret that was cut in two is not recognised, so the end is given up as far as one may reach.
  const tail = part === text ? 0 : longestForm * Math.max(0, ...secrets.map((secret) => secret.length));
  const line = redacted
    .slice(0, Math.max(0, redacted.length - tail))
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return line.length > length ? `${line.slice(0, length - 1).toWellFormed()}…` : line;
}

function formsOf(secret: string): readonly string[] {
  const percent = encodeURIComponent(secret.toWellFormed());
  const form = new URLSearchParams({ s: secret }).toString().slice(2);
  const base64 = Buffer.from(secret).toString('base64');
  return [
    secret,
    percent,
    form,
    lowerHex(percent),
    lowerHex(form),
    base64.replace(/=+$/, ''),
    Buffer.from(secret).toString('base64url'),
    JSON.stringify(secret).slice(1, -1),
  ];
}

function lowerHex(text: string): string {
  return text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
