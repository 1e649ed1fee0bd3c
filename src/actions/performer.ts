import * as vscode from 'vscode';
import { tellError } from '../accounts/tell';
import { inView } from '../commands/progress';
import { HttpError } from '../http/errors';
import { parentPath, type ResourcePath } from '../services/path';
import { serviceOf } from '../services/registry';
import type {
  Account,
  Action,
  ActionAnswer,
  Actions,
  Obstacle,
  Outcome,
  Resource,
  StartedRun,
  Status,
} from '../services/service';
import type { Store } from '../store/store';
import { plainText } from '../text/plainText';
import { statusText } from '../tree/statusText';
import { agree, verbPhrase } from './agree';
import { askFields } from './askFields';
import { clearWay } from './clearWay';
import { readDocument, schemaText, withSchema } from './documentText';
import type { Consents } from './consents';
import type { Drafts, SavedDraft } from './drafts';
import { follow, type Following } from './follow';
import type { Ongoing } from './ongoing';
import type { Offer } from './untilFree';
import type { Mutes } from '../watch/mutes';
import type { VirtualTexts } from './virtualTexts';
import { showError, showInformation, showWarning, withProgress } from '../ui/messages';
import { showQuickPick } from '../ui/quickInput';

/** What a performer works with. */
export interface PerformerParts {
  readonly store: Store;
  readonly drafts: Drafts;
  readonly texts: VirtualTexts;
  readonly consents: Consents;
  readonly mutes: Mutes;
  readonly ongoing: Ongoing;
}

/** Does actions, one way for all services: asks what they need, shows what will change, has the user agree, does it. */
export class Performer implements vscode.Disposable {
  readonly #store: Store;
  readonly #drafts: Drafts;
  readonly #texts: VirtualTexts;
  readonly #mutes: Mutes;
  readonly #ongoing: Ongoing;
  readonly #consents: Consents;
  readonly #controller = new AbortController();
  readonly #registration: vscode.Disposable;

