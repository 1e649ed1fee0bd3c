import type { CallOptions, HttpClientFactory } from '../http/client';
import type { JsonObject } from '../http/json';
import type { ResourcePath } from './path';
import type { Portrait } from './portrait';
import type { Runs } from './runs';

export type { JsonObject, JsonValue } from '../http/json';

/**
 * What a row of the tree stands for, in the words of the services.
 * `group`, `problem` and `more` are rows in between: a collection, something that went wrong, pages not yet loaded.
 */
export type ResourceKind =
  | 'account'
  | 'connection'
  | 'dataset'
  | 'backfill'
  | 'dataView'
  | 'entity'
  | 'field'
  | 'pipeline'
  | 'run'
  | 'identity'
  | 'dataObject'
  | 'task'
  | 'group'
  | 'problem'
  | 'more';

/** How a resource is doing, in one word for all services. */
export type StatusState = 'ok' | 'running' | 'queued' | 'warning' | 'failed' | 'inactive' | 'unknown';

/** A status, with the service's own word beside ours. */
export interface Status {
  readonly state: StatusState;
  /** What the service says, verbatim where it is one word (`IN_PROGRESS`), else counted (`2 failed, 1 in progress`). */
  readonly word: string;
}

/** Something that went wrong, for a person: what, why, and what to do. */
export interface Problem {
  /** Whose account it is about, with its service; absent where that is told otherwise. */
  readonly place?: string;
  /** One short sentence: what could not be done. */
  readonly what: string;
  /** Why: the service's own words where it had any, with code and request id. */
  readonly why: string;
  /** What the user can do about it. */
  readonly advice?: string;
  /** False where trying again cannot help, such as a broken item in a list. */
  readonly retry: boolean;
  /** True where the form of the account mends it. */
  readonly editsAccount?: boolean;
  /** Equal for failures that have one cause, whatever request met it. Not for people. */
  readonly cause?: string;
}

/** One row of the tree, as plain data. */
export interface Resource {
  readonly path: ResourcePath;
  readonly kind: ResourceKind;
  /** The service's id, verbatim. */
  readonly id: string;
  /** The service's name for it, or the id. */
  readonly label: string;
  /** A few words shown dimmed behind the label. */
  readonly description?: string;
  readonly status?: Status;
  readonly hasChildren: boolean;
  /** What the service sent for it, decoded. Key order is the service's; `Session.read` gives the exact text. */
  readonly json?: JsonObject;
  /** Words that a filter finds it by, besides label, id and status: `owner`, `sandbox`. */
  readonly traits?: Readonly<Record<string, string>>;
  /** Set for kind `problem`. */
  readonly problem?: Problem;
  /** True where a later reading failed: what is shown may have changed since. Set by the store. */
  readonly stale?: boolean;
}

/** Where a further page begins, as the service needs it. Opaque to everyone else. */
export type Cursor = string & { readonly __cursor: 'Cursor' };

/** What is asked of a list. */
export interface PageRequest {
  /** Absent for the first page. */
  readonly cursor?: Cursor;
  /** Wanted items per page; a service may give fewer. */
  readonly size: number;
  /** True when the user asked for new data: the service's own caches are passed by. */
  readonly fresh: boolean;
  /** How many levels below the items should come along, where the service can send them in the same answer. */
  readonly levels: number;
}

/** An item of a page, with the level below it where that came along in the same answer. */
export interface Item {
  readonly resource: Resource;
  readonly children?: Page;
}

/** A part of a list. */
export interface Page {
  readonly items: readonly Item[];
  /** What the same answer says of the parent itself, where it does. */
  readonly parent?: Resource;
  /** Other resources of the tree that the same answer tells of. */
  readonly seen?: readonly Resource[];
  /** Further pages that are known now; several where the service counts its pages, so that they can be read side by side. */
  readonly next: readonly Cursor[];
  /** The number of items in the whole list, where the service tells. */
  readonly total?: number;
  /** `label`: siblings are sorted by label, then id. `service`: they stay as they came. */
  readonly order: 'label' | 'service';
  /** True: further pages follow by themselves. False: the user asks for them. */
  readonly follow: boolean;
  /**
   * True where a refusal left a part out, which one of the items explains: what was shown of the list before is worth
   * more than the page.
   */
  readonly isPartial?: boolean;
}

