import { expectError } from '../../core/base/errors';
import { DisposableStore } from '../../core/base/disposableStore';
import { createScanner } from 'jsonc-parser';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { reportError, ask, showError, showInformation, showWarning } from '../../ui/messages';
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
import { PreviewTabs } from './editorTabs';
import type { PreviewDocuments } from './previewDocuments';

/** Dependencies of submissions. */
export interface SubmissionContext {
  readonly drafts: Drafts;
  readonly texts: PreviewDocuments;
  readonly secrets: KnownSecrets;
  /** The resource in its current state. */
  readonly getResource: (draft: OpenDraft) => Resource;
  /** Finds an action by its ID. @throws HttpError kind `rejected` if it no longer exists. */
  readonly resolve: (resource: Resource, id: string) => Promise<DocumentAction>;
  /** The document with which the action would start now. @throws HttpError */
  readonly getBeginning: (
    resource: Resource,
    action: ActionInfo,
    call: CallOptions,
  ) => Promise<ActionTemplate>;
  /** @throws HttpError `notFound` if the account was removed. */
  readonly requestFor: (resource: Resource, action: ActionInfo, creates: Preview['creates']) => ActionRequest;
  /** Asks for the confirmation that the action requires. */
  readonly agree: (request: ActionRequest) => Promise<boolean>;
  /**
   * Runs a confirmed action and shows its result. @returns false if the user canceled.
   * @throws HttpError with the service's refusal.
   */
  readonly perform: (
    request: ActionRequest,
    resource: Resource,
    answer: ActionInputValues,
  ) => Promise<boolean>;
  /** Called with the error of a failed preview: its resource may have changed. */
  readonly onDidRefuse: (error: unknown, resource: Resource) => void;
}

/** One attempt to send a document. */
interface Attempt {
  readonly draft: OpenDraft;
  readonly resource: Resource;
  readonly action: DocumentAction;
  /** The document when the user asked to send it. */
  readonly text: string;
  readonly document: EditedDocument;
  /** Aborted when the user asks again. */
  readonly signal: AbortSignal;
}

/** The work since the user asked to send a document. */
interface Try {
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

/** The number of changes that a question lists. */
const MAX_LISTED = 10;

/**
 * Sends documents of actions: validates them, shows what they change, asks for confirmation, and marks what
 * was refused.
 */
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

  /** Answers a comparison. @param side as in `PreviewTabs.answer`. */
  answerReview(send: boolean, side?: vscode.Uri): void {
    this.#reviews.answer(send, side);
  }

  /**
   * Sends a document as its editor shows it, after the user confirmed. Reports what prevents that. If the
   * user asks again meanwhile, the current document is meant: the earlier attempt is canceled, or completed
   * first if it is already being sent.
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
      // The earlier attempt may have sent it.
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
      showNothingToSend(draft);
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
      showNothingToSend(draft);
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
    const resource = this.context.getResource(draft);
    const action = await this.context.resolve(resource, draft.action.id);
    const document = { text: read.text, base: (await readDocument(draft.base)).text };
    return { draft, resource, action, text, document, signal };
  }

  /** A document that creates something is always sent. */
  async #isChanged({ draft, document: { text, base } }: Attempt): Promise<boolean> {
    if (makesNew(draft.action)) return true;
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
    // Someone else may have changed it while the user was asked.
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

  /** What was typed while the document was being sent becomes a new draft, based on the result. */
  async #beginAnew({ draft, resource, text }: Attempt): Promise<void> {
    if (makesNew(draft.action)) return;
    const fresh = await this.context.getBeginning(resource, draft.action, { priority: 'interactive' });
    const editor = await vscode.workspace.openTextDocument(draft.uri);
    const now = editor.getText();
    if (now !== text) await this.context.drafts.rebase(draft.uri, fresh.text, now);
  }

  /**
   * Checks whether the resource was changed by others since the document was opened, and merges that if the
   * user agrees.
   * @returns true if the document must not be sent as it is.
   */
  async #isOutdated({ draft, resource, text, document }: Attempt): Promise<boolean> {
    if (makesNew(draft.action)) return false;
    const fresh = await inView((signal) =>
      this.context.getBeginning(resource, draft.action, { signal, priority: 'interactive' }),
    );
    const base = await documentValue(document.base);
    // The document has its own schema reference in place of the service's.
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
    const refusal = expectError(error, HttpError);
    const marks = await toMarks(editor.document.getText(), refusal);
    if (marks.length === 0) {
      reportError(refusal);
      return;
    }
    await this.#mark(editor.document, marks);
    void showError(refusalText(refusal));
  }

  async #mark(document: vscode.TextDocument, marks: readonly Mark[]): Promise<void> {
    const [first] = await this.#marks.set(document, marks);
    if (first) reveal(await show(document.uri), first);
  }
}

/** True if the document becomes a resource of its own, and changes none. */
function makesNew({ verb }: ActionInfo): boolean {
  return verb === 'create' || verb === 'createDataView';
}

/** The placeholders of secrets in a document. Values of the service itself may look like one. */
function namesToAsk(action: ActionInfo, { text, base }: EditedDocument): readonly string[] {
  const held = new Set(makesNew(action) ? [] : placeholderNames(base));
  return placeholderNames(text).filter((name) => !held.has(name));
}

/** What to mark in the document for a refusal: only what the user can fix in its content. */
async function toMarks(text: string, error: HttpError): Promise<readonly Mark[]> {
  if (error instanceof DocumentError && error.flaws.length > 0) return error.flaws;
  const isAboutContent = error.kind === 'rejected' || error.kind === 'conflict';
  if (!isAboutContent) return [];
  const message = error.reason ?? error.message;
  return [{ pointer: await findMentioned(text, message), message }];
}

/** A refusal for a notification, which shows only the beginning of a text: the cause comes first. */
function refusalText(error: HttpError): string {
  return [error.reason ?? error.message, error.advice]
    .filter((part) => part !== '')
    .map((part) => (/[.!?…]$/u.test(part) ? part : `${part}.`))
    .join(' ');
}

/** The same error with the entered secrets masked, because the service may repeat them. */
function masked(error: unknown, secrets: readonly string[]): unknown {
  if (!(error instanceof HttpError) || secrets.length === 0) return error;
  return error.mapTexts((text) => redact(text, secrets));
}

function showNothingToSend({ resource }: OpenDraft): void {
  void showInformation(vscode.l10n.t('Nothing to send: "{0}" is unchanged.', plainText(resource.label)));
}

async function wantsTheirs({ label }: Resource, { taken, conflicts }: Rebased): Promise<boolean> {
  // Both made the same changes.
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
  // It changes only the document, and can be undone.
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
