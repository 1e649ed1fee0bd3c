import { isHint, isPlaceholder } from './placeholders';
import type { Range } from './ranges';
import { endsInSecretName, isSecretName } from './secretNames';

/** Maximum distance of a name before its separator, in characters. */
const MAX_NAME_CHARS = 100;

/** Maximum distance of the parts of a pair such as `{"name": "password", "value": "…"}`, in characters. */
const MAX_PAIR_CHARS = 200;

/** A name before a separator. */
interface Name {
  readonly text: string;
  /** Where it starts, without a quotation mark. */
  readonly start: number;
  readonly quoted: boolean;
}

/** A value after a name, without quotation marks. */
interface Value {
  readonly range: Range;
  /** True if quotation marks or brackets delimit it. */
  readonly framed: boolean;
}

/**
 * Finds values whose names say that they are secret: in headers, queries, forms, JSON, YAML, XML, connection strings
 * and sentences. Placeholders such as `<YOUR_API_KEY>` are not secrets. Takes linear time: names are searched within a
 * limited distance, and no value is read twice.
 */
export function findNamedSecrets(text: string): readonly Range[] {
  const found: Range[] = [];
  const separators = /::|[:=>]/g;
  let pairEnd = 0;
  for (let match = separators.exec(text); match; match = separators.exec(text)) {
    const at = match.index;
    const name = match[0] === '::' ? undefined : nameBefore(text, at);
    if (name === undefined) continue;
    if (match[0] === '>') {
      const element = elementValue(text, at, name);
      if (element) found.push(element);
      continue;
    }
    const from = valueStart(text, at, name);
    if (isSecret(name, text, at) || (from < pairEnd && PAIR_VALUE.test(name.text))) {
      const { masked, end } = secretValue(text, from, at, name);
      found.push(...masked);
      separators.lastIndex = Math.max(end, separators.lastIndex);
    } else if (PAIR_NAME.test(name.text)) {
      pairEnd = pairedUntil(text, from, name) ?? pairEnd;
    }
  }
  return found;
}

/** If this value is a name (`{"name": "password", …}`), how far away its value may be. */
function pairedUntil(text: string, from: number, name: Name): number | undefined {
  const near = text.slice(0, from + MAX_NAME_CHARS);
  const { range, framed } = readValue(near, from, name);
  return framed && isSecretName(near.slice(...range)) ? range[1] + MAX_PAIR_CHARS : undefined;
}

const PAIR_NAME = /^(?:key|name|field|property|option|parameter|setting)$/i;
const PAIR_VALUE = /^(?:value|val|content|default|defaultValue)$/i;
const NAME_CHARACTER = /[\w.$\u0080-\u{10ffff}-]/u;