  constructor({ store, drafts, texts, consents, mutes, ongoing }: PerformerParts) {
    this.#store = store;
    this.#drafts = drafts;
    this.#texts = texts;
    this.#mutes = mutes;
    this.#ongoing = ongoing;
    this.#consents = consents;
    this.#registration = drafts.onDidSave((draft) => {
      this.#submit(draft).catch(tellError);
    });
  }

  dispose(): void {
    this.#controller.abort();
    this.#registration.dispose();
  }

  /** What may be done to a resource as it is now, and what something is in the way of. */
  async offered(resource: Resource): Promise<readonly Action[]> {
    return (await this.#store.session(resource.path)).actions?.of(resource) ?? [];
  }

  /**
   * Does an action, or opens the document that it begins with. Where something is in its way, that is said, and cleared
   * first where it can be.
   * @throws HttpError with the service's refusal.
   */
  async begin(resource: Resource, action: Action): Promise<void> {
    if (action.obstacle) return this.#clearWay({ resource, action }, action.obstacle);
    if (action.input.kind === 'document') return this.#openDraft(resource, action);
    const answer = await askFields(`${verbPhrase(action)}: ${plainText(resource.label)}`, action);
    if (answer) await this.#perform(resource, action, answer);
  }

  async #clearWay({ resource, action }: Offer, obstacle: Obstacle): Promise<void> {
    const { account, service } = this.#placeOf(resource);
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
    if (free) await this.begin(free.resource, free.action);
  }

  /** An action as it is offered now, from what the store knows. */
  async #offer(path: ResourcePath, actionId: string): Promise<Offer | undefined> {
    const resource = this.#store.get(path);
    const action = resource && (await this.offered(resource)).find(({ id }) => id === actionId);
    return action && { resource, action };
  }

  async #openDraft(resource: Resource, action: Action): Promise<void> {
    const actions = await this.#actions(resource);
    const draft = await inView((signal) =>
      actions.draft(resource, action.id, { signal, priority: 'interactive' }),
    );
    const schema = this.#texts.add(`schema/${action.id}`, schemaText(draft.schema));
    await this.#drafts.open(resource, action, await withSchema(draft.text, schema.toString()));
  }

  /** A document that the user saved or sent: shows what it would change, asks, and sends it. */
  async #submit({ action, resource, text: saved, base: began }: SavedDraft): Promise<void> {
    const { text, flaw } = await readDocument(saved);
    if (flaw !== undefined) {
      const line = saved.slice(0, flaw).split('\n').length;
      void showWarning(vscode.l10n.t('Nothing was sent: line {0} is not valid JSON.', line));
      return;
    }
    const document = { text, base: (await readDocument(began)).text };
    const actions = await this.#actions(resource);
    const { before, after } = await inView((signal) =>
      actions.preview(resource, action.id, document, { signal, priority: 'interactive' }),
    );
    const { label } = resource;
    const sides = [
      this.#texts.putServiceJson(label, 'before', before),
      this.#texts.putServiceJson(label, 'after', after),
    ];
    const title = `${verbPhrase(action)}: ${plainText(label, 80)}`;
    await vscode.commands.executeCommand('vscode.diff', ...sides, title, { preview: true });
    if (await this.#wantsToSend(action))
      await this.#perform(resource, action, { kind: 'document', ...document });
  }

  /** A quick pick, and no modal question: the comparison behind it can still be read and scrolled. */
  async #wantsToSend(action: Action): Promise<boolean> {
    const iconPath = new vscode.ThemeIcon('cloud-upload');
    const send = { label: vscode.l10n.t('Send'), description: verbPhrase(action), iconPath };
    const keep = { label: vscode.l10n.t('Keep Editing'), iconPath: new vscode.ThemeIcon('edit') };
    const title = vscode.l10n.t('Send what the comparison shows?');
    return (await showQuickPick([send, keep], { title, ignoreFocusOut: true })) === send;
  }

  /** @param agreed true where the user has agreed to it already. */
  async #perform(
    resource: Resource,
    action: Action,
    answer: ActionAnswer,
    { agreed } = { agreed: false },
  ): Promise<void> {
    if (!agreed && !(await agree({ action, resource, ...this.#placeOf(resource) }))) return;
    const actions = await this.#actions(resource);
    const granted = await inView(async (signal) => {
      const call = { signal, priority: 'interactive' } as const;
      const consent = await actions.consent?.(resource, action.id, answer, call);
      return !consent || (await this.#consents.obtain(consent, call));
    });
    if (!granted) return;
    const ongoing = this.#ongoing.begin(resource.path, verbPhrase(action));
    try {
      const outcome = await inView((signal) =>
        actions.perform(resource, action.id, answer, { signal, priority: 'interactive' }),
      );
      await this.#finish(resource, action, outcome);
    } finally {
      ongoing.end();
    }
  }

  /** @throws HttpError `notFound` where the account was removed. */
  #placeOf({ path }: Resource): { readonly account: Account; readonly service: string } {
    const account = this.#store.account(path);
    if (!account) throw new HttpError('notFound', vscode.l10n.t('This account does not exist any more.'));
    return { account, service: serviceOf(account.service)?.title ?? account.service };
  }

  async #finish(resource: Resource, action: Action, { message, changed, run }: Outcome): Promise<void> {
    const done = vscode.l10n.t('{0}: done for "{1}".', verbPhrase(action), plainText(resource.label));
    const text = message ? `${done} ${plainText(message)}` : done;
    if (!run) void showInformation(text);
    const refresh = async (paths: readonly ResourcePath[]): Promise<void> => {
      // A list that nobody has looked at has nothing to bring up to date.
      const known = paths.filter((path) => this.#store.rows(path));
      await Promise.all(known.map((path) => this.#store.refresh(path)));
    };
    await refresh(changed);
    if (run) this.#follow({ resource, action }, run, changed, refresh);
  }

  /** Follows work that goes on at the service: in the row of its resource, in the status bar, and told at its end. */
  #follow(
    { resource, action }: Offer,
    run: StartedRun,
    changed: readonly ResourcePath[],
    refresh: Following['refresh'],
  ): void {
    const call = { signal: this.#controller.signal, priority: 'background' } as const;
    const lift = this.#mutes.mute(resource.path);
    const ongoing = this.#ongoing.begin(resource.path, verbPhrase(action));
    const options = { location: vscode.ProgressLocation.Window, title: plainText(run.title) };
    withProgress(options, (_, report) => {
      const seen = (status: Status): void => {
        ongoing.tell(`${verbPhrase(action)}: ${statusText(status)}`);
        report(statusText(status));
      };
      return follow(run, changed, { refresh, seen, tell }, call);
    })
      .catch((error: unknown) => {
        if (!call.signal.aborted) tellError(error);
      })
      .finally(() => {
        ongoing.end();
        lift();
      });
  }

  async #actions(resource: Resource): Promise<Actions> {
    const { actions } = await this.#store.session(resource.path);
    if (actions) return actions;
    throw new HttpError('rejected', vscode.l10n.t('This service only shows its resources.'));
  }
}

/** The result of a run, told once. */
function tell(title: string, status: Status): void {
  const text = `${plainText(title)}: ${statusText(status)}`;
  if (status.state === 'failed') void showError(text);
  else void showInformation(text);
}
