import type { ResourcePath } from '../../core/services/contract/path';
import { findRemedies, problemText } from '../../core/services/common/problem';
import type { Resource, Problem, Status } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { plainText } from '../../shared/plainText';
import type { ListModel, StatusModel } from '../../shared/models';
import type { Problem as ProblemModel } from '../../shared/protocol';
import { statusText } from '../../shared/status';

/** The parts of the store that view models are created from. */
export type Lists = Pick<Store, 'get' | 'rows' | 'state'>;

const MAX_PROBLEMS = 3;
const MAX_PROBLEM_CHARS = 1000;

/** The loading state of a list. */
export function listModel(lists: Lists, path: ResourcePath): ListModel {
  const { reading, stale } = lists.state(path);
  const rows = lists.rows(path);
  const problem = problemsText(rows ?? []);
  return {
    loading: reading,
    stale,
    more: rows === undefined ? !reading : rows.some(({ kind }) => kind === 'more'),
    ...(problem !== '' && { problem }),
    ...(rows?.some(mendsAccount) && { editsAccount: true }),
  };
}

/** The combined loading state of several lists. */
export function listsModel(lists: Lists, paths: readonly ResourcePath[]): ListModel {
  const models = paths.map((path) => listModel(lists, path));
  const problems = models.flatMap(({ problem }) => problem ?? []).slice(0, MAX_PROBLEMS);
  return {
    loading: models.some(({ loading }) => loading),
    stale: models.some(({ stale }) => stale),
    more: models.some(({ more }) => more),
    ...(problems.length > 0 && { problem: problems.join(' ') }),
    ...(models.some(({ editsAccount }) => editsAccount) && { editsAccount: true }),
  };
}

/** The loaded resources below a path, without problem and more rows; empty if the list is not loaded. */
export function resourcesBelow(lists: Lists, path: ResourcePath): readonly Resource[] {
  return (lists.rows(path) ?? []).filter(({ kind }) => kind !== 'problem' && kind !== 'more');
}

function mendsAccount({ problem }: Resource): boolean {
  return problem !== undefined && findRemedies(problem).includes('editAccount');
}

/** The problems among the rows of a list, localized. */
function problemsText(rows: readonly Resource[]): string {
  const problems = rows.flatMap(({ problem }) => problem ?? []);
  const sentences = problems
    .slice(0, MAX_PROBLEMS)
    .map((problem) => plainText(problemText(problem), MAX_PROBLEM_CHARS));
  return sentences.join(' ');
}

export function problemModel(problem: Problem): ProblemModel {
  const { title, detail, advice } = problem;
  return {
    what: title,
    why: detail,
    ...(advice !== undefined && { advice }),
    remedies: [...findRemedies(problem)],
  };
}

export function statusModel(status: Status): StatusModel {
  return { state: status.state, label: plainText(status.label), text: statusText(status) };
}
