import type { CallOptions } from '../../http/types';
import type { ResourcePath } from './path';
import type { Resource, Status } from './resource';
import type { JsonObject } from '../../http/json';
import type { Field } from './signIn';

/** The confirmation before the action runs: none, a question, or typing the name of the resource. */
export type Confirmation = 'harmless' | 'confirm' | 'typeName';

/** What an action does, in the words of menus. A service may offer several actions of one verb, with different titles. */
export type Verb =
  | 'create'
  | 'createDataView'
  | 'edit'
  | 'duplicate'
  | 'delete'
  | 'activate'
  | 'deactivate'
  | 'validate'
  | 'sync'
  | 'start'
  | 'enable'
  | 'disable'
  | 'link'
  | 'unlink'
  | 'cancel';

/** The input that an action requires. `document`: a JSON text that the user edits, see `Action.draft`. */
export type ActionInput =
  | { readonly kind: 'none' }
  | { readonly kind: 'fields'; readonly fields: readonly Field[] }
  | { readonly kind: 'document' };

/** Why an action is not available in the current state of its resource. */
export interface Obstacle {
  /** A sentence for the user: `Only inactive connections can be deleted.` */
  readonly reason: string;
  /** The id of the action of the same resource that removes the obstacle. Absent if none does. */
  readonly clearedBy?: string;
}

/** An action as plain data, without what runs it. Stored with the draft of its document. */
export interface ActionInfo {
  /** Unique within the service: `createSnowflake`. Stored, so it must not change. */
  readonly id: string;
  readonly verb: Verb;
  /** `Create Snowflake Connection…` */
  readonly title: string;
  readonly confirmation: Confirmation;
  readonly input: ActionInput;
  /** Set if the action is shown because users look for it, but the service would refuse it now. */
  readonly obstacle?: Obstacle;
}

/**
 * A change that a service offers for one resource. Bound to one resource and to the session that created it:
 * after waiting for the user, callers resolve it again by `id`. A plain object, so that it can be copied by
 * spreading.
 *
 * All methods throw HttpError, and the signal's reason.
 */
export interface Action extends ActionInfo {
  /** Returns the initial document. Present if and only if `input` is a document. */
  readonly draft?: (call: CallOptions) => Promise<ActionTemplate>;
  /**
   * Returns what the document would change. A service with a dry run asks it; others compare with the current
   * state. Two equal texts mean that there is nothing to send. Present if and only if `input` is a document.
   * @throws DocumentError with all errors in the document, before anything is sent.
   */
  readonly preview?: (document: EditedDocument, call: CallOptions) => Promise<Preview>;
  /**
   * Returns what the user must authorize in another system before the action can be performed, or undefined if nothing
   * is missing.
   */
  readonly consent?: (
    values: ActionInputValues,
    call: CallOptions,
  ) => Promise<AuthorizationRequest | undefined>;
  /**
   * Sends the change once. Not repeated automatically, unless the service said that nothing happened.
   * @throws HttpError with the service's refusal, verbatim; DocumentError if the service names errors in the
   * document.
   */
  readonly perform: (values: ActionInputValues, call: CallOptions) => Promise<ActionResult>;
}

/**
 * The actions that are available for a resource in its current state, and those that users would look for,
 * with an `obstacle`; in the order of menus. Sends no request.
 *
 * For a stored resource, of which only path, kind, ID and label are known, it returns every action with a
 * document of that kind, because the service decides.
 */
export type GetActions = (resource: Resource) => readonly Action[];

/**
 * A document that the user edited, and its initial version. Both are JSON; comments are allowed. What changes
 * is the difference between the two, not the difference from the service's current state, so that changes by
 * others are not undone.
 */
export interface EditedDocument {
  readonly text: string;
  /** The text of the document's `ActionTemplate`. */
  readonly base: string;
}

/** The user's input for an action: the values of its fields by key, or its document. */
export type ActionInputValues =
  | { readonly kind: 'none' }
  | { readonly kind: 'fields'; readonly values: Readonly<Record<string, string>> }
  | ({ readonly kind: 'document' } & EditedDocument);

/** The initial document of an action. */
export interface ActionTemplate {
  /** JSON; comments may explain what is expected. */
  readonly text: string;
  /** A JSON Schema for completion and validation. */
  readonly schema: JsonObject;
}

/** Two JSON texts that are compared before a change is sent. */
export interface Preview {
  readonly before: string;
  readonly after: string;
  /** The resource that the document creates, with the name in the document. Absent if it creates nothing. */
  readonly creates?: Pick<Resource, 'kind' | 'label'>;
}

/** A run at the service that continues after the action that started it. */
export interface StartedRun {
  /** What is in progress, for messages: `Deleting "crm"`. */
  readonly title: string;
  /** Requests the current status. `over`: it is final. */
  poll(call: CallOptions): Promise<{ readonly status: Status; readonly over: boolean }>;
}

/** OAuth 2.0 redirect URI and `state` (RFC 6749, section 4.1.1). */
export interface AuthorizationRedirect {
  readonly redirectUri: string;
  /** Accepted once. The authorization page returns it unchanged. */
  readonly state: string;
}

/**
 * An authorization that the user must grant in another system before an action can be performed, as in OAuth 2.0
 * (RFC 6749, section 4.1): the page redirects to `redirectUri` with `state`, and with `code` or `error`.
 */
export interface AuthorizationRequest {
  /** The application that asks: `Mailchimp`. */
  readonly application: string;
  /** Returns the address of the page, including `state`. @throws HttpError */
  authorizationUrl(back: AuthorizationRedirect, call: CallOptions): Promise<string>;
  /** Exchanges the code for a token, which stays in memory for the next attempt of the action. @throws HttpError */
  exchangeCode(code: string, redirectUri: string, call: CallOptions): Promise<void>;
}

/** The result of an action that the service accepted. */
export interface ActionResult {
  /** The service's own message, if any. */
  readonly message?: string;
  /** The lists that may have changed. */
  readonly changed: readonly ResourcePath[];
  readonly run?: StartedRun;
}
