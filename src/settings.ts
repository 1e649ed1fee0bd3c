import * as vscode from 'vscode';
import type { Timeouts } from './http/exchange';
import type { IdLayout } from './tree/idText';
import { settings, settingsSection } from './manifest';
import type { NotificationChoice } from './watch/teller';

/** How ids behave in editors. */
export interface EditorSettings {
  readonly completion: boolean;
  /** Whether a hover asks services for what is not loaded. */
  readonly lookUpIds: boolean;
  readonly inlayHints: boolean;
  /** How several ids are inserted. */
  readonly insertAs: IdLayout;
}

/** Reads the settings of editors as they are now. @param scope the document that they are for. */
export function readEditorSettings(scope?: vscode.ConfigurationScope): EditorSettings {
  const section = vscode.workspace.getConfiguration(settingsSection, scope);
  return {
    completion: section.get<unknown>(settings.completion) !== false,
    lookUpIds: section.get<unknown>(settings.lookUpIds) !== false,
    inlayHints: section.get<unknown>(settings.inlayHints) === true,
    insertAs: section.get<unknown>(settings.insertAs) === 'json' ? 'json' : 'lines',
  };
}

/** What the user set, within the bounds that package.json declares: VS Code does not enforce them. */
export interface Settings {
  /** Items per request. */
  readonly pageSize: number;
  readonly timeouts: Timeouts;
  /** Milliseconds between two questions to one account about work that runs. */
  readonly pollInterval: number;
  /** Which ends of watched work are told. */
  readonly notifications: NotificationChoice;
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
    pollInterval: number(settings.pollInterval, 60, 5, 3600) * 1000,
    notifications: notificationChoice(section.get(settings.notifications)),
  };
}

function notificationChoice(value: unknown): NotificationChoice {
  return value === 'failures' || value === 'none' ? value : 'all';
}
