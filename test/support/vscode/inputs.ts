import { EventEmitter } from './values';

/** A notification or modal dialog, open until it is answered or closed. */
export interface Message {
  readonly kind: 'information' | 'warning' | 'error';
  readonly text: string;
  readonly modal: boolean;
  readonly detail: string;
  /** The labels of the buttons. */
  readonly buttons: readonly string[];
  /** Presses the button with that label; without one, closes the message. */
  readonly press: (title?: string) => void;
}

interface MessageButton {
  readonly title: string;
}

/** Everything that users read and answer: notifications, progress, input boxes and quick picks. */
export class Inputs {
  /** All that were shown, the oldest first. */
  readonly messages: Message[] = [];
  readonly progress: { readonly title: string; readonly cancel: () => void }[] = [];
  readonly boxes: InputBox[] = [];
  readonly picks: QuickPick[] = [];
  /** Answers to `showQuickPick`: the label to choose, or a text with several; undefined closes it. */
  readonly choices: (string | undefined)[] = [];
  /** Texts that were shown in the status bar for a moment. */
  readonly statusMessages: string[] = [];
  /** The items that `showQuickPick` offered last. */
  offered: readonly PickItem[] = [];

  /** The texts of all messages. */
  get texts(): readonly string[] {
    return this.messages.map(({ text }) => text);
  }

  /** Clears what was shown, and leaves further questions unanswered. */
  reset(): void {
    const { messages, progress, boxes, picks, choices, statusMessages } = this;
    for (const list of [messages, progress, boxes, picks, choices, statusMessages]) list.length = 0;
    this.offered = [];
  }

  readonly window = {
    showInformationMessage: this.#shower('information'),
    showWarningMessage: this.#shower('warning'),
    showErrorMessage: this.#shower('error'),
    setStatusBarMessage: (text: string): void => {
      this.statusMessages.push(text);
    },
    withProgress: <T>(
      { title = '' }: { readonly title?: string },
      work: (progress: { report(): void }, token: object) => Promise<T>,
    ): Promise<T> => {
      const cancelled = new EventEmitter<undefined>();
      const cancel = (): void => {
        cancelled.fire(undefined);
      };
      this.progress.push({ title, cancel });
      return work({ report: () => undefined }, { onCancellationRequested: cancelled.event });
    },
    createInputBox: (): InputBox => {
      const box = new InputBox();
      this.boxes.push(box);
      return box;
    },
    createQuickPick: (): QuickPick => {
      const pick = new QuickPick();
      this.picks.push(pick);
      return pick;
    },
    showQuickPick: async (
      items: Promise<readonly PickItem[]> | readonly PickItem[],
      { canPickMany = false }: { readonly canPickMany?: boolean } = {},
    ): Promise<unknown> => {
      this.offered = await items;
      const choice = this.choices.shift();
      if (canPickMany)
        return choice === undefined ? undefined : this.offered.filter(({ label }) => choice.includes(label));
      return this.offered.find(({ label }) => label === choice);
    },
  };

  #shower(kind: Message['kind']) {
    return (
      text: string,
      { modal = false, detail = '' }: { readonly modal?: boolean; readonly detail?: string },
      ...buttons: readonly MessageButton[]
    ): Promise<MessageButton | undefined> =>
      new Promise((resolve) => {
        const press = (title?: string): void => {
          resolve(buttons.find((button) => button.title === title));
        };
        this.messages.push({ kind, text, modal, detail, buttons: buttons.map(({ title }) => title), press });
      });
  }
}

/** `QuickPickItemKind.Separator` */
const SEPARATOR = -1;

/** A quick pick entry as it is shown. */
export interface PickItem {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly iconPath?: { readonly id: string };
  readonly kind?: number;
  readonly picked?: boolean;
  readonly alwaysShow?: boolean;
}

/** An input box or quick pick, with the actions of a user. */
class QuickInput {
  readonly accepted = new EventEmitter<undefined>();
  readonly triggered = new EventEmitter<unknown>();
  readonly hidden = new EventEmitter<undefined>();
  readonly onDidAccept = this.accepted.event;
  readonly onDidTriggerButton = this.triggered.event;
  readonly onDidHide = this.hidden.event;
  title: string | undefined;
  step: number | undefined;
  totalSteps: number | undefined;
  placeholder: string | undefined;
  ignoreFocusOut = false;
  buttons: readonly unknown[] = [];
  isShown = false;
  isDisposed = false;

  show(): void {
    this.isShown = true;
  }

  hide(): void {
    if (!this.isShown) return;
    this.isShown = false;
    this.hidden.fire(undefined);
  }

  /** As in VS Code, disposing hides the input and fires the event. */
  dispose(): void {
    this.hide();
    this.isDisposed = true;
  }

  /** Presses Enter. */
  accept(): void {
    this.accepted.fire(undefined);
  }

  /** Presses the first button in the title bar. */
  pressButton(): void {
    this.triggered.fire(this.buttons[0]);
  }
}

export class InputBox extends QuickInput {
  readonly changed = new EventEmitter<string>();
  readonly onDidChangeValue = this.changed.event;
  value = '';
  password = false;
  prompt: string | undefined;
  validationMessage: string | undefined;

  type(text: string): void {
    this.value = text;
    this.changed.fire(text);
  }
}

export class QuickPick extends QuickInput {
  readonly changed = new EventEmitter<string>();
  readonly onDidChangeValue = this.changed.event;
  readonly activated = new EventEmitter<readonly PickItem[]>();
  readonly onDidChangeActive = this.activated.event;
  value = '';
  matchOnDescription = false;
  activeItems: readonly PickItem[] = [];
  #items: readonly PickItem[] = [];

  get items(): readonly PickItem[] {
    return this.#items;
  }

  /** As in VS Code, the first entry becomes active, which is no separator. */
  set items(items: readonly PickItem[]) {
    this.#items = items;
    this.activeItems = items.filter(({ kind }) => kind !== SEPARATOR).slice(0, 1);
  }

  type(text: string): void {
    this.value = text;
    this.changed.fire(text);
  }

  /**
   * Activates the entry with a label, like the arrow keys. VS Code reports it late, because its window is another
   * process.
   */
  activate(label: string): void {
    this.activeItems = this.items.filter((item) => item.label === label);
    this.activated.fire(this.activeItems);
  }

  /** Chooses the entry with that label. */
  choose(label: string): void {
    this.activeItems = this.items.filter((item) => item.label === label);
    this.accept();
  }
}
