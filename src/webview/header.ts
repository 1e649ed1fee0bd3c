import * as l10n from '@vscode/l10n';
import type { StatusModel } from '../shared/models';
import type { DataState, Header, PanelCommand } from '../shared/protocol';
import { age, formatDateTime } from './components/formats';
import { passed } from '../shared/relativeTime';
import { element } from './components/elements';
import { statusIcon, statusMark } from './components/controls';
import { problemBox } from './components/notices';

export interface HeaderActions {
  runCommand(command: PanelCommand): void;
  runAction(action: string): void;
  /** Opens the account form. */
  editAccount(): void;
}

/** How often the age of the data is updated. */
const TICK_MS = 30_000;

/** The header. Buttons are only replaced when they change, so that none loses the focus. */
export class HeaderView {
  readonly element = element('header', { className: 'header' });
  readonly #progress = element('vscode-progress-bar', { className: 'busy', indeterminate: true });
  readonly #title = element('h1');
  readonly #place = element('p', { className: 'place' });
  readonly #state = element('p', { className: 'state' });
  readonly #problem = element('div');
  readonly #commandButtons = element('div', { className: 'verbs', role: 'toolbar' });
  readonly #actionButtons = element('div', { className: 'actions' });
  #buttons = '';
  #failure = '';
  #header: Header | undefined;

  constructor(private readonly actions: HeaderActions) {
    const first = element('div', { className: 'line' }, this.#title, this.#commandButtons);
    const last = element('div', { className: 'line' }, this.#state, this.#actionButtons);
    this.element.append(this.#progress, first, this.#place, last, this.#problem);
    setInterval(() => {
      if (this.#header) this.#drawState(this.#header);
    }, TICK_MS);
  }

  update(header: Header): void {
    this.#header = header;
    this.#progress.hidden = !header.busy && header.state.kind !== 'loading';
    this.#progress.ariaLabel = l10n.t('Loading');
    this.element.classList.toggle('gone', header.state.kind === 'gone');
    this.#drawTitle(header);
    this.#drawState(header);
    this.#drawProblem(header);
    this.#drawButtons(header);
  }

  #drawTitle({ label, icon, kind, service, account, production, id }: Header): void {
    this.#title.replaceChildren(
      element('vscode-icon', { name: icon, ariaHidden: 'true' }),
      element('span', { className: 'label' }, label),
    );
    const words = [kind, service, account].filter((word) => word !== '').join(' · ');
    this.#place.replaceChildren(
      words,
      ...(production ? [' ', element('span', { className: 'production' }, l10n.t('Production'))] : []),
      ...(id === label ? [] : [element('code', { className: 'id' }, id)]),
    );
  }

  #drawState({ state, status, description }: Header): void {
    this.#state.replaceChildren(
      ...(status ? [statusMark(status)] : []),
      ...(description === undefined ? [] : [element('span', { className: 'description' }, description)]),
      toAge(state),
    );
  }

  #drawProblem({ state }: Header): void {
    const problem = 'problem' in state ? state.problem : undefined;
    const failure = JSON.stringify(problem ?? '');
    if (failure === this.#failure) return;
    this.#failure = failure;
    const remedyActions = {
      retry: () => {
        this.actions.runCommand('refresh');
      },
      editAccount: () => {
        this.actions.editAccount();
      },
    };
    this.#problem.replaceChildren(...(problem ? [problemBox(problem, remedyActions)] : []));
  }

  #drawButtons({ commands, actions }: Header): void {
    const buttons = JSON.stringify([commands, actions]);
    if (buttons === this.#buttons) return;
    this.#buttons = buttons;
    this.#commandButtons.ariaLabel = l10n.t('Details');
    this.#commandButtons.replaceChildren(...commands.map((command) => this.#commandButton(command)));
    this.#actionButtons.replaceChildren(
      ...actions.map(({ id, title }) => {
        const button = element('vscode-button', { secondary: true }, title);
        button.addEventListener('click', () => {
          this.actions.runAction(id);
        });
        return button;
      }),
    );
  }

  #commandButton(command: PanelCommand): HTMLElement {
    const { icon, label } = commandPresentation(command);
    const button = element('vscode-toolbar-button', { icon, label, title: label });
    button.addEventListener('click', () => {
      this.actions.runCommand(command);
    });
    return button;
  }
}

/** Icons of the states of the data that need attention. */
const signs: ReadonlyMap<DataState['kind'], StatusModel['state']> = new Map([
  ['stale', 'warning'],
  ['failed', 'failed'],
  ['gone', 'inactive'],
]);

function toAge(state: DataState): HTMLElement {
  const readAt = 'readAt' in state ? state.readAt : undefined;
  const sign = signs.get(state.kind);
  const made = element(
    'span',
    { className: `age ${state.kind}` },
    ...(sign ? [statusIcon(sign)] : []),
    element('span', {}, toStateWords(state)),
  );
  if (readAt !== undefined) made.title = formatDateTime(readAt);
  return made;
}

function toStateWords(state: DataState): string {
  switch (state.kind) {
    case 'loading':
      return l10n.t('Loading…');
    case 'fresh':
      return state.readAt === undefined ? '' : updatedText(state.readAt);
    case 'stale':
      return state.readAt === undefined
        ? l10n.t('May be outdated')
        : `${l10n.t('May be outdated.')} ${updatedText(state.readAt)}`;
    case 'failed':
      return l10n.t('Could not be loaded');
    case 'gone':
      return l10n.t(
        'This resource no longer exists. It may have been deleted. The last known state is shown.',
      );
  }
}

function updatedText(readAt: number): string {
  return passed(readAt, Date.now()).count === 0
    ? l10n.t('Updated just now')
    : l10n.t('Updated {0}', age(readAt));
}

function commandPresentation(command: PanelCommand): { readonly icon: string; readonly label: string } {
  switch (command) {
    case 'refresh':
      return { icon: 'refresh', label: l10n.t('Refresh') };
    case 'reveal':
      return { icon: 'list-tree', label: l10n.t('Reveal in Tree') };
    case 'copyId':
      return { icon: 'copy', label: l10n.t('Copy ID') };
    case 'openJson':
      return { icon: 'json', label: l10n.t('Open JSON in Editor') };
    case 'openInBrowser':
      return { icon: 'link-external', label: l10n.t('Open in Browser') };
    case 'pin':
      return { icon: 'pin', label: l10n.t('Keep Open') };
  }
}
