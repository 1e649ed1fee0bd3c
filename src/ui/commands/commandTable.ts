import type { CommandName } from '../../shared/contributions';

/**
 * What a command does. The tree passes the path that it was called on and, if several are selected, all of them. The
 * palette and key bindings pass nothing, other extensions may pass anything.
 */
export type Handler = (path?: unknown, paths?: unknown) => void | Promise<void>;

/** Runs a command with all that its caller passed. */
export type RunHandler = (args: readonly unknown[]) => void | Promise<void>;

/**
 * How many rows a command acts on: on none, on one at a time, or on all that are selected. Menus do not offer a command
 * for one row while several are selected.
 */
type RowScope = 'none' | 'one' | 'several';

/** A command as its feature defines it. */
export interface Command<Context> {
  readonly rows: RowScope;
  /** True for a command of rows that the title bar of a view offers too, where VS Code passes the focused row, if any. */
  readonly inTitleBar?: true;
  /** Makes the handler. Called once. */
  readonly handler: (context: Context) => Handler;
}

/**
 * The commands of a feature, by their names in package.json. `docs/commands.md` shows the comment above each.
 * @typeParam Context what the handlers need.
 */
export type CommandTable<Context> = Readonly<Partial<Record<CommandName, Command<Context>>>>;

/** A handler for every command of package.json. */
export type Handlers = Readonly<Record<CommandName, RunHandler>>;
