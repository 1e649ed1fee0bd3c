import type { JSONScanner } from 'jsonc-parser';
import * as vscode from 'vscode';
import { reportError, showError, showInformation, showWarning, withProgress } from '../../ui/messages';
import { inView } from '../../ui/cancellation';
import type { CallOptions } from '../../core/http/types';
import { isAbort } from '../../core/base/abort';
import { HttpError } from '../../core/http/errors';
import type { KnownSecrets } from '../../core/redaction/knownSecrets';
import { filterInTurns } from '../../core/base/turns';
import { beingDeleted, whileDeleted } from '../../core/services/common/actions';
import type { BatchVerb } from '../../ui/commands/batchTexts';
import { getAccountId, accountPath, parentPath, type ResourcePath } from '../../core/services/contract/path';
import { serviceTitle } from '../../core/services/registry';
import type {
  ActionResult,
  StartedRun,
  ActionTemplate,
  ActionInputValues,
  Action,
  ActionInfo,
  Obstacle,
} from '../../core/services/contract/action';
import type { Account } from '../../core/services/contract/signIn';
import type { Resource, Status } from '../../core/services/contract/resource';
import { accountRemovedError } from '../../core/store/notFoundError';
import type { Store } from '../../core/store/store';
import { plainText } from '../../shared/plainText';
import { statusText } from '../../shared/status';
import {
  confirmAction,
  confirmComparedAction,
  getName,
  verbPhrase,
  type ActionRequest,
} from './confirmAction';
import { askFields } from './askFields';
import { clearWay } from './clearWay';
import { orMayBeDone } from './closedSession';
import type { Offer } from './untilFree';
import type { OAuthUriHandler } from './oauthUriHandler';
import type { RunEnd } from './batchSteps';
import type { BatchContext } from './performSeveral';
import type { Drafts } from './drafts';
import { pollUntilDone } from './pollUntilDone';
import { resolveAction, resolveDocumentAction } from './resolveAction';
import { LostAnswers } from './lostAnswers';
import type { RunningActions } from './runningActions';
import type { Submissions } from './submissions';
import type { NotificationSuppressor } from '../runs/notificationSuppressor';
import type { PreviewDocuments } from './previewDocuments';

export interface ActionRunnerParts {
  readonly store: Store;
  readonly drafts: Drafts;
  readonly texts: PreviewDocuments;
  readonly consents: OAuthUriHandler;
  readonly suppressor: NotificationSuppressor;
  readonly ongoing: RunningActions;
  readonly secrets: KnownSecrets;
}

/**
 * Runs actions the same way for all services: asks for input, previews the change, asks for confirmation,
 * sends it.
 */
export class ActionRunner implements vscode.Disposable {
  readonly #store: Store;
  readonly #drafts: Drafts;
  readonly #texts: PreviewDocuments;
  readonly #suppressor: NotificationSuppressor;
  readonly #ongoing: RunningActions;
  readonly #consents: OAuthUriHandler;
  readonly #secrets: KnownSecrets;
  readonly #lost = new LostAnswers();
  readonly #controller = new AbortController();
  readonly #registration: vscode.Disposable;
  #loading: Promise<Submissions> | undefined;

