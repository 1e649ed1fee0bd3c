import { problemOf } from '../services/problem';
import { problemText } from '../services/problemText';
import type { Problem, Resource } from '../services/service';
import { accountRuns, type TimedRun } from '../store/accountRuns';
import type { Store } from '../store/store';
import { accountsFor } from './accountsFor';
import { describe } from './describe';
import type { Listed } from './toolAnswer';
import type { ToolInput } from './toolInput';

function wordsOf({ label }: Resource, problem: Problem): string {
  return `${label}: ${problemText(problem)}`;
}

/** What the accounts are at work on, and what was lately over. A failure of one does not hide the others. */
export async function listRuns(
  store: Store,
  input: ToolInput<'list_runs'>,
  signal: AbortSignal,
): Promise<Listed> {
  const problems: string[] = [];
  const runsOf = async (account: Resource): Promise<readonly TimedRun[]> => {
    try {
      const { entries, problems: rows } = await accountRuns(store, account, signal);
      problems.push(...rows.flatMap(({ problem }) => (problem ? wordsOf(account, problem) : [])));
      return entries;
    } catch (error) {
      signal.throwIfAborted();
      problems.push(wordsOf(account, problemOf(error)));
      return [];
    }
  };
  const runs = (await Promise.all(accountsFor(store, input.account).map(runsOf))).flat();
  const states: readonly string[] | undefined = input.states;
  const items = runs
    .filter(({ run }) => states === undefined || states.includes(run.status?.state ?? 'unknown'))
    .map(({ run, of, times }) => ({
      ...describe(store, run),
      within: of,
      ...times,
    }));
  return { items, problems };
}
