import { DisposableStore } from '../../core/base/disposableStore';
import { createScanner } from 'jsonc-parser';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { tellError, ask, showError, showInformation, showWarning } from '../../ui/messages';
import { inView } from '../../ui/cancellation';
import type { CallOptions } from '../../core/http/types';
import { HttpError } from '../../core/http/errors';
import type { KnownSecrets } from '../../core/redaction/knownSecrets';
import { redact } from '../../core/redaction/redact';
import { DocumentError } from '../../core/services/common/documentError';
import { writeJson } from '../../core/services/common/exactJson';
import { findService } from '../../core/services/registry';
import { placeholderNames } from '../../core/services/common/documentSecrets';
import type { JsonValue } from '../../core/http/json';
import type {
  Preview,
  ActionTemplate,
  ActionInputValues,
  EditedDocument,
  ActionInfo,
} from '../../core/services/contract/action';
import type { Resource } from '../../core/services/contract/resource';
import { plainText } from '../../shared/plainText';
import { getName, toQuestionText, verbPhrase, type ActionRequest } from './confirmAction';
import { documentValue, fillSecrets, findMentioned, readDocument, withoutSchema } from './documentText';
import type { Drafts, OpenDraft } from './drafts';
import { DraftSecrets } from './draftSecrets';
import { FlawMarks, type Mark } from './flawMarks';
import { placeText, pointerTo, rebase, type Change, type Rebased } from './rebase';
import type { DocumentAction } from './resolveAction';
import { PreviewTabs } from './previewTabs';
import type { PreviewDocuments } from './previewDocuments';

/** What sending documents needs of whoever does actions. */
export interface SubmissionContext {
  readonly drafts: Drafts;
  readonly texts: PreviewDocuments;
  readonly secrets: KnownSecrets;
  /** The resource as it is known now. */
  readonly resourceOf: (draft: OpenDraft) => Resource;
  /** Finds an action again by its id. @throws HttpError kind `rejected` if it is gone. */
  readonly resolve: (resource: Resource, id: string) => Promise<DocumentAction>;
  /** The document as an action would begin with it now. @throws HttpError */
  readonly beginningOf: (
    resource: Resource,
    action: ActionInfo,
    call: CallOptions,
  ) => Promise<ActionTemplate>;
  /** @throws HttpError `notFound` where the account was removed. */
  readonly requestFor: (resource: Resource, action: ActionInfo, creates: Preview['creates']) => ActionRequest;
  /** Asks as far as the action calls for it. */
  readonly agree: (request: ActionRequest) => Promise<boolean>;
  /**
   * Does what was agreed to, and shows what came of it. @returns false where the user gave up.
   * @throws HttpError with the service's refusal.
   */
  readonly perform: (
    request: ActionRequest,
    resource: Resource,
    answer: ActionInputValues,
  ) => Promise<boolean>;
  /** Called with the failure of a preview: its resource may be another by now. */
  readonly onDidRefuse: (error: unknown, resource: Resource) => void;
}

/** One try to send a document. */
interface Attempt {
  readonly draft: OpenDraft;
  readonly resource: Resource;
  readonly action: DocumentAction;
  /** The document as it was when the user asked. */
  readonly text: string;
  readonly document: EditedDocument;
  /** Aborted when the user asked again. */
  readonly signal: AbortSignal;
}

/** What goes on since the user asked to send a document. */
interface Try {
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

/** How many changes a question lists. */
const MAX_LISTED = 10;

/** Sends documents of actions: checks them, shows what they change, asks, and says where they were refused. */
export class Submissions implements vscode.Disposable {
  readonly #disposables = new DisposableStore();
  readonly #reviews: PreviewTabs;
  readonly #secrets: DraftSecrets;
  readonly #marks = this.#disposables.add(new FlawMarks());
  /** By URI of the document. */
  readonly #tries = new Map<string, Try>();

