import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { ApiChildrenOptions, ApiRunsOptions } from '.';
import { HttpError } from '../core/http/errors';
import { parsePath, type ResourcePath } from '../core/services/contract/path';

/** Arguments of other extensions may be anything: callers need not be written in TypeScript. */
const signal = v.optional(v.instance(AbortSignal));

const childrenOptions = v.optional(
  v.object({ refresh: v.optional(v.boolean()), all: v.optional(v.boolean()), signal }),
  {},
);

const runsOptions = v.optional(v.object({ account: v.optional(v.string()), signal }), {});

/** @throws HttpError `rejected` if it is not the path of a resource. */
export function checkedPath(path: unknown): ResourcePath {
  const known = typeof path === 'string' ? parsePath(path) : undefined;
  if (known) return known;
  throw rejected(l10n.t('"{0}" is not a resource path.', shown(path)), pathAdvice());
}

/** @param name of the argument. @throws HttpError `rejected` if it is not a string, or empty. */
export function checkedText(name: string, text: unknown): string {
  if (typeof text === 'string' && text.trim() !== '') return text;
  throw rejected(l10n.t('"{0}" must be a string.', name), apiAdvice());
}

/** @throws HttpError `rejected` if it is not a signal. */
export function checkedSignal(given: unknown): AbortSignal | undefined {
  return checked(signal, 'signal', given);
}

/** @throws HttpError `rejected` if the types differ from api/index.ts. */
export function checkedChildrenOptions(options: unknown): ApiChildrenOptions {
  return withoutAbsent(checked(childrenOptions, 'options', options));
}

/** @throws HttpError `rejected` if the types differ from api/index.ts. */
export function checkedRunsOptions(options: unknown): ApiRunsOptions {
  return withoutAbsent(checked(runsOptions, 'options', options));
}

function checked<S extends v.GenericSchema>(schema: S, name: string, value: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const where = [name, v.getDotPath(issue)].filter(Boolean).join('.');
  throw rejected(l10n.t('"{0}" does not have the type expected by the API.', where), apiAdvice());
}

/** The members that have a value. */
function withoutAbsent<T extends object>(options: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const present = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as { [K in keyof T]?: NonNullable<T[K]> };
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : typeof value;
}

function rejected(message: string, advice: string): HttpError {
  return new HttpError('rejected', message, { advice });
}

function pathAdvice(): string {
  return l10n.t('Pass the path of a row returned by the API.');
}

function apiAdvice(): string {
  return l10n.t('See the types in api.ts, which the calling extension can copy.');
}
