import type { ResourcePath } from '../services/path';
import { remediesOf } from '../services/remedies';
import type { Resource } from '../services/service';
import type { Store } from '../store/store';
import { plainText } from '../text/plainText';
import type { ListModel } from './models';

/** The parts of the store that models are made from. */
export type Lists = Pick<Store, 'get' | 'rows' | 'state'>;

/** More problems than that are not told at once. */
const problemLimit = 3;
const problemLength = 1000;

/** How the list below a path stands. */
export function listModel(lists: Lists, path: ResourcePath): ListModel {
  const { reading, stale } = lists.state(path);
  const rows = lists.rows(path);
  const problem = problemText(rows ?? []);
  return {
    loading: reading,
    stale,
    more: rows === undefined ? !reading : rows.some(({ kind }) => kind === 'more'),
    ...(problem !== '' && { problem }),
    ...(rows?.some(mendsAccount) && { editsAccount: true }),
  };
}

/** How several lists stand together. */
export function listsModel(lists: Lists, paths: readonly ResourcePath[]): ListModel {
  const models = paths.map((path) => listModel(lists, path));
  const problems = models.flatMap(({ problem }) => problem ?? []).slice(0, problemLimit);
  return {
    loading: models.some(({ loading }) => loading),
    stale: models.some(({ stale }) => stale),
    more: models.some(({ more }) => more),
    ...(problems.length > 0 && { problem: problems.join(' ') }),
    ...(models.some(({ editsAccount }) => editsAccount) && { editsAccount: true }),
  };
}

/** The loaded resources below a path, rows in between left out; empty where the list is not loaded. */
export function resourcesBelow(lists: Lists, path: ResourcePath): readonly Resource[] {
  return (lists.rows(path) ?? []).filter(({ kind }) => kind !== 'problem' && kind !== 'more');
}

function mendsAccount({ problem }: Resource): boolean {
  return problem !== undefined && remediesOf(problem).includes('editAccount');
}

/** What went wrong among the rows of a list, in words. */
function problemText(rows: readonly Resource[]): string {
  const problems = rows.flatMap(({ problem }) => problem ?? []);
  const sentences = problems
    .slice(0, problemLimit)
    .map(({ what, why, advice }) => plainText([what, why, advice].filter(Boolean).join(' '), problemLength));
  return sentences.join(' ');
}
