import * as vscode from 'vscode';
import type { Timeouts } from './http/exchange';
import { settings, settingsSection } from './manifest';

/** What the user set, within the bounds that package.json declares: VS Code does not enforce them. */
export interface Settings {
  /** Items per request. */
  readonly pageSize: number;
  readonly timeouts: Timeouts;
  /** True: comparisons show what the service sets by itself, too. */
  readonly compareServerMade: boolean;
}

/** Reads the settings as they are now. */
export function readSettings(): Settings {
  const section = vscode.workspace.getConfiguration(settingsSection);
  const number = (key: string, fallback: number, least: number, most: number): number => {
    const value = section.get<unknown>(key);
    return typeof value === 'number' && Number.isFinite(value)
      ? Math.min(most, Math.max(least, value))
      : fallback;
  };
  const request = number(settings.requestTimeout, 90, 5, 600) * 1000;
  return {
    pageSize: Math.round(number(settings.pageSize, 100, 10, 1000)),
    compareServerMade: section.get<unknown>(settings.compareServerMade) === true,
    timeouts: { connect: Math.min(10_000, request), request },
  };
}
