import type { Store } from '../store/store';
import type { Handler } from './handler';
import { listing } from './kinds';
import { inView } from './progress';
import type { Targets } from './targets';

/** Reads again what the tree shows: below the given resources, or everything. */
export function refresh(targets: Targets, store: Store): Handler {
  return async (path, paths) => {
    // Without an argument it is the button of the view or the palette, where a selection does not count.
    const named = path === undefined ? [] : targets.given(listing, path, paths);
    const chosen = named.length === 0 ? [undefined] : named.map((resource) => resource.path);
    await inView((signal) => Promise.all(chosen.map((each) => store.refresh(each, signal))));
  };
}
