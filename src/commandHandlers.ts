import { accountCommands } from './features/accounts/commands';
import { actionCommands } from './features/actions/commands';
import { compareCommands } from './features/compare/commands';
import { copyCommands } from './features/connections/copyCommands';
import { filterCommands } from './features/connections/filterCommands';
import { groupCommands } from './features/connections/groupCommands';
import { openCommands } from './features/connections/openCommands';
import { pinCommands } from './features/connections/pinCommands';
import { refreshCommands } from './features/connections/refreshCommands';
import { detailsCommands } from './features/details/commands';
import { editorCommands } from './features/editor/commands';
import { exportCommands } from './features/export/commands';
import { linkCommands } from './features/links/commands';
import { runsCommands } from './features/runs/commands';
import { toolsCommands } from './features/tools/commands';
import type { CommandName } from './shared/contributions';
import type { Command, Handler, Handlers } from './ui/commands/commandTable';
import { ofKnownRows } from './ui/commands/menuRows';
import { Targets, type TargetSources } from './ui/commands/targets';

/** All commands, by their names in package.json. A missing one does not compile. */
export const commandTable = {
  ...accountCommands,
  ...actionCommands,
  ...compareCommands,
  ...copyCommands,
  ...detailsCommands,
  ...editorCommands,
  ...exportCommands,
  ...filterCommands,
  ...groupCommands,
  ...linkCommands,
  ...openCommands,
  ...pinCommands,
  ...refreshCommands,
  ...runsCommands,
  ...toolsCommands,
} satisfies Readonly<Record<CommandName, Command<never>>>;

type ContextOf<Table> =
  Table extends Readonly<Record<string, { handler: (context: infer Context) => Handler }>> ? Context : never;

/** What the handlers of all commands need. */
export type CommandContext = Omit<ContextOf<typeof commandTable>, 'targets'> & TargetSources;

/** Makes the handler of every command. */
export function createHandlers(context: CommandContext): Handlers {
  const full = { ...context, targets: new Targets(context) };
  const entries = Object.entries<Command<typeof full>>(commandTable);
  // Object.fromEntries forgets the keys.
  return Object.fromEntries(
    entries.map(([name, command]) => [name, ofKnownRows(command, command.handler(full))]),
  ) as Handlers;
}