/** A label and a value, for tooltips and the panel. Both are plain text. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  /** The moment that `value` tells, as the service wrote it (ISO 8601); the panel shows how long ago it was. */
  readonly date?: string;
  /** For a fact that says how something is doing. */
  readonly status?: Status;
  /** True for what people copy: ids and keys. */
  readonly copy?: boolean;
}

/** A word that a service defines, with its meaning, such as a data source type. */
export interface Term {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Set for a row that is no word, but tells of those that cannot be shown. */
  readonly problem?: Problem;
}

/** A list of words that a service publishes beside its resources. */
export interface Glossary {
  readonly id: string;
  readonly title: string;
}

/** A request as a person would type it, secrets replaced by placeholders such as `$ACCESS_TOKEN`. */
export interface RequestRecipe {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Who is signed in, and what they may see. */
export interface Identity {
  readonly name: string;
  /** What the user should know although sign-in works, such as a missing right. */
  readonly warning?: Problem;
}

/** One saved sign-in to a service, without its secrets. */
export interface Account {
  readonly id: string;
  readonly service: string;
  readonly name: string;
  /** Marked by the user: dangerous actions ask more. */
  readonly production: boolean;
  /** True for the embedded sample service, which is started when it is first needed. */
  readonly sample: boolean;
  readonly settings: Readonly<Record<string, string>>;
}

/** The secrets of an account, by field key. Held in SecretStorage and in memory only. */
export type Secrets = Readonly<Record<string, string>>;

/** One of several values that a field may take. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
  /** Set for a row that cannot be chosen, but tells of those that cannot be shown. */
  readonly problem?: Problem;
}

/** One thing that a form asks for. */
export interface Field {
  readonly key: string;
  readonly label: string;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly secret: boolean;
  readonly optional: boolean;
  readonly default?: string;
  /** Where given, one of these is chosen instead of typed. */
  readonly choices?: readonly Choice[];
  /** True where the service can name the values for the credentials that were entered before: see `Session.choices`. */
  readonly listed?: boolean;
  /** @returns what is wrong with the text and how to mend it, or undefined where it is fine. */
  validate(text: string): string | undefined;
}

/** How much an action asks before it is done: nothing, a question, or the name of the resource to be typed. */
export type Danger = 'harmless' | 'confirm' | 'typeName';

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
  readonly danger: Danger;
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
export type ActionAnswer =
  | { readonly kind: 'none' }
  | { readonly kind: 'fields'; readonly values: Readonly<Record<string, string>> }
  | ({ readonly kind: 'document' } & EditedDocument);

/** The document that an action begins with. */
export interface Draft {
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
export interface WayBack {
  readonly redirectUri: string;
  /** Good for one answer. The page hands it back as it is. */
  readonly state: string;
}

/**
 * What a person has to agree to at a page of another system before an action can be done, as OAuth 2.0 has it
 * (RFC 6749, 4.1): the page leads back to `redirectUri` with `state`, and with `code` or `error`.
 */
export interface Consent {
  /** Who asks: `Mailchimp`. */
  readonly application: string;
  /** The address of the page, with `state` in it. @throws HttpError */
  page(back: WayBack, call: CallOptions): Promise<string>;
  /** Takes the code, for the next try of the action. What comes of it stays in memory. @throws HttpError */
  redeem(code: string, redirectUri: string, call: CallOptions): Promise<void>;
}

/** What came of an action. */
export interface Outcome {
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
  of(resource: Resource): readonly Action<Id>[];
  /** The document that an action of input `document` begins with. */
  draft(resource: Resource, actionId: string, call: CallOptions): Promise<Draft>;
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
    answer: ActionAnswer,
    call: CallOptions,
  ): Promise<Consent | undefined>;
  /**
   * Does it. Never repeated by itself, unless the service said that nothing happened.
   * @throws HttpError with the service's refusal, verbatim; a DocumentError where it says what of the document is wrong.
   */
  perform(resource: Resource, actionId: string, answer: ActionAnswer, call: CallOptions): Promise<Outcome>;
}

/** One way to sign in to a service. */
export interface SignInMethod {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly fields: readonly Field[];
  /**
   * Reads a credentials file that the service's own console offers for download.
   * @returns the fields it holds.
   * @throws Error whose message tells the user what is wrong with the file.
   */
  importFile?(text: string): Promise<Readonly<Record<string, string>>>;
}

