import type { Event } from '../services/emitter';
import type { ResourcePath } from '../services/path';

/** What the user looks at, and how. */
export interface Scope {
  /** False: the user works in another window. */
  readonly focused: boolean;
  /** True while the tree of connections is on screen. */
  readonly treeVisible: boolean;
  /** True while the Runs view is on screen. */
  readonly runsVisible: boolean;
  /** The resources whose panels are on screen. */
  readonly panels: readonly ResourcePath[];
  /** The rows below a path of the tree are shown, as far as the path itself is. */
  isExpanded(path: ResourcePath): boolean;
  /** Something of this changed. */
  readonly onDidChange: Event<undefined>;
}
