import * as vscode from 'vscode';
import type { Timeouts } from '../core/http/attempt';
import { settingsSection, type settings } from '../shared/contributions';
import type { FreshnessContext } from './tree/freshness';
import {
  allowedValue,
  correctedSettings,
  type RuledSetting,
  type SettingValue,
} from '../shared/settingRules';

/** Settings about IDs in editors. */
export interface EditorSettings {
  readonly completion: boolean;
  /** Whether hovers request from services what is not loaded. */
  readonly lookUpIds: boolean;
  readonly inlayHints: boolean;
  /** How several IDs are inserted. */
  readonly insertAs: SettingValue<'insertAs'>;
}

/** Reads the current settings of editors. @param scope the document that they apply to. */
export function readEditorSettings(scope?: vscode.ConfigurationScope): EditorSettings {
  const read = reader(scope);
  return {
    completion: read('completion'),
    lookUpIds: read('lookUpIds'),
    inlayHints: read('inlayHints'),
    insertAs: read('insertAs'),
  };
}

/** The user's settings, within the limits that package.json declares. */
export interface Settings {
  /** Items per request. */
  readonly pageSize: number;
  readonly timeouts: Timeouts;
  /** Milliseconds between two polls of an account's active runs. */
  readonly pollInterval: number;
  /** Milliseconds between two automatic refreshes of an account's list; 0: never. */
  readonly autoRefreshInterval: number;
  /** Which results of watched runs are reported. */
  readonly notifications: SettingValue<'notifications'>;
  /** True: comparisons include server-managed fields. */
  readonly compareServerMade: boolean;
  /** What a click on an expandable row does. */
  readonly clickAction: SettingValue<'clickAction'>;
  /** Where the details panel opens while a text editor is active. */
  readonly detailsPosition: SettingValue<'detailsPosition'>;
}

/** Reads the current settings. */
export function readSettings(): Settings {
  const read = reader();
  const request = read('requestTimeout') * 1000;
  return {
    pageSize: read('pageSize'),
    compareServerMade: read('compareServerMade'),
    clickAction: read('clickAction'),
    detailsPosition: read('detailsPosition'),
    timeouts: { connect: Math.min(10_000, request), request },
    pollInterval: read('pollInterval') * 1000,
    autoRefreshInterval: read('autoRefreshInterval') * 1000,
    notifications: read('notifications'),
  };
}

/** What the user set, whatever a workspace sets: for what decides about secrets and commands. Undefined if not set. */
export function readUserSetting(key: keyof typeof settings): unknown {
  return vscode.workspace.getConfiguration(settingsSection).inspect(key)?.globalValue;
}

/** For how many hours a dataset may go without new data until its row says so; 0: whatever time. */
export function readNoNewDataHours(): number {
  return reader()('noNewDataHours');
}

/** Whether agents may use the tools through an MCP server. */
export function isMcpServerOn(): boolean {
  return reader()('mcpServer');
}

/** Whether IDs that no account has are marked in editors. */
export function marksUnknownIds(): boolean {
  return reader()('unknownIds');
}

/** How the freshness of data is judged now. @param hours default: as set now. */
export function freshnessContext(
  store: FreshnessContext['store'],
  hours = readNoNewDataHours(),
): FreshnessContext {
  return { store, hours, language: vscode.env.language, now: Date.now() };
}

/** Logs settings with a value that is not allowed, now and whenever they change. */
export function logCorrectedSettings(log: { warn(text: string): void }): vscode.Disposable {
  let said = '';
  const look = (): void => {
    const section = vscode.workspace.getConfiguration(settingsSection);
    const corrected = correctedSettings((key) => section.get<unknown>(key));
    const texts = corrected.map(({ key, value }) =>
      vscode.l10n.t(
        'Invalid value for the setting {0}. Using {1} instead.',
        `${settingsSection}.${key}`,
        value,
      ),
    );
    if (texts.join('\n') === said) return;
    said = texts.join('\n');
    for (const text of texts) log.warn(text);
  };
  look();
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(settingsSection)) look();
  });
}

function reader(scope?: vscode.ConfigurationScope): <K extends RuledSetting>(key: K) => SettingValue<K> {
  const section = vscode.workspace.getConfiguration(settingsSection, scope);
  return (key) => allowedValue(key, section.get<unknown>(key));
}