  constructor({ store, drafts, texts, consents, suppressor, ongoing, secrets }: ActionRunnerParts) {
    this.#secrets = secrets;
    this.#store = store;
    this.#drafts = drafts;
    this.#texts = texts;
    this.#suppressor = suppressor;
    this.#ongoing = ongoing;
    this.#consents = consents;
    const unlisten = store.onDidChange((paths) => {
      if (paths.length === 0) this.#releaseDrafts();
    });
    this.#registration = vscode.Disposable.from(
      unlisten,
      // The watchers of documents are created with the first document.
      drafts.onDidLoad(() => {
        void this.#submissions();
        this.#releaseDrafts();
      }),
      drafts.onDidAskToSend((uri) => {
        this.send(uri).catch(reportError);
      }),
    );
  }

  dispose(): void {
    this.#controller.abort();
    this.#registration.dispose();
    void this.#loading?.then((submissions) => {
      submissions.dispose();
    });
  }

  /** The actions that a resource offers in its current state, including those with an obstacle. */
  async offered(resource: Resource): Promise<readonly Action[]> {
    const offers = (await this.#store.session(resource.path)).actions?.(resource) ?? [];
    return this.#ongoing.isBeingDeleted(resource.path) ? whileDeleted(offers) : offers;
  }

  /**
   * Runs an action, or opens its document. If there is an obstacle, the user is notified, and it is removed first if
   * possible.
   * @throws HttpError with the service's refusal.
   */
  async start(resource: Resource, action: Action): Promise<void> {
    const obstacle = this.#ongoing.isBeingDeleted(resource.path) ? beingDeleted() : action.obstacle;
    if (obstacle) return this.#clearWay({ resource, action }, obstacle);
    if (action.input.kind === 'document') return this.#openDraft(resource, action);
    const answer = await askFields(`${verbPhrase(action)}: ${plainText(resource.label)}`, action);
    if (answer) await this.#perform(resource, action, answer);
  }

  /** Runs a verb's action on each of the resources that offer it. */
  async startSeveral(resources: readonly Resource[], verb: BatchVerb): Promise<void> {
    const { performSeveral } = await import('./performSeveral');
    const isMixed = new Set(resources.map(({ path }) => getAccountId(path))).size > 1;
    const context: BatchContext = {
      nameRow: (resource) => ({
        names: [...this.#getAncestors(resource), resource].map(({ label }) => label),
        ...(isMixed && { accountName: this.#getPlace(resource).account.name }),
      }),
      lost: this.#lost,
      offered: (resource) => this.offered(resource),
      requestFor: (resource, action) => this.#request(resource, action, {}),
      attempt: ({ request, resource }) =>
        this.#attempt(request, resource, { kind: 'none' }, (outcome) => Promise.resolve(outcome)),
      refresh: (paths) => this.#refresh(paths),
      follow: (offer, run, changed, end) => {
        this.#follow(offer, run, changed, end);
      },
      notify,
    };
    await performSeveral(context, resources, verb);
  }

  async #clearWay({ resource, action }: Offer, obstacle: Obstacle): Promise<void> {
    const { account, service } = this.#getPlace(resource);
    const offers = await this.offered(resource);
    const first = offers.find((offer) => offer.id === obstacle.clearedBy && !offer.obstacle);
    const free = await clearWay({
      ...{ resource, action, obstacle, account, service, first },
      look: {
        offer: () => this.#offer(resource.path, action.id),
        refresh: () => this.#store.refresh(parentPath(resource.path) ?? resource.path),
      },
      clear: (clearing) =>
        this.#perform(resource, clearing, { kind: 'none' }, { agreed: !account.production }),
    });
    if (free) await this.start(free.resource, free.action);
  }

  /** The action as it is offered now, according to the store. */
  async #offer(path: ResourcePath, actionId: string): Promise<Offer | undefined> {
    const resource = this.#store.get(path);
    const action = resource && (await this.offered(resource)).find(({ id }) => id === actionId);
    return action && { resource, action };
  }

  /** Sends the document of an action, after the user confirmed. */
  async send(uri: vscode.Uri): Promise<void> {
    await (await this.#submissions()).submit(uri);
  }

  /** Answers a comparison: whether to send what it shows. @param side as in `PreviewTabs.answer`. */
  async answerReview(send: boolean, side?: vscode.Uri): Promise<void> {
    (await this.#submissions()).answerReview(send, side);
  }

  async #openDraft(resource: Resource, action: Action): Promise<void> {
    const account = this.#getPlace(resource).account.name;
    await this.#drafts.open({ resource, action, account }, () =>
      inView((signal) => this.#beginning(resource, action, { signal, priority: 'interactive' })),
    );
  }

  /**
   * The initial document of an action. It is stored on disk, so secrets that a service returns are hidden.
   */
  async #beginning(resource: Resource, { id }: ActionInfo, call: CallOptions): Promise<ActionTemplate> {
    const { draft } = await resolveDocumentAction(this.#store, resource, id);
    const template = await draft(call);
    const { createScanner } = await import('jsonc-parser');
    const { hideSecrets } = await import('./typedSecrets');
    const scan = (text: string): JSONScanner => createScanner(text, true);
    return { ...template, text: hideSecrets(template.text, { scan, known: this.#secrets }) };
  }

  /** Text typed for accounts that were removed, in this or another window, is kept in untitled documents. */
  #releaseDrafts(): void {
    const isGone = (id: string): boolean => this.#store.account(accountPath(id)) === undefined;
    this.#drafts.release(isGone).catch(reportError);
  }

  #submissions(): Promise<Submissions> {
    this.#loading ??= import('./submissions').then(
      ({ Submissions }) =>
        new Submissions({
          ...{
            drafts: this.#drafts,
            texts: this.#texts,
            secrets: this.#secrets,
            agree: confirmComparedAction,
          },
          getResource: ({ resource }) => this.#store.get(resource.path) ?? resource,
          resolve: (resource, id) => resolveDocumentAction(this.#store, resource, id),
          getBeginning: (resource, action, call) => this.#beginning(resource, action, call),
          requestFor: (resource, action, creates) => this.#request(resource, action, { creates }),
          perform: (request, resource, answer) => this.#do(request, resource, answer),
          onDidRefuse: (error, resource) => {
            if (isRefusal(error)) void this.#refreshAround({}, resource);
          },
        }),
    );
    return this.#loading;
  }

  /** @param agreed true if the user has already confirmed. */
  async #perform(
    resource: Resource,
    action: Action,
    answer: ActionInputValues,
    { agreed } = { agreed: false },
  ): Promise<void> {
    const request = this.#request(resource, action, { other: otherThan(action, answer) });
    if (agreed || (await confirmAction(request))) await this.#do(request, resource, answer);
  }

  /** @returns false if the user canceled. */
  async #do(request: ActionRequest, resource: Resource, answer: ActionInputValues): Promise<boolean> {
    const { action } = request;
    if (!(await this.#lost.agree(request))) return false;
    const { consent } = await resolveAction(this.#store, resource, action.id);
    const granted = await inView(async (signal) => {
      const call = { signal, priority: 'interactive' } as const;
      const request = await consent?.(answer, call);
      return !request || (await this.#consents.obtain(request, call));
    });
    if (!granted) return false;
    await this.#attempt(request, resource, answer, (outcome) => this.#finish(request, resource, outcome));
    return true;
  }

  /**
   * Runs a confirmed action and handles its result; meanwhile the row of its resource shows the progress.
   * @throws HttpError with the service's refusal, or one saying that the action may have been done.
   */
  async #attempt<T>(
    request: ActionRequest,
    resource: Resource,
    answer: ActionInputValues,
    finish: (outcome: ActionResult) => Promise<T>,
  ): Promise<T> {
    const { action } = request;
    const { perform } = await resolveAction(this.#store, resource, action.id);
    const ongoing = this.#ongoing.begin(resource.path, action.verb, verbPhrase(action));
    try {
      const outcome = await orMayBeDone(() =>
        inView((signal) => perform(answer, { signal, priority: 'interactive' })),
      );
      this.#lost.settle(request);
      return await finish(outcome);
    } catch (error) {
      if (error instanceof HttpError && error.hasUnknownOutcome)
        throw await this.#lookAfter(request, resource, error);
      // Reported at once; the row is updated later.
      if (isRefusal(error)) void this.#refreshAround(request, resource);
      throw error;
    } finally {
      ongoing.end();
    }
  }

  /** Refreshes what an action may have changed although its answer was lost. @returns the error to show. */
  async #lookAfter(request: ActionRequest, resource: Resource, error: HttpError): Promise<HttpError> {
    const { creates } = request;
    await this.#refreshAround(request, resource);
    const isIt = ({ path, kind, label }: Resource): boolean =>
      kind === creates?.kind && label === creates.label && getAccountId(path) === getAccountId(resource.path);
    const isThere = creates && (await filterInTurns(this.#store.loaded(), isIt)).length > 0;
    return this.#lost.note(request, error, { isThere });
  }

  /**
   * Refreshes the row of a resource and what is loaded below it. Never rejects: failures appear in the row.
   */
  async #refreshAround({ creates }: Pick<ActionRequest, 'creates'>, { path }: Resource): Promise<void> {
    const above = creates ? undefined : parentPath(path);
    await this.#refresh([...(above ? [above] : []), path]).catch(() => undefined);
  }

  /** Refreshes lists, except those that were never loaded. */
  async #refresh(paths: readonly ResourcePath[]): Promise<void> {
    const known = paths.filter((path) => this.#store.rows(path));
    const notBefore = performance.now();
    await Promise.all(known.map((path) => this.#store.refresh(path, undefined, notBefore)));
  }

  #request(
    resource: Resource,
    action: ActionInfo,
    more: Pick<ActionRequest, 'creates' | 'other'>,
  ): ActionRequest {
    const ancestors = this.#getAncestors(resource);
    return { action, resource, ancestors, ...more, ...this.#getPlace(resource) };
  }

  /** The ancestors of a resource, from the outermost inside the account. */
  #getAncestors(resource: Resource): readonly Resource[] {
    const ancestors: Resource[] = [];
    for (let path = parentPath(resource.path); path !== undefined; path = parentPath(path)) {
      const ancestor = this.#store.get(path);
      // The account is named separately, and groups are not places.
      if (ancestor && ancestor.kind !== 'account' && ancestor.kind !== 'group') ancestors.unshift(ancestor);
    }
    return ancestors;
  }

  /** @throws HttpError `notFound` if the account was removed. */
  #getPlace({ path }: Resource): { readonly account: Account; readonly service: string } {
    const account = this.#store.account(path);
    if (!account) throw accountRemovedError();
    return { account, service: serviceTitle(account.service) };
  }

  async #finish(
    request: ActionRequest,
    resource: Resource,
    { message, changed, run }: ActionResult,
  ): Promise<void> {
    const { action } = request;
    const done = vscode.l10n.t('{0} succeeded for "{1}".', verbPhrase(action), getName(request));
    const text = message ? `${done} ${plainText(message)}` : done;
    if (!run) void showInformation(text);
    await this.#refresh(changed);
    if (run) this.#follow({ resource, action }, run, changed);
  }

  /**
   * Follows a run at the service: shows its progress in the row of its resource and in the status bar, and
   * reports its end.
   */
  #follow(
    { resource, action }: Pick<ActionRequest, 'action'> & { readonly resource: Resource },
    run: StartedRun,
    changed: readonly ResourcePath[],
    end: RunEnd = { notify, over: () => undefined },
  ): void {
    const call = { signal: this.#controller.signal, priority: 'background' } as const;
    const lift = this.#suppressor.suppress(resource.path);
    const ongoing = this.#ongoing.begin(resource.path, action.verb, verbPhrase(action));
    const options = { location: vscode.ProgressLocation.Window, title: plainText(run.title) };
    withProgress(options, (_, report) => {
      const seen = (status: Status): void => {
        ongoing.report(`${verbPhrase(action)}: ${statusText(status)}`);
        report(statusText(status));
      };
      const refresh = (paths: readonly ResourcePath[]): Promise<void> => this.#refresh(paths);
      return pollUntilDone(run, changed, { refresh, seen, notify: end.notify }, call);
    })
      .catch((error: unknown) => {
        if (call.signal.aborted) return;
        // A session aborts its requests when its account is edited or removed.
        if (isAbort(error)) showNotFollowed(run);
        else reportError(error);
      })
      .finally(() => {
        ongoing.end();
        lift();
        end.over();
      });
  }
}

/**
 * True if the service refused what was offered, so that it may have changed. If authentication failed or the
 * rate limit was reached, another request would not help.
 */
function isRefusal(error: unknown): boolean {
  const status = error instanceof HttpError ? (error.status ?? 0) : 0;
  return status >= 400 && status < 500 && status !== 401 && status !== 429;
}

/** The name of the chosen resource in an answer, such as the connection to link to. */
function otherThan({ input }: Action, answer: ActionInputValues): string | undefined {
  if (input.kind !== 'fields' || answer.kind !== 'fields') return undefined;
  const [field] = input.fields;
  const value = field && answer.values[field.key];
  return field?.choices?.find((choice) => choice.value === value)?.label ?? value;
}

/** Shows the result of a run. */
function notify(title: string, status: Status): void {
  const text = `${plainText(title)}: ${statusText(status)}`;
  if (status.state === 'failed') void showError(text);
  else void showInformation(text);
}

function showNotFollowed({ title }: StartedRun): void {
  void showWarning(
    vscode.l10n.t(
      '{0}: Progress is no longer tracked because the account was changed or removed. Refresh to see the current state.',
      plainText(title),
    ),
  );
}
