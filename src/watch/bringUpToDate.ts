import type { Store } from '../store/store';
import { newRuns } from './newRuns';
import type { Told } from './runBook';

/**
 * Has the store show what a service told of its work: that the account answers, resources as they are by now, and runs that
 * came since their list was read.
 * @param askedAt when the service was asked, in milliseconds since 1970.
 */
export async function bringUpToDate(
  store: Pick<Store, 'get' | 'rows' | 'note' | 'put' | 'add'>,
  { account, runs, report }: Told,
  askedAt: number,
): Promise<void> {
  store.note(account, undefined);
  await store.put(report.seen, askedAt);
  store.add(newRuns(report.entries, runs, store), askedAt);
}
