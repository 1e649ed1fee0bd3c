import * as v from 'valibot';
import { Log, LogId, Overview, Status, Structure, Timeline } from './models';

/**
 * Schemas of all messages between extension and webview: both sides validate what they receive. The webview gets only
 * what it shows; what it sends is a request, which the extension may ignore.
 */

const text = v.string();
const optionalText = v.exactOptional(text);
const milliseconds = v.pipe(v.number(), v.finite());

/** The tabs, in their order. */
export const TabId = v.picklist(['overview', 'timeline', 'structure', 'history', 'batches', 'json']);
export type TabId = v.InferOutput<typeof TabId>;

/** An error, as localized text. */
const Problem = v.object({
  what: text,
  why: text,
  advice: optionalText,
  remedies: v.array(v.picklist(['retry', 'editAccount'])),
});
export type Problem = v.InferOutput<typeof Problem>;

/** Freshness of the data shown. Times are milliseconds since 1970. */
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

/** Buttons of the header that change nothing at the service. */
export const PanelCommand = v.picklist([
  'refresh',
  'reveal',
  'copyId',
  'copyLink',
  'openJson',
  'openInBrowser',
  'pin',
]);
export type PanelCommand = v.InferOutput<typeof PanelCommand>;

/** Identity, status and available commands of the resource. */
const Header = v.object({
  label: text,
  /** The name of the panel's tab, which distinguishes parts of different connections. */
  tabTitle: text,
  /** Where it is, from the account down, without itself. */
  ancestors: v.array(v.object({ path: text, label: text })),
  /** A codicon. */
  icon: text,
  /** The kind in words. */
  kind: text,
  id: text,
  service: text,
  production: v.boolean(),
  description: optionalText,
  status: v.exactOptional(Status),
  state: DataState,
  /** True while a request for it is pending. */
  busy: v.boolean(),
  /** The tabs that have content; empty until known. */
  tabs: v.array(TabId),
  commands: v.array(PanelCommand),
  /** Actions that change the resource. */
  actions: v.array(v.object({ id: text, title: text, destructive: v.boolean() })),
});
export type Header = v.InferOutput<typeof Header>;

/** State of the JSON tab. The text is sent separately, in chunks. */
const JsonModel = v.variant('kind', [
  v.object({ kind: v.literal('loading') }),
  /** With a problem: reloading failed, so the text may be outdated. */
  v.object({ kind: v.literal('text'), problem: v.exactOptional(Problem) }),
  v.object({ kind: v.literal('failed'), problem: Problem }),
]);
export type JsonModel = v.InferOutput<typeof JsonModel>;

/**
 * A chunk of the JSON text in UTF-8, as the server sent it; it may end within a character. Bytes, because VS Code passes
 * them on unchanged, but serializes strings to JSON twice.
 */
const JsonChunk = v.object({
  type: v.literal('jsonChunk'),
  bytes: v.instance(Uint8Array),
  /** True for raw DEFLATE. */
  compressed: v.boolean(),
  /** True: a new text starts. If the chunk before it was not `last`, that text is abandoned. */
  first: v.boolean(),
  last: v.boolean(),
});
export type JsonChunk = v.InferOutput<typeof JsonChunk>;

/** Messages from the extension to the webview. */
export const ToWebview = v.variant('type', [
  /** Shows this resource from now on and discards everything shown of another one. */
  v.object({
    type: v.literal('init'),
    path: text,
    /** False for the preview panel, which the next click in the tree reuses. */
    pinned: v.boolean(),
    language: text,
    /** Translations by English text; absent if the language is English. */
    texts: v.exactOptional(v.record(text, text)),
  }),
  /** The preview panel was pinned. */
  v.object({ type: v.literal('pinned') }),
  v.object({ type: v.literal('header'), header: Header }),
  v.object({ type: v.literal('overview'), model: Overview }),
  v.object({ type: v.literal('timeline'), model: Timeline }),
  v.object({ type: v.literal('structure'), model: Structure }),
  v.object({ type: v.literal('history'), model: Log }),
  v.object({ type: v.literal('batches'), model: Log }),
  v.object({ type: v.literal('json'), json: JsonModel }),
  JsonChunk,
  /** Of the texts sent by `identify`, those that are IDs of loaded resources. */
  v.object({ type: v.literal('ids'), ids: v.array(text) }),
]);
export type ToWebview = v.InferOutput<typeof ToWebview>;

const shortText = v.pipe(text, v.maxLength(300));
const longText = v.pipe(text, v.maxLength(100_000_000));
const longPath = v.pipe(text, v.maxLength(10_000));

/** The resource shown when the user acted: the panel may show another one by now. */
const about = { path: longPath };

/** Messages from the webview to the extension. */
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
  /** Loads the children of a resource, or the rest of a list. */
  v.object({ type: v.literal('load'), target: longPath, ...about }),
  /** Asks why a run failed. The next timeline tells. */
  v.object({ type: v.literal('explain'), target: longPath, ...about }),
  /** Loads the next entries of a log, or what could not be loaded; or the newest entries again. */
  v.object({ type: v.literal('loadLog'), log: LogId, again: v.boolean(), ...about }),
  /** Shows the resources of a count in the first table, or all again. */
  v.object({ type: v.literal('chooseCount'), count: v.exactOptional(shortText), ...about }),
  /** Loads the resources of a level of an account. */
  v.object({ type: v.literal('loadLevel'), level: shortText, ...about }),
  /** Marks the account as seen: earlier changes are not shown again. */
  v.object({ type: v.literal('markAsSeen'), ...about }),
  /** Cancels all loading for the tabs. */
  v.object({ type: v.literal('cancel'), ...about }),
  v.object({ type: v.literal('copy'), text: longText, ...about }),
  /** An ID or a value: copied as one line. */
  v.object({ type: v.literal('copyLine'), text: longText, ...about }),
  /** Texts that may be IDs. */
  v.object({ type: v.literal('identify'), ids: v.pipe(v.array(shortText), v.maxLength(2000)), ...about }),
  /** A chunk of the JSON text was processed: another one may be sent. */
  v.object({ type: v.literal('jsonChunkAck'), ...about }),
  /** Reveals the resource with this ID in the tree. */
  v.object({ type: v.literal('revealId'), id: shortText, ...about }),
]);
export type FromWebview = v.InferOutput<typeof FromWebview>;

/** State of the webview that VS Code restores after a reload of the window. Member names are stored: do not rename. */
export const PageState = v.object({
  path: text,
  /** Last known name of the resource: the panel's title until the resource is loaded. */
  title: optionalText,
  /** The panel's last known title, which `title` is a part of. Saved states of earlier versions have none. */
  tabTitle: optionalText,
  tab: v.exactOptional(TabId),
  /** Scroll position of each tab in pixels. */
  scroll: v.exactOptional(v.record(text, milliseconds)),
  /** False for the preview panel, which the next click in the tree reuses. */
  kept: v.exactOptional(v.boolean()),
});
export type PageState = v.InferOutput<typeof PageState>;
