import type { commands } from '../../shared/contributions';
import type { Verb } from '../../core/services/contract/action';

/** How many rows a command acts on: on no row, on one at a time, or on all that are selected. */
export type RowScope = 'none' | 'one' | 'several';

/**
 * How many rows each command acts on, by the names of `shared/contributions.ts`. Menus follow it: what takes one row is not offered while
 * several are selected (test/unit/project/manifest.test.ts).
 */
export const rowScopes = {
  addAccount: 'none',
  editAccount: 'one',
  renameAccount: 'one',
  toggleProduction: 'one',
  verifyAccount: 'one',
  removeAccount: 'one',
  exploreSample: 'none',
  refresh: 'several',
  refreshAll: 'none',
  refreshStatus: 'several',
  refreshAllStatus: 'none',
  goToConnection: 'none',
  filter: 'none',
  clearFilter: 'none',
  copyId: 'several',
  copyShortId: 'several',
  copyName: 'several',
  copyJson: 'several',
  copyCurl: 'several',
  insertId: 'several',
  revealId: 'none',
  showDetails: 'several',
  openJson: 'several',
  openInBrowser: 'several',
  showGlossary: 'one',
  showLog: 'none',
  retry: 'several',
  loadMore: 'several',
  loadAll: 'several',
  watch: 'several',
  watchForRuns: 'several',
  unwatch: 'several',
  showRuns: 'none',
  refreshRuns: 'none',
  revealInTree: 'one',
  compare: 'several',
  selectForCompare: 'one',
  compareWithSelected: 'one',
  compareWithSnapshot: 'one',
  saveSnapshot: 'one',
  sendDraft: 'none',
  sendReviewed: 'none',
  keepEditing: 'none',
  exportInventory: 'several',
  toggleServerMade: 'none',
  refreshComparison: 'none',
  // What opens a document, asks for a value, or has a name typed is for one row at a time.
  create: 'one',
  edit: 'one',
  link: 'one',
  unlink: 'one',
  delete: 'one',
  duplicate: 'several',
  activate: 'several',
  deactivate: 'several',
  validate: 'several',
  sync: 'several',
  start: 'several',
  enable: 'several',
  disable: 'several',
  cancel: 'several',
} as const satisfies Readonly<Record<keyof typeof commands | Verb, RowScope>>;

/** The verbs of actions that are done to all selected rows. */
export type BatchVerb = {
  [V in Verb]: (typeof rowScopes)[V] extends 'several' ? V : never;
}[Verb];

/** True for a verb whose actions are done to all selected rows. */
export function isBatchVerb(verb: Verb): verb is BatchVerb {
  return rowScopes[verb] === 'several';
}
