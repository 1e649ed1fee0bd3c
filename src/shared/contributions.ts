/**
 * Names that package.json and the code share. test/unit/project/manifest.test.ts holds the two against each other.
 */

/** The ids of all commands, by the names under which `commandHandlers` has their handlers. */
export const commands = {
  addAccount: 'connectionsExplorer.addAccount',
  editAccount: 'connectionsExplorer.editAccount',
  renameAccount: 'connectionsExplorer.renameAccount',
  toggleProduction: 'connectionsExplorer.toggleProduction',
  verifyAccount: 'connectionsExplorer.verifyAccount',
  removeAccount: 'connectionsExplorer.removeAccount',
  exploreSample: 'connectionsExplorer.exploreSample',
  refresh: 'connectionsExplorer.refresh',
  refreshAll: 'connectionsExplorer.refreshAll',
  refreshStatus: 'connectionsExplorer.refreshStatus',
  refreshAllStatus: 'connectionsExplorer.refreshAllStatus',
  goToConnection: 'connectionsExplorer.goToConnection',
  filter: 'connectionsExplorer.filter',
  clearFilter: 'connectionsExplorer.clearFilter',
  copyId: 'connectionsExplorer.copyId',
  copyShortId: 'connectionsExplorer.copyShortId',
  copyName: 'connectionsExplorer.copyName',
  copyJson: 'connectionsExplorer.copyJson',
  copyCurl: 'connectionsExplorer.copyCurl',
  insertId: 'connectionsExplorer.insertId',
  revealId: 'connectionsExplorer.revealId',
  showDetails: 'connectionsExplorer.showDetails',
  openJson: 'connectionsExplorer.openJson',
  openInBrowser: 'connectionsExplorer.openInBrowser',
  showGlossary: 'connectionsExplorer.showGlossary',
  showLog: 'connectionsExplorer.showLog',
  retry: 'connectionsExplorer.retry',
  loadMore: 'connectionsExplorer.loadMore',
  loadAll: 'connectionsExplorer.loadAll',
  watch: 'connectionsExplorer.watch',
  watchForRuns: 'connectionsExplorer.watchForRuns',
  unwatch: 'connectionsExplorer.unwatch',
  showRuns: 'connectionsExplorer.showRuns',
  refreshRuns: 'connectionsExplorer.refreshRuns',
  revealInTree: 'connectionsExplorer.revealInTree',
  compare: 'connectionsExplorer.compare',
  selectForCompare: 'connectionsExplorer.selectForCompare',
  compareWithSelected: 'connectionsExplorer.compareWithSelected',
  compareWithSnapshot: 'connectionsExplorer.compareWithSnapshot',
  saveSnapshot: 'connectionsExplorer.saveSnapshot',
  sendDraft: 'connectionsExplorer.sendDraft',
  sendReviewed: 'connectionsExplorer.sendReviewed',
  keepEditing: 'connectionsExplorer.keepEditing',
  exportInventory: 'connectionsExplorer.exportInventory',
  toggleServerMade: 'connectionsExplorer.toggleServerMade',
  refreshComparison: 'connectionsExplorer.refreshComparison',
} as const;

/** The commands that do an action of a service, by its verb. */
export const actionCommands = {
  create: 'connectionsExplorer.create',
  edit: 'connectionsExplorer.edit',
  duplicate: 'connectionsExplorer.duplicate',
  delete: 'connectionsExplorer.delete',
  activate: 'connectionsExplorer.activate',
  deactivate: 'connectionsExplorer.deactivate',
  validate: 'connectionsExplorer.validate',
  sync: 'connectionsExplorer.sync',
  start: 'connectionsExplorer.start',
  enable: 'connectionsExplorer.enable',
  disable: 'connectionsExplorer.disable',
  link: 'connectionsExplorer.link',
  unlink: 'connectionsExplorer.unlink',
  cancel: 'connectionsExplorer.cancel',
} as const;

/** The commands of clicks on rows, which no menu and no palette shows. */
export const rowCommands = {
  openRow: 'connectionsExplorer.openRow',
  openRun: 'connectionsExplorer.openRun',
} as const;

/** The id of a command. */
export type CommandId =
  (typeof commands)[keyof typeof commands] | (typeof actionCommands)[keyof typeof actionCommands];

/** The ids of the views. */
export const views = {
  connections: 'connectionsExplorer.connections',
  runs: 'connectionsExplorer.runs',
} as const;

/** Context keys that the code sets, for when-clauses. */
export const contextKeys = {
  filtered: 'connectionsExplorer.filtered',
  hasAccounts: 'connectionsExplorer.hasAccounts',
  canCreate: 'connectionsExplorer.canCreate',
  canCompareWithSelected: 'connectionsExplorer.canCompareWithSelected',
} as const;

/** Settings, without the section that they share. */
export const settings = {
  pageSize: 'pageSize',
  requestTimeout: 'requestTimeout',
  pollInterval: 'pollInterval',
  notifications: 'notifications',
  completion: 'completion',
  lookUpIds: 'lookUpIds',
  inlayHints: 'inlayHints',
  insertAs: 'insertAs',
  compareServerMade: 'compareServerMade',
} as const;

/** The section of all settings. */
export const settingsSection = 'connectionsExplorer';

/** The scheme of the documents in which the user writes what an action shall do. */
export const draftScheme = 'connections-explorer-draft';

/** The scheme of comparisons and schemas. */
export const previewScheme = 'connections-explorer-preview';

/** The scheme of the read-only JSON documents. */
export const jsonScheme = 'connections-explorer-json';

/** The schemes of all documents that the extension makes. */
export const ownSchemes: readonly string[] = [draftScheme, previewScheme, jsonScheme];

/** The folder of documents with JSON that a service wrote, and the language that it gives them. */
export const serviceJsonFolder = 'connections-explorer';
export const serviceJsonLanguage = 'connections-explorer-json';

/** The type of the connection panels' webviews, by which VS Code restores them. */
export const panelType = 'connectionsExplorer.details';

/** The scheme of the two sides of a comparison. */
export const compareScheme = 'connections-explorer-compare';

/** The names of the tools for language models. */
export const tools = ['list_connections', 'get_connection', 'list_runs', 'find_id'] as const;
