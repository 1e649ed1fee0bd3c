import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { expectError } from '../../base/errors';
import { inTurns } from '../../base/turns';
import type { HttpResponse, CallOptions } from '../../http/types';
import { HttpError } from '../../http/errors';
import { isJsonObject, parseJson, type JsonObject } from '../../http/json';
import { memberLists } from '../../http/jsonSpans';
import { word } from '../../http/serviceMessage';
import { id } from './decode';
import { parseExact } from './exactJson';
import { bodyObject, unexpectedAnswer } from './answerErrors';
import { withoutItems } from './textList';

/** How to identify a resource of one kind. */
export interface Identifying<S extends v.GenericSchema> {
  readonly schema: S;
  /** The member with its ID, in the response and in the decoded value: `connectionKey`. */
  readonly idKey: string & keyof v.InferOutput<S>;
  /** True if two spellings of an ID are the same. Default: if they are equal. */
  readonly isSame?: (asked: string, answered: string) => boolean;
}

/** A resource, decoded and as the service sent it. */
export interface One<S extends v.GenericSchema> {
  readonly decoded: v.InferOutput<S>;
  readonly json: JsonObject;
}

/**
 * Reads the response to a request for one resource. All such responses are read by this function, so that one which
 * does not identify itself as the resource is never taken for it.
 * @param id of the requested resource.
 * @throws HttpError kind `protocol` if the response does not identify the resource, or is about another one.
 */
export function readOne<S extends v.GenericSchema>(
  response: HttpResponse,
  { schema, idKey, isSame = (asked, answered) => asked === answered }: Identifying<S>,
  id: string,
): One<S> {
  const { decoded, json } = readAnyOne(response, schema, idKey);
  const answered = String((decoded as Readonly<Record<string, unknown>>)[idKey]);
  if (isSame(id, answered)) return { decoded, json };
  throw unexpectedAnswer(response, l10n.t('The response is not for the requested resource "{0}".', id));
}

/**
 * The JSON of such an answer for a document that is edited and sent back: numbers keep all their digits.
 * @throws as {@link readOne} does.
 */
export async function readExactOne<S extends v.GenericSchema>(
  response: HttpResponse,
  identity: Identifying<S>,
  id: string,
): Promise<JsonObject> {
  const { json } = readOne(response, identity, id);
  const exact = await parseExact(response);
  return isJsonObject(exact) ? exact : json;
}

/**
 * The text of such an answer, exactly as the service sent it. Read in turns with other work: parsing 10 MB at once would
 * keep the extension host from it for 200 ms.
 * @throws as {@link readOne} does, but not for what is inside of lists.
 */
export async function readTextOfOne<S extends v.GenericSchema>(
  response: HttpResponse,
  identity: Identifying<S>,
  id: string,
): Promise<string> {
  // Only the whole response explains what is wrong.
  if (!(await isOne(response, identity, id))) readOne(response, identity, id);
  return response.text;
}

/** True if such an answer identifies itself by what is outside of its lists. */
async function isOne<S extends v.GenericSchema>(
  response: HttpResponse,
  identity: Identifying<S>,
  id: string,
): Promise<boolean> {
  const lists = await inTurns(memberLists(response.text));
  if (!lists) return false;
  try {
    readOne({ ...response, text: withoutItems(response.text, lists) }, identity, id);
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads the response to a request for a resource whose ID is not known before.
 * @param idKey the member that identifies it, for the message.
 * @throws HttpError kind `protocol` if the response does not identify a resource.
 */
export function readAnyOne<S extends v.GenericSchema>(
  response: HttpResponse,
  schema: S,
  idKey: string,
): One<S> {
  const json = parseJson(response);
  const decoded = v.safeParse(schema, json);
  if (decoded.success && isJsonObject(json)) return { decoded: decoded.output, json };
  throw unexpectedAnswer(
    response,
    l10n.t('The response does not identify its resource: "{0}" is missing or invalid.', idKey),
  );
}

/**
 * Checks that the response to a change is not about another resource. It may name none: the contents of such responses
 * are not documented.
 * @param given the members of the response that name the resource, such as those of an envelope.
 * @throws HttpError kind `protocol` if it names another resource: the change may have been made nevertheless.
 */
export function checkChanged(
  response: HttpResponse,
  idKey: string,
  id: string,
  given: unknown = bodyObject(response.text),
): void {
  const answered = isJsonObject(given) ? word(given, [idKey]) : undefined;
  if (answered === undefined || answered === id) return;
  throw unexpectedAnswer(
    response,
    l10n.t('The response is not for the requested resource "{0}".', id),
  ).withUnknownOutcome(
    l10n.t('It may have succeeded anyway. Refresh the list and check before you send it again.'),
  );
}

/**
 * Reads the response to a request that created something.
 * @returns its ID.
 * @throws HttpError kind `protocol` if the response has no ID: then it is unknown whether it was created.
 */
export function readMade(response: HttpResponse): string {
  try {
    return readAnyOne(response, v.object({ id }), 'id').decoded.id;
  } catch (error) {
    throw expectError(error, HttpError).withUnknownOutcome(
      l10n.t('It may have been created anyway. Refresh the list and check before you send it again.'),
    );
  }
}

/** Call options for a request whose whole response is the requested text, so that it can be previewed. */
export function wholeBody(call: CallOptions, onPart: CallOptions['onPart']): CallOptions {
  return onPart ? { ...call, onPart } : call;
}
