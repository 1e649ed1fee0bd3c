import { settings } from './contributions';

/** Type and bounds of a setting, as declared in package.json: VS Code shows the bounds but does not enforce them. */
type SettingRule =
  | { readonly type: 'boolean'; readonly default: boolean }
  | { readonly type: 'integer'; readonly default: number; readonly minimum: number; readonly maximum: number }
  | { readonly type: 'enum'; readonly default: string; readonly values: readonly string[] };

/** All settings except the sources of secrets, which accounts read from the user's settings only. */
export type RuledSetting = Exclude<keyof typeof settings, 'secretSources'>;

/** Their rules; a test compares them with package.json. */
export const settingRules = {
  pageSize: { type: 'integer', default: 100, minimum: 10, maximum: 1000 },
  requestTimeout: { type: 'integer', default: 90, minimum: 5, maximum: 600 },
  pollInterval: { type: 'integer', default: 60, minimum: 5, maximum: 3600 },
  autoRefreshInterval: { type: 'integer', default: 0, minimum: 0, maximum: 86400 },
  notifications: { type: 'enum', default: 'all', values: ['all', 'failures', 'successes', 'none'] },
  syncAccounts: { type: 'boolean', default: false },
  completion: { type: 'boolean', default: true },
  lookUpIds: { type: 'boolean', default: true },
  inlayHints: { type: 'boolean', default: false },
  unknownIds: { type: 'boolean', default: false },
  insertAs: { type: 'enum', default: 'lines', values: ['lines', 'json'] },
  noNewDataHours: { type: 'integer', default: 0, minimum: 0, maximum: 8760 },
  compareServerMade: { type: 'boolean', default: false },
  clickAction: { type: 'enum', default: 'expand', values: ['expand', 'showDetails'] },
  mcpServer: { type: 'boolean', default: false },
  detailsPosition: { type: 'enum', default: 'beside', values: ['beside', 'active'] },
} as const satisfies Readonly<Record<RuledSetting, SettingRule>>;

type ValueOf<R extends SettingRule> = R extends { readonly type: 'boolean' }
  ? boolean
  : R extends { readonly type: 'integer' }
    ? number
    : R extends { readonly values: readonly (infer V)[] }
      ? V
      : never;

export type SettingValue<K extends RuledSetting> = ValueOf<(typeof settingRules)[K]>;

/**
 * The effective value: a positive number is rounded and clamped to the bounds, any other invalid value becomes the
 * default. Numbers that are not positive are not clamped to the minimum, which may cause the most work.
 * @param set what the user set; undefined if not set.
 */
export function allowedValue<K extends RuledSetting>(key: K, set: unknown): SettingValue<K>;

export function allowedValue(key: RuledSetting, set: unknown): boolean | number | string {
  const rule: SettingRule = settingRules[key];
  switch (rule.type) {
    case 'boolean':
      return typeof set === 'boolean' ? set : rule.default;
    case 'integer':
      return typeof set === 'number' && set > 0
        ? Math.min(rule.maximum, Math.max(rule.minimum, Math.round(set)))
        : rule.default;
    case 'enum':
      return rule.values.find((value) => value === set) ?? rule.default;
  }
}

/** The settings with an invalid value, and the value used instead. @param get what the user set. */
export function correctedSettings(
  get: (key: RuledSetting) => unknown,
): readonly { readonly key: RuledSetting; readonly value: boolean | number | string }[] {
  const ruled = Object.values(settings).filter((key) => key !== 'secretSources');
  return ruled.flatMap((key) => {
    const set = get(key);
    const value = allowedValue(key, set);
    return set === undefined || set === value ? [] : [{ key, value }];
  });
}
