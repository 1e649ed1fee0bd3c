import * as vscode from 'vscode';
import type { Comparisons } from './comparisons';
import type { Resource } from '../../core/services/contract/resource';
import { plainText } from '../../shared/plainText';
import type { CommandTable, Handler } from '../../ui/commands/commandTable';
import { kindsThat, traitsOfKind } from '../../shared/kinds';
import { inView } from '../../ui/cancellation';
import type { Targets } from '../../ui/commands/targets';
import { showWarning, showStatusMessage, showInformation } from '../../ui/messages';
import { toValues, type SecretValues } from '../../core/redaction/redact';
import type { Store } from '../../core/store/store';
import { chooseTarget, written } from '../../ui/saveFile';
import { commands, settings, settingsSection } from '../../shared/contributions';
import { readSettings } from '../../ui/configuration';

interface CompareContext {
  readonly targets: Targets;
  readonly store: Store;
  readonly comparisons: Comparisons;
  readonly secrets: SecretValues;
}

/** Of a run there is nothing to compare. */
const COMPARABLE_KINDS = kindsThat('hasId').filter((kind) => !traitsOfKind(kind).isRun);

/** Commands of comparisons and snapshots. */
export const compareCommands = {
  /** [Compares](comparing.md) two selected rows of the same kind. */
  compare: { rows: 'several', handler: compare },
  /** Remembers the row for a comparison. */
  selectForCompare: { rows: 'one', handler: selectForCompare },
  /** Compares the row with the remembered one. */
  compareWithSelected: { rows: 'one', handler: compareWithSelected },
  /** Compares the row with a snapshot, or with any other JSON file. */
  compareWithSnapshot: { rows: 'one', handler: compareWithSnapshot },
  /** Saves the JSON to a file, with secrets masked. */
  saveSnapshot: { rows: 'one', handler: saveSnapshot },
  /** Shows or hides server-managed fields in comparisons. For key bindings. */
  toggleServerMade: {
    rows: 'none',
    handler: (context) => setServerMade(context, () => !readSettings().compareServerMade),
  },
  /** Shows server-managed fields in comparisons. */
  showServerMade: { rows: 'none', handler: (context) => setServerMade(context, () => true) },
  /** Hides server-managed fields in comparisons. */
  hideServerMade: { rows: 'none', handler: (context) => setServerMade(context, () => false) },
  /** Reads both sides of a comparison again. */
  refreshComparison: { rows: 'none', handler: refreshComparison },
} satisfies CommandTable<CompareContext>;

function compare({ targets, comparisons }: CompareContext): Handler {
  return async (path, paths) => {
    const [left, right, ...others] = await targets.given(COMPARABLE_KINDS, path, paths);
    if (others.length > 0) {
      void showWarning(
        vscode.l10n.t('Select two rows to compare. {0} rows are selected.', others.length + 2),
      );
      return;
    }
    const first = left ?? (await targets.choose(COMPARABLE_KINDS, vscode.l10n.t('Compare')));
    if (!first) return;
    const title = vscode.l10n.t('Compare "{0}" with', plainText(first.label));
    const other = right ?? (await targets.choose([first.kind], title, first.path));
    if (other) await compareTwo(comparisons, first, other);
  };
}

/** Compares two resources of the same kind. Between different kinds everything would differ. */
async function compareTwo(comparisons: Comparisons, left: Resource, right: Resource): Promise<void> {
  if (left.kind !== right.kind) {
    void showWarning(vscode.l10n.t('Only resources of the same kind can be compared.'));
    return;
  }
  reportIfEqual(await inView((signal) => comparisons.open(toSide(left), toSide(right), signal)));
}

/** A resource as one side of a comparison. */
function toSide({ label, path }: Resource): { label: string; source: { path: Resource['path'] } } {
  return { label, source: { path } };
}

function selectForCompare({ targets, comparisons }: CompareContext): Handler {
  return async (path, paths) => {
    const resource = await targets.one(COMPARABLE_KINDS, path, paths, vscode.l10n.t('Select for Compare'));
    if (!resource) return;
    comparisons.select(resource);
    showStatusMessage(vscode.l10n.t('Selected {0}', plainText(resource.label, 80)));
  };
}

function compareWithSelected({ targets, comparisons }: CompareContext): Handler {
  return async (path, paths) => {
    const { selected } = comparisons;
    if (!selected) {
      void showWarning(vscode.l10n.t('The resource selected for compare no longer exists. Select it again.'));
      return;
    }
    const title = vscode.l10n.t('Compare "{0}" with', plainText(selected.label));
    const rows = await targets.among(COMPARABLE_KINDS, path, paths);
    const given = rows.filter((row) => row.path !== selected.path);
    const other =
      given.length > 1
        ? await targets.chooseAmong(given, title)
        : (given[0] ?? (await targets.choose([selected.kind], title, selected.path)));
    if (other) await compareTwo(comparisons, selected, other);
  };
}

function compareWithSnapshot({ targets, comparisons }: CompareContext): Handler {
  return async (path, paths) => {
    const resource = await targets.one(COMPARABLE_KINDS, path, paths, vscode.l10n.t('Compare with Snapshot'));
    const file = resource && (await chooseFile(plainText(resource.label)));
    if (!file) return;
    const snapshot = comparisons.choose(file);
    reportIfEqual(await inView((signal) => comparisons.open(snapshot, toSide(resource), signal)));
  };
}

async function chooseFile(label: string): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Compare "{0}" with', label),
    openLabel: vscode.l10n.t('Compare'),
    filters: { JSON: ['json'], [vscode.l10n.t('All Files')]: ['*'] },
  });
  return chosen?.[0];
}

function saveSnapshot({ targets, store, secrets }: CompareContext): Handler {
  return async (path, paths) => {
    const resource = await targets.one(COMPARABLE_KINDS, path, paths, vscode.l10n.t('Save Snapshot'));
    if (!resource) return;
    const title = vscode.l10n.t('Save snapshot of "{0}"', resource.label);
    const file = await chooseTarget(title, resource.label, 'json');
    if (!file) return;
    await inView(async (signal) => {
      const json = await store.read(resource.path, signal, { asked: true });
      const { makeText } = await import('./textThread');
      await written(file, [await makeText({ json, secrets: toValues(secrets) }, signal)]);
    });
    const open = vscode.l10n.t('Open');
    if ((await showInformation(vscode.l10n.t('Snapshot saved.'), open)) === open) {
      await vscode.window.showTextDocument(file);
    }
  };
}

/** Open comparisons follow the setting. */
function setServerMade({ comparisons }: CompareContext, toShown: () => boolean): Handler {
  return async () => {
    const section = vscode.workspace.getConfiguration(settingsSection);
    await section.update(settings.compareServerMade, toShown(), vscode.ConfigurationTarget.Global);
    reportIfEqual(await comparisons.isActiveEqual());
  };
}

/** The diff editor shows equal sides without saying that they are equal. */
function reportIfEqual(isEqual: boolean): void {
  if (isEqual) void showNoDifferences();
}

async function showNoDifferences(): Promise<void> {
  if (readSettings().compareServerMade) {
    await showInformation(vscode.l10n.t('No differences.'));
    return;
  }
  const show = vscode.l10n.t('Show Server-Managed Fields');
  const message = vscode.l10n.t('No differences. Server-managed fields are hidden.');
  if ((await showInformation(message, show)) === show) {
    await vscode.commands.executeCommand(commands.showServerMade);
  }
}

function refreshComparison({ comparisons }: CompareContext): Handler {
  return async () => {
    reportIfEqual(await inView((signal) => comparisons.refresh(signal)));
  };
}
