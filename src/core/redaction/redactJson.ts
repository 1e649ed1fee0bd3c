import { toFinder, MASK, redact, redactName, type SecretValues } from './redact';
import { isPlaceholder } from './placeholders';
import { mergeRanges, type Range } from './ranges';
import { isSecretName } from './secretNames';

/** A token of a JSON text: a string, a number, `true`, or, if the text is not JSON, any run of characters. */
interface Word {
  readonly range: Range;
  readonly isKey: boolean;
}

/** An object or a list that is being read. */
interface Frame {
  readonly isObject: boolean;
  /** The key of the current member, and where its value starts. */
  key: string | undefined;
  valueStart: number | undefined;
  /** The value of a member `name` or `key`, and where the values of members such as `value` are. */
  named: string | undefined;
  readonly values: Range[];
}

/**
 * Masks secrets in a JSON text that is stored, compared or passed on: all texts and numbers, at any depth, of members
 * with a secret name (see `isSecretName`); of pairs such as `{"name": "password", "value": …}`; and in every other text
 * what {@link redact} masks. `true`, `false`, `null`, empty texts and placeholders (`[REDACTED]`) stay, and everything
 * else stays as it is written.
 *
 * Text that is not JSON is masked as far as it can be read. Never throws, and takes linear time.
 */
export function redactJson(text: string, secrets: SecretValues): string {
  const { words, secretParts } = readWords(text);
  const known = { finder: toFinder(secrets) };
  // Keys are repeated many times in a text.
  const keys = new Map<string, string>();
  const zones = mergeRanges(secretParts);
  const parts: string[] = [];
  let [copied, zone] = [0, 0];
  for (const { range, isKey } of words) {
    while ((zones[zone]?.[1] ?? Infinity) <= range[0]) zone++;
    const isSecret = (zones[zone]?.[0] ?? Infinity) <= range[0];
    const written = text.slice(...range);
    const masked = (isKey ? keys.get(written) : undefined) ?? maskWord(written, isKey, isSecret, known);
    if (isKey) keys.set(written, masked);
    if (masked === written) continue;
    parts.push(text.slice(copied, range[0]), masked);
    copied = range[1];
  }
  return parts.join('') + text.slice(copied);
}

function maskWord(written: string, isKey: boolean, isSecret: boolean, secrets: SecretValues): string {
  if (!written.startsWith('"')) {
    if (isKey || /^(?:true|false|null)$/.test(written)) return written;
    return isSecret || redactName(written, secrets) !== written ? JSON.stringify(MASK) : written;
  }
  const value = decodeString(written);
  if (isSecret && !isKey) return value === '' || isPlaceholder(value) ? written : JSON.stringify(MASK);
  const masked = isKey ? redactName(value, secrets) : redact(value, secrets);
  return masked === value ? written : JSON.stringify(masked);
}

/** The tokens of a text in order, and the ranges in which all are secret. */
function readWords(text: string): {
  readonly words: readonly Word[];
  readonly secretParts: readonly Range[];
} {
  const words: Word[] = [];
  const secretParts: Range[] = [];
  const frames: Frame[] = [];
  const names = new Map<string, boolean>();
  const isSecret = (name: string): boolean => {
    const known = names.get(name) ?? isSecretName(name);
    names.set(name, known);
    return known;
  };
  const token = /["{}[\],:]|[^{}[\],:"\s]+/g;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    if (match[0] === '"') token.lastIndex = stringEnd(text, match.index);
    const end = token.lastIndex;
    const written = text.slice(match.index, end);
    const frame = frames.at(-1);
    switch (written) {
      case '{':
      case '[':
        frames.push(newFrame(written === '{'));
        break;
      case '}':
      case ']':
        if (frame) secretParts.push(...closeFrame(frame, match.index, isSecret));
        frames.pop();
        break;
      case ',':
        if (frame) secretParts.push(...endValue(frame, match.index, isSecret));
        break;
      case ':':
        if (frame?.isObject) frame.valueStart ??= end;
        break;
      default:
        words.push({ range: [match.index, end], isKey: readWord(frame, written) });
    }
  }
  for (const frame of frames.toReversed()) secretParts.push(...closeFrame(frame, text.length, isSecret));
  return { words, secretParts };
}

function newFrame(isObject: boolean): Frame {
  return { isObject, key: undefined, valueStart: undefined, named: undefined, values: [] };
}

/** Processes a token of an object. @returns true for a key. */
function readWord(frame: Frame | undefined, written: string): boolean {
  if (!frame?.isObject) return false;
  if (frame.valueStart === undefined) {
    frame.key = decodeString(written);
    return true;
  }
  if (PAIR_NAMES.test(frame.key ?? '')) frame.named ??= decodeString(written);
  return false;
}

type IsSecret = (name: string) => boolean;

/** Ends the value of a member. @returns its range if it is secret. */
function endValue(frame: Frame, end: number, isSecret: IsSecret): readonly Range[] {
  const { key, valueStart } = frame;
  frame.key = undefined;
  frame.valueStart = undefined;
  if (key === undefined || valueStart === undefined) return [];
  if (PAIR_VALUES.test(key)) frame.values.push([valueStart, end]);
  return isSecret(key) ? [[valueStart, end]] : [];
}

/** Ends an object or a list. @returns the secret ranges, including those given by a name beside them. */
function closeFrame(frame: Frame, end: number, isSecret: IsSecret): readonly Range[] {
  const last = endValue(frame, end, isSecret);
  return frame.named !== undefined && isSecret(frame.named) ? [...last, ...frame.values] : last;
}

const PAIR_NAMES = /^(?:key|name|field|property|option|parameter|setting)$/i;
const PAIR_VALUES = /^(?:values?|val|content|default|defaultValue)$/i;

/** The end of a string: a quotation mark after an even number of backslashes. */
function stringEnd(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let before = quote;
    while (text.charAt(before - 1) === '\\') before--;
    if ((quote - before) % 2 === 0) return quote + 1;
  }
  return text.length;
}

/** The value of a JSON string; if it is invalid, the text between its quotation marks. */
function decodeString(written: string): string {
  const inner = written.slice(
    written.startsWith('"') ? 1 : 0,
    written.length > 1 && written.endsWith('"') ? -1 : undefined,
  );
  if (!inner.includes('\\')) return inner;
  try {
    return String(JSON.parse(written));
  } catch {
    return inner;
  }
}
