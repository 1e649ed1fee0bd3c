import * as v from 'valibot';
import { Overview, Status, Structure, Timeline } from './models';

/**
 * Every message between the panel's two halves, as schemas: each half checks what it gets. The page is told nothing
 * that it does not show, and what it sends is a wish: the extension decides what comes of it.
 */

const text = v.string();
const optionalText = v.exactOptional(text);
const milliseconds = v.pipe(v.number(), v.finite());

/** The tabs, in their order. */
export const TabId = v.picklist(['overview', 'timeline', 'structure', 'json']);
export type TabId = v.InferOutput<typeof TabId>;

/** What goes wrong, in words. */
const Problem = v.object({
  what: text,
  why: text,
  advice: optionalText,
  remedies: v.array(v.picklist(['retry', 'editAccount'])),
});
export type Problem = v.InferOutput<typeof Problem>;

/** How what is shown stands to what the service has. Moments are milliseconds since 1970. */
const DataState = v.variant('kind', [
  v.object({ kind: v.literal('loading') }),
  v.object({ kind: v.literal('fresh'), readAt: v.exactOptional(milliseconds) }),
  v.object({
    kind: v.literal('stale'),
    readAt: v.exactOptional(milliseconds),
    problem: v.exactOptional(Problem),
  }),
  v.object({ kind: v.literal('failed'), problem: Problem }),
  v.object({ kind: v.literal('gone') }),
]);
export type DataState = v.InferOutput<typeof DataState>;

/** What can be done with every resource, or with those that have a page or JSON. */
export const PanelCommand = v.picklist(['refresh', 'reveal', 'copyId', 'openJson', 'openInBrowser', 'pin']);
export type PanelCommand = v.InferOutput<typeof PanelCommand>;

/** The top of the page: what it is about, how that is, and what can be done with it. */
const Header = v.object({
  label: text,
  /** A codicon. */
  icon: text,
  /** The kind in words. */
  kind: text,
  id: text,
  service: text,
  account: text,
  production: v.boolean(),
  description: optionalText,
  status: v.exactOptional(Status),
  state: DataState,
  /** True while something of it is read. */
  busy: v.boolean(),
  /** The tabs that there is something for; empty until that is known. */
  tabs: v.array(TabId),
  commands: v.array(PanelCommand),
  /** What changes the resource. */
  actions: v.array(v.object({ id: text, title: text })),
});
export type Header = v.InferOutput<typeof Header>;

/** How the tab `JSON` stands. Its text comes in messages of its own. */
const JsonModel = v.variant('kind', [
  v.object({ kind: v.literal('loading') }),
  /** With a problem: it could not be read again, so it may have changed since. */
  v.object({ kind: v.literal('text'), problem: v.exactOptional(Problem) }),
  v.object({ kind: v.literal('failed'), problem: Problem }),
]);
export type JsonModel = v.InferOutput<typeof JsonModel>;

/**
 * A part of the text of the tab `JSON`, in UTF-8, which ends between two characters: VS Code hands bytes on as they are,
 * where it would write a string as JSON twice. The text is the server's own, formatted.
 */
const JsonChunk = v.object({
  type: v.literal('jsonChunk'),
  bytes: v.instance(Uint8Array),
  /** True: a text begins. Without `last` in the part before it, that one ends unfinished. */
  first: v.boolean(),
  last: v.boolean(),
});
export type JsonChunk = v.InferOutput<typeof JsonChunk>;

/** What the extension sends. */
export const ToWebview = v.variant('type', [
  /** The page is about this resource from here on: what it showed of another one goes. */
  v.object({
    type: v.literal('init'),
    path: text,
    /** False for the panel that the next click in the tree reuses. */
    pinned: v.boolean(),
    language: text,
    /** Translations by English text; absent where the language is English. */
    texts: v.exactOptional(v.record(text, text)),
  }),
  /** The panel stays from here on. */
  v.object({ type: v.literal('pinned') }),
  v.object({ type: v.literal('header'), header: Header }),
  v.object({ type: v.literal('overview'), model: Overview }),
  v.object({ type: v.literal('timeline'), model: Timeline }),
  v.object({ type: v.literal('structure'), model: Structure }),
  v.object({ type: v.literal('json'), json: JsonModel }),
  JsonChunk,
  /** Those of the texts in question that are the ids of loaded resources. */
  v.object({ type: v.literal('ids'), ids: v.array(text) }),
]);
export type ToWebview = v.InferOutput<typeof ToWebview>;

const shortText = v.pipe(text, v.maxLength(300));
const longText = v.pipe(text, v.maxLength(100_000_000));
const longPath = v.pipe(text, v.maxLength(10_000));

/** The resource that the page was about when the user wished: another one may have taken its place since. */
const about = { path: longPath };

/** What the page sends. */
export const FromWebview = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('selectTab'), tab: TabId, ...about }),
  v.object({ type: v.literal('runCommand'), command: PanelCommand, ...about }),
  v.object({ type: v.literal('runAction'), action: shortText, ...about }),
  /** Opens the form of the account. */
  v.object({ type: v.literal('editAccount'), ...about }),
  /** Shows the details of another resource. */
  v.object({ type: v.literal('open'), target: longPath, ...about }),
  /** Shows another resource in the tree. */
  v.object({ type: v.literal('reveal'), target: longPath, ...about }),
  /** Loads what lies below a resource, or the rest of a list. */
  v.object({ type: v.literal('load'), target: longPath, ...about }),
  /** Stops what is loaded for the tabs. */
  v.object({ type: v.literal('cancel'), ...about }),
  v.object({ type: v.literal('copy'), text: longText, ...about }),
  /** An id or a value: copied as one line. */
  v.object({ type: v.literal('copyLine'), text: longText, ...about }),
  /** Texts that may be ids. */
  v.object({ type: v.literal('identify'), ids: v.pipe(v.array(shortText), v.maxLength(2000)), ...about }),
  /** A part of the text of the tab `JSON` was taken in: there is room for another. */
  v.object({ type: v.literal('jsonChunkAck'), ...about }),
  /** Shows the resource of an id in the tree. */
  v.object({ type: v.literal('revealId'), id: shortText, ...about }),
]);
export type FromWebview = v.InferOutput<typeof FromWebview>;

/** What VS Code keeps of the page over a reload of the window. */
export const PageState = v.object({
  path: text,
  /** What the resource was called last: the name that a panel has until it is known again. */
  title: optionalText,
  tab: v.exactOptional(TabId),
  /** Of each tab, in pixels from its top. */
  scroll: v.exactOptional(v.record(text, milliseconds)),
  /** False for the panel that the next click in the tree reuses. */
  kept: v.exactOptional(v.boolean()),
});
export type PageState = v.InferOutput<typeof PageState>;
