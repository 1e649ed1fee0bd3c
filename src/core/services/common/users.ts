import * as l10n from '@vscode/l10n';

/** A user as services name one: by a name, an ID, or both. */
export interface User {
  readonly name?: string | undefined;
  readonly id?: string | undefined;
}

/** A UUID, a number, or an ID of Adobe such as `FA3A14D0@AdobeID` and `1A2B@techacct.adobe.com`. */
const USER_ID = /^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|\d+|[\dA-F]+@(?:AdobeID|[\w.-]+))$/i;

/** A user of whom a service gives one text, which is an ID or a name. */
export function toUser(text: string | undefined): User {
  return text !== undefined && USER_ID.test(text) ? { id: text } : { name: text };
}

/** The name of a user, or words for one without a name; undefined if there is no user. */
export function userText({ name, id }: User): string | undefined {
  if (name !== undefined && name !== '') return name;
  return id === undefined || id === '' ? undefined : l10n.t('Unknown user');
}

/** The ID of a user without a name, for a tooltip. */
export function userHint(user: User): string | undefined {
  return userText({ name: user.name }) === undefined ? user.id : undefined;
}
