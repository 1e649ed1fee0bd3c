import * as vscode from 'vscode';
import { toPlace } from '../../core/services/common/problem';
import { getAccountPath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import { serviceTitle } from '../../core/services/registry';
import { commands } from '../../shared/contributions';
import { plainText } from '../../shared/plainText';
import type { StatusState } from '../../shared/status';
import type { KnownRun } from './runRegistry';
import { countsText } from './runTree';

/** The runs that the status bar counts. */
export interface CountedRuns {
  readonly accounts: readonly Resource[];
  /** Queued and running runs, and failed ones that the user has not seen. */
  readonly runs: readonly KnownRun[];
}

/**
 * How many runs are running, and how many failed since the user last looked, at the left of the status bar. Hidden if
 * both are zero.
 */
export class RunsStatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('runs', vscode.StatusBarAlignment.Left, 0);

  constructor() {
    this.#item.name = vscode.l10n.t('Connection Runs');
    this.#item.command = commands.showRuns;
  }

  dispose(): void {
    this.#item.dispose();
  }

  show(counted: CountedRuns): void {
    const { running, failed } = countRuns(counted.runs);
    const parts = [
      running > 0 ? `$(sync) ${vscode.l10n.t('{0} running', running)}` : '',
      failed > 0 ? `$(error) ${vscode.l10n.t('{0} failed', failed)}` : '',
    ];
    this.#item.text = parts.filter((part) => part !== '').join(' ');
    this.#item.tooltip = tooltipText(counted);
    this.#item.accessibilityInformation = { label: runsText(counted.runs) };
    if (running + failed > 0) this.#item.show();
    else this.#item.hide();
  }
}

function countRuns(runs: readonly KnownRun[]): Readonly<Record<'running' | 'failed', number>> {
  const count = counter(runs);
  return { running: count('running'), failed: count('failed') };
}

function counter(runs: readonly KnownRun[]): (state: StatusState) => number {
  return (state) => runs.filter(({ run }) => run.status?.state === state).length;
}

/** How many runs are running and failed, as a sentence for screen readers and for the badge of the view. */
export function runsText(runs: readonly KnownRun[]): string {
  const { running, failed } = countRuns(runs);
  return failed > 0
    ? vscode.l10n.t('Connections: {0} running, {1} failed since you last opened Runs', running, failed)
    : vscode.l10n.t('Connections: {0} running', running);
}

/** The sentence, and what it is made of, account by account. */
function tooltipText({ accounts, runs }: CountedRuns): string {
  const lines = accounts.flatMap(({ path, label, searchAttributes }) => {
    const own = runs.filter(({ run }) => getAccountPath(run.path) === path);
    const place = plainText(toPlace(label, serviceTitle(searchAttributes?.service ?? '')));
    return own.length > 0 ? [`${place}: ${countsText(counter(own))}`] : [];
  });
  return [runsText(runs), ...lines, vscode.l10n.t('Click to show runs.')].join('\n');
}