  constructor(private readonly context: SubmissionContext) {
    this.#reviews = this.#disposables.add(new PreviewTabs(context.texts));
    this.#secrets = this.#disposables.add(
      new DraftSecrets({ scan: (text) => createScanner(text, true), known: context.secrets }),
    );
    const forget = context.secrets.add(() => this.#secrets.list());
    const closed = context.drafts.onDidClose((uri) => {
      this.#secrets.forget(uri);
      this.#marks.clear(uri);
      this.#reviews.dismiss(uri);
    });
    this.#disposables.add(closed, { dispose: forget });
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** Answers a comparison. @param side as of `Reviews.answer`. */
  answerReview(send: boolean, side?: vscode.Uri): void {
    this.#reviews.answer(send, side);
  }

  /**
   * Sends a document as its editor shows it, after the user agreed. Says what is in the way. Who asks again meanwhile
   * wants the document as it is by now: the try before is given up, or ends first if it is being sent.
   */
  async submit(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    const before = this.#tries.get(key);
    before?.controller.abort();
    this.#reviews.dismiss(uri);
    const controller = new AbortController();
    const mine = { controller, done: this.#submitAfter(before, uri, controller.signal) };
    this.#tries.set(key, mine);
    try {
      await mine.done;
    } finally {
      if (this.#tries.get(key) === mine) this.#tries.delete(key);
    }
  }

  async #submitAfter(before: Try | undefined, uri: vscode.Uri, signal: AbortSignal): Promise<void> {
    await before?.done.catch(() => undefined);
    if (signal.aborted) return;
    const draft = await this.context.drafts.find(uri);
    if (!draft) {
      // The try before may have sent it.
      if (!before)
        void showWarning(vscode.l10n.t('This document no longer belongs to an action. Nothing was sent.'));
      return;
    }
    this.#marks.clear(uri);
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    try {
      await this.#send(draft, text, signal);
    } catch (error) {
      await this.#showRefusal(draft, error);
    }
    await this.#reviews.showNext();
  }

  async #send(draft: OpenDraft, text: string, signal: AbortSignal): Promise<void> {
    const attempt = await this.#attempt(draft, text, signal);
    if (!attempt) return;
    if (!(await this.#isChanged(attempt))) {
      tellNothingToSend(draft);
      return;
    }
    if (await this.#isOutdated(attempt)) return;
    const { resource, action, document } = attempt;
    const preview = await inView((cancelled) =>
      action.preview(document, { signal: cancelled, priority: 'interactive' }),
    ).catch((error: unknown) => {
      this.context.onDidRefuse(error, resource);
      throw error;
    });
    if (signal.aborted) return;
    if (preview.before === preview.after) {
      tellNothingToSend(draft);
      return;
    }
    const request = this.context.requestFor(resource, draft.action, preview.creates);
    const subject = { draft: draft.uri, label: getName(request), question: toQuestionText(request) };
    if (await this.#reviews.ask(subject, preview, () => this.context.agree(request))) {
      await this.#perform(attempt, request);
    } else if (!attempt.signal.aborted) await show(draft.uri);
  }

  async #attempt(draft: OpenDraft, text: string, signal: AbortSignal): Promise<Attempt | undefined> {
    const read = await readDocument(text);
    if (read.flaw !== undefined) {
      await this.#showSyntaxFlaw(draft, read.flaw);
      return undefined;
    }
    const resource = this.context.resourceOf(draft);
    const action = await this.context.resolve(resource, draft.action.id);
    const document = { text: read.text, base: (await readDocument(draft.base)).text };
    return { draft, resource, action, text, document, signal };
  }

  /** A document that creates something is sent as it is. */
  async #isChanged({ draft, document: { text, base } }: Attempt): Promise<boolean> {
    if (draft.action.verb === 'create') return true;
    return !isDeepStrictEqual(await documentValue(text), await documentValue(base));
  }

  async #perform(attempt: Attempt, request: ActionRequest): Promise<void> {
    const { draft, resource, document, text } = attempt;
    const { uri } = draft;
    const editor = await vscode.workspace.openTextDocument(uri);
    if (editor.getText() !== text) {
      void showInformation(vscode.l10n.t('The document has changed since the comparison. Compare again.'));
      return this.#send(draft, editor.getText(), attempt.signal);
    }
    const values = await this.#secrets.ask(uri, namesToAsk(draft.action, document), toTitle(request));
    if (!values) {
      await show(uri);
      return;
    }
    // Asking takes time, in which somebody else may have changed it.
    if (await this.#isOutdated(attempt)) return;
    const filled = await fillSecrets(document.text, (name) => values.get(name));
    const answer = { kind: 'document', text: filled, base: document.base } as const;
    try {
      if (!(await this.context.perform(request, resource, answer))) {
        await show(uri);
        return;
      }
    } catch (error) {
      throw masked(error, [...values.values()]);
    } finally {
      this.#secrets.markSent(uri);
    }
    if (editor.getText() === text) await this.context.drafts.end(uri);
    else await this.#beginAnew(attempt);
  }

  /** What was typed while the document was being sent becomes a change of what it made. */
  async #beginAnew({ draft, resource, text }: Attempt): Promise<void> {
    if (draft.action.verb === 'create') return;
    const fresh = await this.context.beginningOf(resource, draft.action, { priority: 'interactive' });
    const editor = await vscode.workspace.openTextDocument(draft.uri);
    const now = editor.getText();
    if (now !== text) await this.context.drafts.rebase(draft.uri, fresh.text, now);
  }

