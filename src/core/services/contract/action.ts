import type { CallOptions } from '../../http/types';
import type { ResourcePath } from './path';
import type { Resource, Status } from './resource';
import type { JsonObject } from '../../http/json';
import type { Field } from './signIn';

/** How much an action asks before it is done: nothing, a question, or the name of the resource to be typed. */
export type Confirmation = 'harmless' | 'confirm' | 'typeName';

/** What an action does, in the words of menus. A service may offer several of one verb, told apart by their titles. */
export type Verb =
  | 'create'
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

/** What an action needs to know. `document`: a JSON text that the user edits, see `Session.draft`. */
export type ActionInput =
  | { readonly kind: 'none' }
  | { readonly kind: 'fields'; readonly fields: readonly Field[] }
  | { readonly kind: 'document' };

/** Why an action is not for a resource as it is now. */
export interface Obstacle {
  /** A sentence for people: `Only inactive connections can be deleted.` */
  readonly reason: string;
  /** The id of the action of the same resource that clears the way; absent where none does. */
  readonly clearedBy?: string;
}

/** Something that changes a resource at the service. */
export interface Action<Id extends string = string> {
  /** Unique within the service: `createSnowflake`. */
  readonly id: Id;
  readonly verb: Verb;
  /** `Create Snowflake Connection…` */
  readonly title: string;
  readonly confirmation: Confirmation;
  readonly input: ActionInput;
  /** Set where people look for the action and the service would refuse it now. */
  readonly obstacle?: Obstacle;
}

/**
 * A document that a person edited, and what it began with. Both are JSON; comments are allowed. A change is the difference
 * between the two, not the difference to what the service holds by then: nobody else's change is undone.
 */
export interface EditedDocument {
  readonly text: string;
  /** The text of the `Draft` that the document began with, which the service held a moment ago. */
  readonly base: string;
}

/** What the user gave an action: the values of its fields by key, or its document. */
export type ActionInputValues =
  | { readonly kind: 'none' }
  | { readonly kind: 'fields'; readonly values: Readonly<Record<string, string>> }
  | ({ readonly kind: 'document' } & EditedDocument);
/** The document that an action begins with. */
export interface ActionTemplate {
  /** JSON; comments may explain what is wanted. */
  readonly text: string;
  /** A JSON Schema for completion and validation. */
  readonly schema: JsonObject;
}

/** Two JSON texts to be compared before a change is made. */
export interface Preview {
  readonly before: string;
  readonly after: string;
  /** What the document creates, by the name that the document gives it; absent where it creates nothing. */
  readonly creates?: Pick<Resource, 'kind' | 'label'>;
}

/** Work at the service that goes on after the action that started it. */
export interface StartedRun {
  /** What is being done, for messages: `Deleting "crm"`. */
  readonly title: string;
  /** Asks how it stands. `over`: nothing will change any more. */
  poll(call: CallOptions): Promise<{ readonly status: Status; readonly over: boolean }>;
}

/** Where a person is led back to after a page of another system, and the text by which the answer is known. */
export interface AuthorizationRedirect {
  readonly redirectUri: string;
  /** Good for one answer. The page hands it back as it is. */
  readonly state: string;
}

/**
 * What a person has to agree to at a page of another system before an action can be done, as OAuth 2.0 has it
 * (RFC 6749, 4.1): the page leads back to `redirectUri` with `state`, and with `code` or `error`.
 */
export interface AuthorizationRequest {
  /** Who asks: `Mailchimp`. */
  readonly application: string;
  /** The address of the page, with `state` in it. @throws HttpError */
  authorizationUrl(back: AuthorizationRedirect, call: CallOptions): Promise<string>;
  /** Takes the code, for the next try of the action. What comes of it stays in memory. @throws HttpError */
  exchangeCode(code: string, redirectUri: string, call: CallOptions): Promise<void>;
}

/** What came of an action. */
export interface ActionResult {
  /** The service's own words, where it had any. */
  readonly message?: string;
  /** The lists that may have changed. */
  readonly changed: readonly ResourcePath[];
  readonly run?: StartedRun;
}

/** The part of a session that changes things. Throws as the session does. */
export interface Actions<Id extends string = string> {
  /** The ids of all actions that there are. */
  readonly ids: readonly Id[];
  /**
   * What may be done to the resource as it is now, and with an `obstacle` what people look for besides, in the order of
   * menus. Makes no request.
   */
  actionsFor(resource: Resource): readonly Action<Id>[];
  /** The document that an action of input `document` begins with. */
  draft(resource: Resource, actionId: string, call: CallOptions): Promise<ActionTemplate>;
  /**
   * What the document would change. A service with a dry run asks it; others compare with what is there. Two equal
   * texts mean that there is nothing to send.
   * @throws DocumentError for what is wrong in the document, with every place, before anything is sent.
   */
  preview(
    resource: Resource,
    actionId: string,
    document: EditedDocument,
    call: CallOptions,
  ): Promise<Preview>;
  /**
   * What somebody has to agree to at another place before the action can be performed; undefined where nothing is
   * missing. Absent where the service has no such actions.
   */
  consent?(
    resource: Resource,
    actionId: string,
    answer: ActionInputValues,
    call: CallOptions,
  ): Promise<AuthorizationRequest | undefined>;
  /**
   * Does it. Never repeated by itself, unless the service said that nothing happened.
   * @throws HttpError with the service's refusal, verbatim; a DocumentError where it says what of the document is wrong.
   */
  perform(
    resource: Resource,
    actionId: string,
    answer: ActionInputValues,
    call: CallOptions,
  ): Promise<ActionResult>;
}
