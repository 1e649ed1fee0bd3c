import * as vscode from 'vscode';
import { commands } from '../../shared/contributions';
import type { RunCounts } from './runRegistry';

/** How many runs are running and how many failed lately, at the left of the status bar; hidden where there is nothing to tell. */
export class RunsStatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('runs', vscode.StatusBarAlignment.Left, 0);

  constructor() {
    this.#item.name = vscode.l10n.t('Connection Runs');
    this.#item.command = commands.showRuns;
  }

  dispose(): void {
    this.#item.dispose();
  }

  show({ running, failed }: RunCounts): void {
    const parts = [running > 0 ? `$(sync) ${running}` : '', failed > 0 ? `$(error) ${failed}` : ''];
    this.#item.text = parts.filter((part) => part !== '').join(' ');
    const words = countsInWords({ running, failed });
    this.#item.tooltip = words;
    this.#item.accessibilityInformation = { label: words };
    if (running + failed > 0) this.#item.show();
    else this.#item.hide();
  }
}

/** The counts as a sentence reads them. */
export function countsInWords({ running, failed }: RunCounts): string {
  return vscode.l10n.t('Connections: {0} running, {1} failed', running, failed);
}
