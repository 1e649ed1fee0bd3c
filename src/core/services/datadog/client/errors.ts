import * as l10n from '@vscode/l10n';
import type { ParsedError, HttpResponse } from '../../../http/types';
import { isJsonObject, readJson, type JsonValue } from '../../../http/json';
import { plainText } from '../../common/answerErrors';

/** How an account signs in, as far as advice depends on it. */
export interface SignInKind {
  /** True for API key and application key, false for a token. */
  readonly withKeys: boolean;
  /** True for a Datadog site, false for another address. */
  readonly hasSite: boolean;
}

const WITH_KEYS: SignInKind = { withKeys: true, hasSite: true };

/** Maximum number of errors of one response that are shown. */
const MAX_SHOWN_ERRORS = 3;

/**
 * Parses an error response of Datadog, whose APIs use many shapes: `errors` with texts, or with objects of `detail`,
 * `title`, `code` and `meta.message` (JSON:API), `error` with `message` and `details`, and no body at all. The content
 * type is unreliable: JSON is sent as text/plain too.
 */
export function readError(response: HttpResponse, signIn: SignInKind = WITH_KEYS): ParsedError {
  const errors = toErrors(parse(response.text));
  const texts = [...new Set(errors.map(getText).filter((text) => text !== ''))];
  const shown = texts.slice(0, MAX_SHOWN_ERRORS).join('; ') || (plainText(response) ?? '');
  const [code] = errors.map(getCode).filter((word) => word !== undefined && word !== shown);
  const [id] = errors.map((error) => word(error, 'id')).filter((given) => given !== undefined);
  const message = [shown, response.status === 429 ? limitText(response.headers) : '']
    .filter(Boolean)
    .join(' ');
  const advice = adviceFor(response.status, signIn);
  return {
    ...(code && { code }),
    ...(message && { message }),
    ...(advice && { advice }),
    ...([401, 403].includes(response.status) && { blamesAccount: true }),
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

function toErrors(body: JsonValue | undefined): readonly JsonValue[] {
  if (!isJsonObject(body)) return [];
  const errors = body.errors ?? body.error ?? body.message;
  if (errors === undefined || errors === null) return [];
  return Array.isArray(errors) ? (errors as readonly JsonValue[]) : [errors];
}

/** One error as text, with the position that it is about. */
function getText(error: JsonValue): string {
  if (typeof error === 'string') return plain(error);
  if (!isJsonObject(error)) return '';
  const said =
    word(error, 'detail') ??
    word(error.meta, 'message') ??
    word(error, 'message') ??
    word(error, 'title') ??
    word(error, 'code');
  const place = word(error.source, 'pointer') ?? word(error.source, 'parameter');
  const details = Array.isArray(error.details) ? (error.details as readonly JsonValue[]).map(getText) : [];
  return [place === undefined ? plain(said ?? '') : `${plain(said ?? '')} (${place})`, ...details]
    .filter((text) => text !== '')
    .join(': ');
}

/** A code that is more specific than the status. */
function getCode(error: JsonValue): string | undefined {
  const code = word(error, 'code');
  return code === undefined || /^\d{3}$/.test(code) ? undefined : code;
}

function word(value: JsonValue | undefined, key: string): string | undefined {
  const text = isJsonObject(value) ? value[key] : undefined;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

/** Some texts end in a Python object, such as `{'_schema': ['Missing data.']}`: only its words are kept. */
function plain(text: string): string {
  const start = text.endsWith('}') ? text.search(/\{u?['"]/) : -1;
  if (start < 0) return text;
  const words = text
    .slice(start)
    .replaceAll(/u?['"](?:errors|_schema|detail|source|pointer)['"]:\s*/g, '')
    .replaceAll(/\bu(?=['"])|[{}[\]'"]/g, '');
  return text.slice(0, start) + words;
}

/** The rate limit in the headers, if any. `reset` is seconds from now. Datadog often sends no body with it. */
function limitText(headers: HttpResponse['headers']): string {
  const { 'x-ratelimit-limit': limit, 'x-ratelimit-period': period, 'x-ratelimit-name': name } = headers;
  const reset = headers['x-ratelimit-reset'];
  const parts = [
    limit && period && l10n.t('The limit is {0} requests per {1} seconds.', limit, period),
    name && l10n.t('The limit is named {0}.', name),
    reset && l10n.t('It resets in {0} seconds.', reset),
  ];
  return parts.filter(Boolean).join(' ');
}

function adviceFor(status: number, signIn: SignInKind): string | undefined {
  switch (status) {
    case 401:
    case 403:
      return credentialsAdvice(signIn);
    case 404:
      return l10n.t(
        'It may have been deleted. Refresh the parent row. If an entire entity is not found, check the entities of the account and that Product Analytics is enabled for the organization.',
      );
    default:
      return undefined;
  }
}

/** Datadog responds alike to unknown credentials and to missing permissions. */
function credentialsAdvice({ withKeys, hasSite }: SignInKind): string {
  if (withKeys)
    return hasSite
      ? l10n.t(
          'Edit the account and check API key, application key and site. A key is valid only on its own site. If they are correct, their owner lacks permission for Product Analytics.',
        )
      : l10n.t(
          'Edit the account and check API key, application key and API address. If they are correct, their owner lacks permission for Product Analytics.',
        );
  return hasSite
    ? l10n.t(
        'Edit the account and check the access token and the site. A token is valid only on its own site, and may have expired. If it is correct, the token or its owner lacks permission for Product Analytics.',
      )
    : l10n.t(
        'Edit the account and check the access token and the API address. The token may have expired. If it is correct, the token or its owner lacks permission for Product Analytics.',
      );
}
