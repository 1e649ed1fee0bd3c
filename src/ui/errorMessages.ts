import { toProblem, placedProblemText } from '../core/services/common/problem';
import type { Problem } from '../core/services/contract/resource';
import { showError, showWarning } from './messages';

/** Something to do about a message. */
export interface Action {
  readonly title: string;
  readonly run: () => unknown;
}

/** Shows an error as a message that does not block, with what can be done about it. Does not wait for the user. */
export function tellError(error: unknown, ...actions: readonly Action[]): void {
  const titles = actions.map(({ title }) => title);
  void showError(placedProblemText(toProblem(error)), ...titles).then((chosen) =>
    actions.find(({ title }) => title === chosen)?.run(),
  );
}

/** Shows what the user should know although signing in worked. */
export function tellWarning(warning: Problem | undefined): void {
  if (warning) void showWarning(placedProblemText(warning));
}