/** How JSON of a service is made alike, so that two texts can be compared. Names of members, at any level. */
export interface NormalForm {
  /** What the service sets by itself: dates, authors, counts, runs. */
  readonly serverMade: readonly string[];
  /** What names the items of a list, the likeliest first. */
  readonly ids: readonly string[];
}

/** A kind of remote system. The registry holds one of each. */
export interface Service {
  readonly id: string;
  readonly title: string;
  readonly signIn: readonly SignInMethod[];
  /** Optional settings that are not part of signing in, such as the tenant for links. */
  readonly options: readonly Field[];
  readonly glossaries: readonly Glossary[];
  /** True where its long lists come in pages, whose size can be chosen. */
  readonly hasPages: boolean;
  /**
   * What an id of the service looks like, whole, where it can be told from other text. Absent: its ids are known only
   * where they are loaded.
   */
  readonly idForm?: RegExp;
  readonly normalForm: NormalForm;
  /**
   * The origins that an account's secrets, and the tokens made from them, are sent to. Sessions send requests to no
   * other. All settings of a service give the same number of origins, each position with a purpose of its own, so
   * lists that are equal send each secret to the same places.
   * @throws HttpError kind `rejected` if an address in the settings is unusable.
   */
  origins(settings: Readonly<Record<string, string>>): readonly string[];
  /**
   * Opens a session, loading what it needs of the extension first. Makes no request.
   * @throws HttpError kind `rejected` where settings or secrets are unusable.
   */
  connect(account: Account, secrets: Secrets, http: HttpClientFactory): Promise<Session>;
}

/**
 * A signed-in account. Every method that asks the service takes the caller's signal and priority,
 * and throws HttpError (see `http/errors.ts`) or the signal's reason.
 */
export interface Session {
  /** Proves that the credentials work, by one or two cheap requests. */
  verify(call: CallOptions): Promise<Identity>;
  /**
   * The values that a `listed` field of the sign-in may have with these credentials. An empty value is for leaving the
   * field empty. Asked of a session whose account lacks that field.
   */
  choices?(fieldKey: string, call: CallOptions): Promise<readonly Choice[]>;
  /** One page of what lies below `parent`, which is the account itself at the top. */
  children(parent: Resource, page: PageRequest, call: CallOptions): Promise<Page>;
  /**
   * The resource's JSON, exactly as the service sent it: key order and number spelling are kept.
   * @param onBeginning called as of `CallOptions`, where the whole answer is the JSON of the resource.
   */
  read(resource: Resource, call: CallOptions, onBeginning?: CallOptions['onBeginning']): Promise<string>;
  /** The connections that use a dataset, by dataset id. */
  findByDataset?(account: Resource, datasetId: string, call: CallOptions): Promise<readonly Resource[]>;
  /**
   * The resources of the account with that id, which are not loaded. Asked only for ids of the service's own form
   * (`Service.idForm`), with the fewest requests; empty where there is none.
   */
  locate?(account: Resource, id: string, call: CallOptions): Promise<readonly Resource[]>;
  /** The words of a glossary of the service; absent where it has none. */
  terms?(glossaryId: string, call: CallOptions): Promise<readonly Term[]>;
  /** Rows for tooltips and the panel, most important first. Makes no request. */
  facts(resource: Resource): readonly Fact[];
  /** The page of the service's own UI, built from our own constants and percent-encoded ids. */
  webLink(resource: Resource): string | undefined;
  /**
   * The request that reads the resource, for `Copy as cURL`.
   * @throws HttpError `rejected` where an id in it can be part of no address.
   */
  recipe(resource: Resource): RequestRecipe | undefined;
  /** True where datasets are filled by backfills, whose status can be read again. */
  readonly hasBackfills?: boolean;
  /** What changes resources; absent where the service only shows them. */
  readonly actions?: Actions;
  /** What belongs into the picture of a resource. */
  readonly portrait?: Portrait;
  /** Work that takes time; absent where the service has none. */
  readonly runs?: Runs;
  /** The id in the service's shorter form, where it has one; absent where ids have one form alone. */
  shortId?(resource: Resource): string | undefined;
  /** Forgets tokens and stops what is under way. */
  dispose(): void;
}
