import * as l10n from '@vscode/l10n';
import type { HttpResponse } from './types';
import { isJsonObject, type JsonObject } from './json';

/** Members with messages of services, in order of precedence. */
const MESSAGES = ['errorDescription', 'error_description', 'message', 'detail', 'title', 'error'] as const;

/** The first of these members that is a text or a number, as text. */
export function word(body: JsonObject | undefined, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = body?.[key];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}

/**
 * The service's message in an answer of undocumented shape: the first of its `errors`, its `error`, or its own.
 * @param value the answer, or one of its errors.
 */
export function serviceMessage(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (!isJsonObject(value)) return undefined;
  const { errors, error } = value;
  const inner = [[errors].flat()[0], isJsonObject(error) ? error : undefined].map(serviceMessage);
  return inner.find((message) => message !== undefined) ?? word(value, MESSAGES);
}

/**
 * A sentence about an answer, and the service's message if there is one, safe to show.
 * @param why a sentence.
 */
export function withServiceMessage(
  why: string,
  { quote }: Pick<HttpResponse, 'quote'>,
  answer: JsonObject | undefined,
): string {
  const message = quote?.(serviceMessage(answer) ?? '') ?? '';
  return message === '' ? why : l10n.t('{0} The service says: {1}', why, message);
}
