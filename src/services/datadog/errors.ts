import * as l10n from '@vscode/l10n';
import type { ErrorReading, HttpResponse } from '../../http/client';
import { readJson } from '../../http/json';
import { plainText } from '../bodyObject';
import { isJsonObject } from '../decode';
import type { JsonValue } from '../service';

/** Several errors of one answer are told up to this many. */
const MOST = 3;

/**
 * Reads an unsuccessful answer of Datadog, whose APIs know many shapes: `errors` with texts, or with objects of
 * `detail`, `title`, `code` and `meta.message` (JSON:API), `error` with `message` and `details`, and no body at all.
 * The content type says nothing: JSON comes as text/plain too.
 */
export function readError(response: HttpResponse): ErrorReading {
  const errors = errorsOf(parse(response.text));
  const texts = [...new Set(errors.map(textOf).filter((text) => text !== ''))];
  const told = texts.slice(0, MOST).join('; ') || (plainText(response) ?? '');
  const [code] = errors.map(codeOf).filter((word) => word !== undefined && word !== told);
  const [id] = errors.map((error) => word(error, 'id')).filter((given) => given !== undefined);
  const message = [told, response.status === 429 ? limitText(response.headers) : '']
    .filter(Boolean)
    .join(' ');
  const advice = adviceFor(response.status);
  return {
    ...(code && { code }),
    ...(message && { message }),
    ...(advice && { advice }),
    ...(id && response.requestId === undefined && { requestId: id }),
  };
}

function parse(text: string): JsonValue | undefined {
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
}

function errorsOf(body: JsonValue | undefined): readonly JsonValue[] {
  if (!isJsonObject(body)) return [];
  const errors = body.errors ?? body.error ?? body.message;
  if (errors === undefined || errors === null) return [];
  return Array.isArray(errors) ? (errors as readonly JsonValue[]) : [errors];
}

/** One error in words, with the place that it is about. */
function textOf(error: JsonValue): string {
  if (typeof error === 'string') return plain(error);
  if (!isJsonObject(error)) return '';
  const said =
    word(error, 'detail') ??
    word(error.meta, 'message') ??
    word(error, 'message') ??
    word(error, 'title') ??
    word(error, 'code');
  const place = word(error.source, 'pointer') ?? word(error.source, 'parameter');
  const details = Array.isArray(error.details) ? (error.details as readonly JsonValue[]).map(textOf) : [];
  return [place === undefined ? plain(said ?? '') : `${plain(said ?? '')} (${place})`, ...details]
    .filter((text) => text !== '')
    .join(': ');
}

/** A code that says more than the status. */
function codeOf(error: JsonValue): string | undefined {
  const code = word(error, 'code');
  return code === undefined || /^\d{3}$/.test(code) ? undefined : code;
}

function word(value: JsonValue | undefined, key: string): string | undefined {
  const text = isJsonObject(value) ? value[key] : undefined;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

/** Some texts end in a Python object, such as `{'_schema': ['Missing data.']}`: its words without the marks. */
function plain(text: string): string {
  const start = text.endsWith('}') ? text.search(/\{u?['"]/) : -1;
  if (start < 0) return text;
  const words = text
    .slice(start)
    .replaceAll(/u?['"](?:errors|_schema|detail|source|pointer)['"]:\s*/g, '')
    .replaceAll(/\bu(?=['"])|[{}[\]'"]/g, '');
  return text.slice(0, start) + words;
}

/** The limit that was met, as far as the headers tell. `reset` is seconds from now. Datadog often sends no body with it. */
function limitText(headers: HttpResponse['headers']): string {
  const { 'x-ratelimit-limit': limit, 'x-ratelimit-period': period, 'x-ratelimit-name': name } = headers;
  const reset = headers['x-ratelimit-reset'];
  const parts = [
    limit && period && l10n.t('The limit is {0} requests in {1} seconds.', limit, period),
    name && l10n.t('Its name is {0}.', name),
    reset && l10n.t('It begins anew in {0} seconds.', reset),
  ];
  return parts.filter(Boolean).join(' ');
}

function adviceFor(status: number): string | undefined {
  switch (status) {
    case 401:
    case 403:
      return l10n.t(
        'Check both keys or the token, and the site: the keys of one site are not known to another. If they are right, their owner lacks the right to Product Analytics.',
      );
    case 404:
      return l10n.t(
        'It may have been deleted: refresh the level above. Where a whole entity is not found, check the entities of the account, and whether Product Analytics is enabled for the organization.',
      );
    default:
      return undefined;
  }
}
