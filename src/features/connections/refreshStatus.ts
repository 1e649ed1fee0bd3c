import * as vscode from 'vscode';
import { getAccountPath, isRunPath, parentPath, type ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { commands } from '../../shared/contributions';
import { KINDS, kindsThat } from '../../shared/kinds';
import { stateIcons } from '../../shared/status';
import { inNotification } from '../../ui/cancellation';
import type { Targets } from '../../ui/commands/targets';
import {
  showError,
  showInformation,
  showStatusMessage,
  reportError,
  type ReportProgress,
} from '../../ui/messages';
import { showQuickPick } from '../../ui/quickInput';
import { setContext } from '../../ui/setContext';
import { accountPlace } from '../../ui/text';
import { type StatusRow, withRows, type StatusSnapshot } from './statusChanges';
import type { StatusMemory } from './statusMemory';
import { hasStatus, readStatus, type StatusReading } from './statusReading';
import { changeText, statusReport, type StatusReport } from './statusReport';
import type { UnseenChanges } from './unseenChanges';
import type { ConnectionsView } from './view';

/** What a refresh of the status works with. */
export interface RefreshStatusContext {
  readonly targets: Pick<Targets, 'selected' | 'item'>;
  readonly store: Store;
  readonly view: Pick<ConnectionsView, 'reveal'>;
  readonly unseen: Pick<UnseenChanges, 'mark' | 'keep'>;
  readonly memory: StatusMemory;
}

/** The kinds of rows that have a status of backfills or runs. */
const statusKinds = [...new Set([...kindsThat('hasBackfillStatus'), ...kindsThat('isWatchable')])];

/** Refreshes the rows of a menu; without any, those that are selected and have backfills or runs, else all. */
export async function refreshRows(
  context: RefreshStatusContext,
  path: unknown,
  paths: unknown,
): Promise<void> {
  const { targets, store } = context;
  if (store.accounts().length === 0) {
    await offerAccount();
    return;
  }
  if (path !== undefined) {
    const given = targets.selected(statusKinds, path, paths);
    if (given.length > 0) await refreshSources(context, getSources(store, given));
    return;
  }
  const selected = await withStatus(store, targets.selected(statusKinds, undefined, undefined));
  if (selected.length > 0) await refreshSources(context, getSources(store, selected));
  else await refreshAccounts(context);
}

/** Refreshes all accounts that have backfills or runs. */
export async function refreshAccounts(context: RefreshStatusContext): Promise<void> {
  const accounts = context.store.accounts();
  if (accounts.length === 0) {
    await offerAccount();
    return;
  }
  const sources = await withStatus(context.store, accounts);
  if (sources.length === 0) {
    await showInformation(vscode.l10n.t('No account has backfills or runs.'));
    return;
  }
  await refreshSources(
    context,
    sources.map(({ path }) => path),
  );
}

async function offerAccount(): Promise<void> {
  const add = vscode.l10n.t('Add Account');
  const chosen = await showInformation(vscode.l10n.t('Add an account first.'), add);
  if (chosen === add) await vscode.commands.executeCommand(commands.addAccount);
}

/** The rows whose account has backfills or runs. */
async function withStatus(store: Store, rows: readonly Resource[]): Promise<readonly Resource[]> {
  const known = await Promise.all(rows.map(({ path }) => hasStatus(store, path)));
  return rows.filter((_, index) => known[index]);
}

/** The lists with the status of rows. What an account reports as a whole is not requested again. */
function getSources(store: Store, rows: readonly Resource[]): readonly ResourcePath[] {
  const paths = rows.map(({ path, kind }) =>
    kind === 'run' && isRunPath(path) ? (parentPath(path) ?? path) : path,
  );
  const sources = new Set(store.statusSources(paths));
  return [...sources].filter((path) => path === getAccountPath(path) || !sources.has(getAccountPath(path)));
}

/** Reads the status at some paths, reports what changed since it was read last, and offers what can be done about it. */
async function refreshSources(
  context: RefreshStatusContext,
  sources: readonly ResourcePath[],
): Promise<void> {
  const { store, memory } = context;
  const now = Date.now();
  const title = vscode.l10n.t('Refresh Backfill Status');
  const readings = await inNotification(title, (signal, report) => readAll(store, sources, signal, report));
  if (readings.some(({ state }) => state === 'read')) setContext('followedRuns', true);
  const before = await memory.read(store.accounts().map(({ path }) => path));
  await remember(memory, before, readings, now);
  const report = statusReport({ store, before, language: vscode.env.language, now }, readings);
  showUnseen(context, report, readings);
  const again = readings.filter(({ state }) => state === 'failed').map(({ path }) => path);
  // The command ends when the status is read, whether or not the message is answered.
  void showReport(context, report, again).catch(reportError);
}

/** Marks the rows that changed, and forgets those that are gone. */
function showUnseen(
  { unseen }: RefreshStatusContext,
  { changed }: StatusReport,
  readings: readonly StatusReading[],
): void {
  for (const reading of readings.filter(isWhole))
    unseen.keep(
      reading.path,
      reading.rows.map(({ path }) => path),
    );
  unseen.mark(changed.map(({ row }) => row.path));
}

async function readAll(
  store: Store,
  sources: readonly ResourcePath[],
  signal: AbortSignal,
  report: ReportProgress,
): Promise<readonly StatusReading[]> {
  const notBefore = performance.now();
  const waiting = new Set(sources);
  const showProgress = (): void => {
    const [next] = waiting;
    const name = next === undefined ? '' : (store.get(next)?.label ?? '');
    const done = sources.length - waiting.size;
    report(sources.length === 1 ? name : vscode.l10n.t('{0} of {1}: {2}', done + 1, sources.length, name));
  };
  showProgress();
  return Promise.all(
    sources.map(async (path) => {
      const reading = await readStatus(store, path, signal, notBefore);
      waiting.delete(path);
      if (waiting.size > 0) showProgress();
      return reading;
    }),
  );
}

/** Stores the result, for the next report. */
async function remember(
  memory: StatusMemory,
  before: ReadonlyMap<ResourcePath, StatusSnapshot>,
  readings: readonly StatusReading[],
  at: number,
): Promise<void> {
  const after = new Map<ResourcePath, StatusSnapshot>();
  for (const reading of readings) {
    if (reading.state !== 'read' && reading.state !== 'partial') continue;
    const account = getAccountPath(reading.path);
    const known = after.get(account) ?? before.get(account) ?? new Map();
    after.set(account, withRows(known, reading.rows, at, isWhole(reading)));
  }
  await Promise.all([...after].map(([account, snapshot]) => memory.write(account, snapshot)));
}

type CompleteReading = Extract<StatusReading, { state: 'read' }>;

/** True if all rows of an account were read. */
function isWhole(reading: StatusReading): reading is CompleteReading {
  return reading.path === getAccountPath(reading.path) && reading.state === 'read';
}

async function showReport(
  context: RefreshStatusContext,
  report: StatusReport,
  again: readonly ResourcePath[],
): Promise<void> {
  const { text, severity, changed, failing } = report;
  if (severity === 'none') {
    showStatusMessage(text);
    return;
  }
  const [show, retry, log] = [vscode.l10n.t('Show'), vscode.l10n.t('Retry'), vscode.l10n.t('Show Log')];
  const shows = changed.length + failing.length > 0 ? [show] : [];
  const chosen =
    severity === 'error'
      ? await showError(text, retry, ...shows, log)
      : await showInformation(text, ...shows);
  if (chosen === show) await showRows(context, report);
  else if (chosen === retry) await refreshSources(context, again);
  else if (chosen === log) await vscode.commands.executeCommand(commands.showLog);
}

/** Reveals the row that a report is about; of several the one that the user chooses, what changed first. */
async function showRows(
  { view, store, targets }: RefreshStatusContext,
  { changed, failing }: StatusReport,
): Promise<void> {
  const paths = [...changed.map(({ row }) => row.path), ...failing.map(({ path }) => path)];
  const [only, ...others] = paths;
  if (only === undefined) return;
  if (others.length === 0) {
    await view.reveal(only);
    return;
  }
  const entry = ({ path, label, counts }: StatusRow, description: string): PathItem => {
    const resource = store.get(path);
    // As for loaded rows.
    const icon = counts.failed > 0 ? stateIcons.failed : KINDS.task.icon;
    const detail = store.accounts().length > 1 ? accountPlace(store, path) : undefined;
    const unloaded = { label, iconPath: new vscode.ThemeIcon(icon), ...(detail !== undefined && { detail }) };
    return { ...(resource ? targets.item(resource) : unloaded), path, description };
  };
  const items = [
    ...separated(
      vscode.l10n.t('Changed'),
      changed.map((change) => entry(change.row, changeText(change))),
    ),
    ...separated(
      vscode.l10n.t('With failures'),
      failing.map((row) => entry(row, '')),
    ),
  ];
  const options = {
    title: vscode.l10n.t('Show Status'),
    placeHolder: vscode.l10n.t('Select the row to show in the tree'),
    matchOnDescription: true,
    matchOnDetail: true,
  };
  const chosen = await showQuickPick(items, options);
  if (chosen?.path) await view.reveal(chosen.path);
}

interface PathItem extends vscode.QuickPickItem {
  readonly path?: ResourcePath;
}

function separated(label: string, items: readonly PathItem[]): readonly PathItem[] {
  return items.length > 0 ? [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items] : [];
}
