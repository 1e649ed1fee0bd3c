/** What the user may ask for in a tab. Paths are those of the models. */
export interface TabActions {
  /** Show the details of another resource. */
  open(path: string): void;
  /** Show the resource in the tree. */
  reveal(path: string): void;
  /** Put an id or a value on the clipboard, as one line. */
  copy(text: string): void;
  /** Load what lies below a resource, or the rest of a list. */
  load(path: string): void;
  /** Open the form of the account. */
  readonly editAccount: () => void;
  /** Stop what is being loaded. */
  cancel(): void;
}

/** A tab of the panel. `update` shows another state of the same resource, and keeps scroll, focus, sorting and zoom. */
export interface Tab<Model> {
  readonly element: HTMLElement;
  /** What scrolls; absent where that is the element itself. */
  readonly scroller?: HTMLElement;
  update(model: Model): void;
}