  /**
   * Looks whether somebody else changed meanwhile what the document began with, and takes that into the document if the
   * user wants it.
   * @returns true if it is not to be sent as it is.
   */
  async #isOutdated({ draft, resource, text, document }: Attempt): Promise<boolean> {
    if (draft.action.verb === 'create') return false;
    const fresh = await inView((signal) =>
      this.context.beginningOf(resource, draft.action, { signal, priority: 'interactive' }),
    );
    const base = await documentValue(document.base);
    // A document has no place for the service's own reference to a schema: its own stands there.
    const theirs = await documentValue(await withoutSchema(fresh.text));
    if (isDeepStrictEqual(base, theirs)) return false;
    const ids = findService(this.context.requestFor(resource, draft.action, undefined).account.service)
      ?.canonicalJson.idKeys;
    const rebased = await rebase(text, base, theirs, ids ?? []);
    await show(draft.uri);
    if (!(await wantsTheirs(resource, rebased))) return true;
    await this.context.drafts.rebase(draft.uri, fresh.text, rebased.text);
    const editor = await vscode.workspace.openTextDocument(draft.uri);
    const value = await documentValue(rebased.text);
    await this.#mark(
      editor,
      rebased.conflicts.map((change) => ({
        pointer: pointerTo(value, change.steps),
        message: vscode.l10n.t(
          'Current value at the service: {0}. Sending replaces it.',
          shown(change.after),
        ),
        isWarning: true,
      })),
    );
    return true;
  }

  async #showSyntaxFlaw({ uri }: OpenDraft, offset: number): Promise<void> {
    const editor = await show(uri);
    const position = editor.document.positionAt(offset);
    reveal(editor, new vscode.Range(position, position));
    const message = vscode.l10n.t('Line {0} is not valid JSON. Nothing was sent.', position.line + 1);
    void showWarning(message);
  }

  async #showRefusal(draft: OpenDraft, error: unknown): Promise<void> {
    const editor = await show(draft.uri);
    if (!(error instanceof HttpError)) throw error;
    const marks = await toMarks(editor.document.getText(), error);
    if (marks.length === 0) {
      tellError(error);
      return;
    }
    await this.#mark(editor.document, marks);
    void showError(refusalText(error));
  }

  async #mark(document: vscode.TextDocument, marks: readonly Mark[]): Promise<void> {
    const [first] = await this.#marks.set(document, marks);
    if (first) reveal(await show(document.uri), first);
  }
}

/** The placeholders of a document that stand for secrets. What a service itself holds may look like one. */
function namesToAsk({ verb }: ActionInfo, { text, base }: EditedDocument): readonly string[] {
  const held = new Set(verb === 'create' ? [] : placeholderNames(base));
  return placeholderNames(text).filter((name) => !held.has(name));
}

/** What a refusal is about, in the document. Only what the content of the document can mend is marked there. */
async function toMarks(text: string, error: HttpError): Promise<readonly Mark[]> {
  if (error instanceof DocumentError && error.flaws.length > 0) return error.flaws;
  const isAboutContent = error.kind === 'rejected' || error.kind === 'conflict';
  if (!isAboutContent) return [];
  const message = error.reason ?? error.message;
  return [{ pointer: await findMentioned(text, message), message }];
}

/** A refusal for a notification, which shows the beginning of a text alone: the cause comes first. */
function refusalText(error: HttpError): string {
  return [error.reason ?? error.message, error.advice]
    .filter((part) => part !== '')
    .map((part) => (/[.!?…]$/u.test(part) ? part : `${part}.`))
    .join(' ');
}

/** The same failure without values that were asked for: the service may repeat them. */
function masked(error: unknown, secrets: readonly string[]): unknown {
  if (!(error instanceof HttpError) || secrets.length === 0) return error;
  return error.mapTexts((text) => redact(text, secrets));
}

function tellNothingToSend({ resource }: OpenDraft): void {
  void showInformation(vscode.l10n.t('Nothing to send: "{0}" is unchanged.', plainText(resource.label)));
}

async function wantsTheirs({ label }: Resource, { taken, conflicts }: Rebased): Promise<boolean> {
  // Both made the same change.
  if (taken.length + conflicts.length === 0) return true;
  const lines = [
    ...conflicts.map((change) => vscode.l10n.t('{0} – also changed by you', toLine(change))),
    ...taken.map(toLine),
  ];
  const more = lines.length - MAX_LISTED;
  const take = vscode.l10n.t('Update Document');
  const detail = [
    ...lines.slice(0, MAX_LISTED),
    ...(more > 0 ? [vscode.l10n.t('and {0} more', more)] : []),
    '',
    conflicts.length > 0
      ? vscode.l10n.t(
          'Updating merges these changes into your document. Conflicting changes keep your version and are marked.',
        )
      : vscode.l10n.t('Updating merges these changes into your document. Your changes are kept.'),
  ].join('\n');
  const message = vscode.l10n.t(
    '"{0}" has changed at the service since you started editing. Nothing was sent.',
    plainText(label),
  );
  const cancel = vscode.l10n.t('Not Now');
  // It changes the document alone, and can be undone.
  return (await ask({ message, detail, buttons: [take], harmless: true, cancel })) === take;
}

function toLine(change: Change): string {
  return `${plainText(placeText(change), 80)}: ${shown(change.before)} → ${shown(change.after)}`;
}

function shown(value: JsonValue | undefined): string {
  return value === undefined ? '–' : plainText(redact(writeJson(value), []), 60);
}

function toTitle(request: ActionRequest): string {
  const { account, action, service } = request;
  const where = account.production
    ? vscode.l10n.t('{0}, {1}, production', service, plainText(account.name))
    : vscode.l10n.t('{0}, {1}', service, plainText(account.name));
  return `${verbPhrase(action)}: ${plainText(getName(request), 80)} (${where})`;
}

async function show(uri: vscode.Uri): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(uri, { preview: false });
}

function reveal(editor: vscode.TextEditor, range: vscode.Range): void {
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