/** The name that ends before a separator, with blanks, quotation marks and a closing bracket in between. */
function nameBefore(text: string, separator: number): Name | undefined {
  const last = back(text, separator, 4, /[ \t]/);
  const end = back(text, last, 12, /["'`\]\\]/);
  const mark = /["'`]/.exec(text.slice(end, last))?.[0];
  const near = text.slice(Math.max(0, end - MAX_NAME_CHARS), end);
  const opening = mark === undefined ? -1 : near.lastIndexOf(mark);
  const quoted = near.slice(opening + 1);
  if (opening >= 0 && /^[^\n:=]+$/.test(quoted))
    return { text: quoted, start: end - quoted.length, quoted: true };
  const start = back(text, end, MAX_NAME_CHARS, NAME_CHARACTER);
  return start === end ? undefined : { text: text.slice(start, end), start, quoted: mark !== undefined };
}

/** Moves back over characters of a kind. */
function back(text: string, from: number, most: number, kind: RegExp): number {
  let at = from;
  while (at > 0 && from - at < most && kind.test(text.charAt(at - 1))) at--;
  return at;
}

function isSecret(name: Name, text: string, separator: number): boolean {
  if (isSecretName(name.text)) return true;
  if (name.quoted || text.charAt(name.start - 1) !== ' ') return false;
  // In a sentence or a document: "API key: …".
  const before = back(text, name.start - 1, MAX_NAME_CHARS, NAME_CHARACTER);
  return endsInSecretName(text.slice(before, separator));
}

/** Where the value starts after `:`, `=`, `:=`, `==` or `=>`. */
function valueStart(text: string, separator: number, { quoted }: Name): number {
  const blanks = quoted ? /\s{0,100}/y : /[ \t]{0,20}/y;
  blanks.lastIndex = separator + (/[=>]/.test(text.charAt(separator + 1)) ? 2 : 1);
  blanks.test(text);
  return blanks.lastIndex;
}

/** The ranges of a secret's value to mask, and how far it was read. */
function secretValue(text: string, from: number, separator: number, name: Name): Found {
  const isColon = text.charAt(separator) === ':';
  if (isColon && text.startsWith('//', from)) return { masked: [], end: from };
  if (/^(?:set-)?cookie2?$/i.test(name.text) && !name.quoted) return cookieValue(text, from, name);
  const isHeader = /^(?:proxy-)?authorization$/i.test(name.text);
  const scheme = isHeader ? schemeAt(text, from) : undefined;
  if (scheme?.parameters) {
    const end = lineEnd(text, scheme.end);
    return { masked: [[scheme.end, end]], end };
  }
  const { range, framed } = readValue(text, scheme?.end ?? from, name);
  const value = text.slice(...range);
  const inSentence = isColon && !framed && !name.quoted && !isHeader;
  const isKept = isHarmless(value) || (inSentence && isOrdinary(name.text, value));
  return { masked: isKept ? [] : [range], end: range[1] };
}

interface Found {
  readonly masked: readonly Range[];
  readonly end: number;
}

function isHarmless(value: string): boolean {
  const text = value.replace(/[.,:!?)]{1,3}$/, '');
  return text === '' || isPlaceholder(text) || isHint(text) || /^(?:Bearer|Basic|Digest)$/i.test(text);
}

/** In a sentence, names that are ordinary words are followed by ordinary words: "The token: see below". */
function isOrdinary(name: string, value: string): boolean {
  const word = /^[A-Z]?[a-z]{0,15}[.!?…]*$/.test(value);
  return word && /^(?:tokens?|secrets?|credentials?|cookies?|signature|assertion|bearer)$/i.test(name);
}

/** Schemes of the Authorization header. After those of the second group, the rest of the line is parameters. */
const SCHEMES =
  /(?:(?:Bearer|Basic|Token|ApiKey|Api-Key|Negotiate|NTLM|Kerberos|DPoP|SharedKey|JWT|Key|PrivateToken|Splunk|[A-Za-z-]{1,20}(?=[ \t]{1,8}\S{0,100}\d))|(Digest|OAuth|Hawk|MAC|Signature|SCRAM-[\w-]{1,20}|AWS4-[\w-]{1,20}|SharedAccessSignature))[ \t]{1,8}/iy;

function schemeAt(
  text: string,
  from: number,
): { readonly end: number; readonly parameters: boolean } | undefined {
  SCHEMES.lastIndex = from;
  const match = SCHEMES.exec(text);
  return match ? { end: from + match[0].length, parameters: match[1] !== undefined } : undefined;
}

/** A cookie header extends to the end of its line. Text about cookies is not one. */
function cookieValue(text: string, from: number, { start }: Name): Found {
  const mark = text.charAt(start - 1);
  const line = lineEnd(text, from);
  const close = /["'`]/.test(mark) ? text.slice(from, line).indexOf(mark) : -1;
  const end = close < 0 ? line : from + close;
  return { masked: text.slice(from, end).includes('=') ? [[from, end]] : [], end };
}

function lineEnd(text: string, from: number): number {
  return matchEnd(/[^\r\n]*/y, text, from);
}

/** The content of an XML element, from its start tag at `>`, or back from its end tag. */
function elementValue(text: string, at: number, { text: name, start }: Name): Range | undefined {
  const tag = /<(\/?)(?:[\w.-]{1,40}:)?$/.exec(text.slice(Math.max(0, start - 50), start));
  if (!tag || !isSecretName(name)) return undefined;
  const range: Range =
    tag[1] === '/'
      ? [text.lastIndexOf('>', start - tag[0].length) + 1, start - tag[0].length]
      : [at + 1, matchEnd(/[^<]*/y, text, at + 1)];
  return isHarmless(text.slice(...range).trim()) ? undefined : range;
}

/** Reads a value. Every pattern matches one run of characters, and is tried once. */
function readValue(text: string, from: number, name: Name): Value {
  const opening = /(\\*)["'`]/y;
  opening.lastIndex = from;
  const mark = opening.exec(text);
  if (mark) {
    const start = opening.lastIndex;
    return {
      range: [start, closingMark(text, start, text.charAt(start - 1), (mark[1] ?? '').length)],
      framed: true,
    };
  }
  const framed: Range = [from, matchEnd(FRAME, text, from)];
  if (framed[1] > from && isPlaceholder(text.slice(...framed))) return { range: framed, framed: false };
  if (/[[{]/.test(text.charAt(from))) return { range: [from, bracketEnd(text, from)], framed: true };
  return { range: [from, matchEnd(barePattern(text, from, name), text, from)], framed: false };
}

const FRAME = /\$?\{\{?[^{}\n]{0,60}\}?\}|<[^<>\n]{1,60}>|\[[^[\]\n]{0,60}\]|\([^()\n]{0,60}\)/y;

/** The pattern of an unquoted value, which depends on the position of its name. */
function barePattern(text: string, from: number, { start }: Name): RegExp {
  const before = text.charAt(back(text, start, 4, /\s/) - 1);
  if (/[?&#]/.test(before)) return /[^\s&#"'<>`\\]*/y;
  const followed = /[^;"'\r\n=]{1,200}={0,2};\s?[\w ]{1,40}=/y;
  followed.lastIndex = from;
  if (before === ';' || followed.test(text)) return /[^;"'\r\n]*/y;
  const form = /[^\s&"'<>]{1,300}&[\w.-]{1,40}=/y;
  form.lastIndex = from;
  if (form.test(text)) return /[^\s&"'<>`\\]*/y;
  // A comma or a semicolon belongs to it unless another name or a blank follows.
  return /(?:[^\s"'`&,;<>\])}\\]|[,;](?![\s"']|$|[\w .-]{1,40}[=:])|\\(?![nrt"'`\\/u]))*/y;
}

/** Where a quotation mark closes: with escaped ones, the first that is escaped no more than the opening one. */
function closingMark(text: string, from: number, mark: string, escapes: number): number {
  for (let at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + 1)) {
    let backslashes = 0;
    while (at - backslashes > from && text.charAt(at - backslashes - 1) === '\\') backslashes++;
    if (escapes === 0 ? backslashes % 2 === 0 : backslashes <= escapes)
      return at - Math.min(backslashes, escapes);
  }
  return text.length;
}

/** The end of a list or an object. */
function bracketEnd(text: string, from: number): number {
  const marks = /[[\]{}]|(\\*)"/g;
  marks.lastIndex = from;
  let depth = 0;
  for (let match = marks.exec(text); match; match = marks.exec(text)) {
    if (match[1] !== undefined)
      marks.lastIndex = closingMark(text, marks.lastIndex, '"', match[1].length) + 1 + match[1].length;
    else depth += /[[{]/.test(match[0]) ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return text.length;
}

function matchEnd(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}
