import * as l10n from '@vscode/l10n';
import type { StatusModel } from '../shared/models';
import type { DataState, Header, PanelCommand } from '../shared/protocol';
import { age } from './components/formats';
import { ExactTime, passed } from '../shared/relativeTime';
import { element, ellipsis } from './components/elements';
import { icon, iconButton, statusIcon, statusMark } from './components/controls';
import { problemBox } from './components/notices';

export interface HeaderActions {
  runCommand(command: PanelCommand): void;
  runAction(action: string): void;
  /** Opens the account form. */
  editAccount(): void;
  /** Shows the details of another resource. */
  open(path: string): void;
}

/** How often the age of the data is updated. */
const TICK_MS = 30_000;

/** The header. Buttons are only replaced when they change, so that none loses the focus. */
export class HeaderView {
  readonly element = element('header', { className: 'header' });
  readonly #progress = element('vscode-progress-bar', { className: 'busy', indeterminate: true });
  readonly #breadcrumbs = element('nav', { className: 'breadcrumbs', ariaLabel: l10n.t('Breadcrumbs') });
  readonly #title = element('h1');
  readonly #place = element('p', { className: 'place' });
  readonly #state = element('p', { className: 'state' });
  readonly #problem = element('div');
  readonly #commandButtons = element('div', { className: 'verbs', role: 'toolbar' });
  readonly #actionButtons = element('div', { className: 'actions' });
  #buttons = '';
  #path = '';
  #identity = '';
  #failure = '';
  #header: Header | undefined;

  constructor(private readonly actions: HeaderActions) {
    const first = element('div', { className: 'line' }, this.#title, this.#commandButtons);
    const last = element('div', { className: 'line' }, this.#state, this.#actionButtons);
    this.element.append(this.#progress, this.#breadcrumbs, first, this.#place, last, this.#problem);
    setInterval(() => {
      if (this.#header) this.#drawState(this.#header);
    }, TICK_MS);
  }

  update(header: Header): void {
    this.#header = header;
    this.#progress.hidden = !header.busy && header.state.kind !== 'loading';
    this.#progress.ariaLabel = l10n.t('Loading');
    this.element.classList.toggle('gone', header.state.kind === 'gone');
    this.#drawBreadcrumbs(header);
    this.#drawTitle(header);
    this.#drawState(header);
    this.#drawProblem(header);
    this.#drawButtons(header);
  }

  #drawBreadcrumbs({ ancestors }: Header): void {
    const path = JSON.stringify(ancestors);
    if (path === this.#path) return;
    this.#path = path;
    const items = ancestors.map(({ path, label }) => {
      const link = element('button', { type: 'button', className: 'breadcrumb' }, ellipsis(label));
      link.addEventListener('click', () => {
        this.actions.open(path);
      });
      return element('li', {}, link, icon('chevron-right'));
    });
    this.#breadcrumbs.hidden = items.length === 0;
    this.#breadcrumbs.replaceChildren(element('ol', {}, ...items));
  }

  #drawTitle({ label, icon: name, kind, service, production, id, commands }: Header): void {
    const canCopy = commands.includes('copyId');
    const identity = JSON.stringify([label, name, kind, service, production, id, canCopy]);
    if (identity === this.#identity) return;
    this.#identity = identity;
    this.#title.replaceChildren(
      element('vscode-icon', { name, ariaHidden: 'true' }),
      element('span', { className: 'label' }, label),
    );
    const words = [kind, service].filter((word) => word !== '').join(' · ');
    const named = id === label || id === '' ? [] : [element('code', { className: 'id' }, id)];
    const copy = iconButton('copy', l10n.t('Copy ID'), () => {
      this.actions.runCommand('copyId');
    });
    this.#place.replaceChildren(
      words,
      ...(production ? [' ', element('span', { className: 'production' }, l10n.t('Production'))] : []),
      element('span', { className: 'identity' }, ...named, ...(canCopy ? [copy] : [])),
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
    const shown = commands.filter((command) => command !== 'copyId');
    this.#commandButtons.replaceChildren(...shown.map((command) => this.#commandButton(command)));
    this.#actionButtons.replaceChildren(
      ...actions.map(({ id, title, destructive }) => {
        const button = element('vscode-button', { secondary: true }, title);
        if (destructive) {
          button.classList.add('destructive');
          const sign = icon('trash');
          sign.slot = 'content-before';
          button.prepend(sign);
        }
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
  const exact =
    readAt === undefined ? undefined : new ExactTime(document.documentElement.lang).format(readAt);
  if (exact !== undefined) made.title = exact;
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
        : `${l10n.t('May be outdated.')} ${lastUpdatedText(state.readAt)}`;
    case 'failed':
      return l10n.t('Could not be loaded');
    case 'gone':
      return l10n.t(
        'This resource no longer exists. It may have been deleted. The last known state is shown.',
      );
  }
}

/** Unlike "Updated just now", it claims no success. */
function lastUpdatedText(readAt: number): string {
  return passed(readAt, Date.now()).count === 0
    ? l10n.t('Last updated less than a minute ago')
    : l10n.t('Last updated {0}', age(readAt));
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
    case 'copyLink':
      return { icon: 'link', label: l10n.t('Copy Link') };
    case 'openJson':
      return { icon: 'json', label: l10n.t('Open JSON in Editor') };
    case 'openInBrowser':
      return { icon: 'link-external', label: l10n.t('Open in Browser') };
    case 'pin':
      return { icon: 'pin', label: l10n.t('Keep Open') };
  }
}
