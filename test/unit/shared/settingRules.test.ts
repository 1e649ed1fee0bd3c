import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import * as v from 'valibot';
import { settings, settingsSection } from '../../../src/shared/contributions';
import {
  allowedValue,
  correctedSettings,
  settingRules,
  type RuledSetting,
} from '../../../src/shared/settingRules';
import { root } from '../../scripts/lib/paths';

const Declared = v.object({
  type: v.picklist(['boolean', 'integer', 'string']),
  default: v.union([v.boolean(), v.number(), v.string()]),
  minimum: v.optional(v.number()),
  maximum: v.optional(v.number()),
  enum: v.optional(v.array(v.string())),
});
type Declared = v.InferOutput<typeof Declared>;

const manifest = v.parse(
  v.object({
    contributes: v.object({ configuration: v.object({ properties: v.record(v.string(), v.unknown()) }) }),
  }),
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
);
const declared = manifest.contributes.configuration.properties;

/** What package.json declares of a setting. */
function getDeclaration(key: RuledSetting): Declared {
  return v.parse(Declared, declared[`${settingsSection}.${key}`]);
}

function isAllowed(value: unknown, { type, minimum = 0, maximum = 0, enum: values = [] }: Declared): boolean {
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'string') return typeof value === 'string' && values.includes(value);
  return Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum;
}

/** The sources of secrets are an object, which accounts decode. */
const keys = Object.values(settings).filter((key) => key !== 'secretSources');

describe('The value of a setting', () => {
  it('is validated as package.json declares it', () => {
    assert.deepEqual(Object.keys(declared).length, Object.keys(settingRules).length + 1);
    for (const key of keys) {
      const { type, default: standard, minimum, maximum, enum: values } = getDeclaration(key);
      assert.deepEqual(
        settingRules[key],
        {
          type: type === 'string' ? 'enum' : type,
          default: standard,
          ...(minimum !== undefined && { minimum, maximum }),
          ...(values && { values }),
        },
        key,
      );
    }
  });

  for (const key of keys) {
    const declaration = getDeclaration(key);
    it(`${key} is allowed, whatever is set, and the default if its type is wrong`, () => {
      fc.assert(
        fc.property(fc.anything(), (set) => {
          const value = allowedValue(key, set);
          assert.ok(isAllowed(value, declaration), String(value));
          // Not `equal`, for which 0 is not -0.
          if (isAllowed(set, declaration)) assert.ok(value === set, String(set));
          else if (typeof set !== 'number') assert.equal(value, declaration.default);
        }),
      );
      for (const set of [null, undefined, '', '20', 'no', NaN, -1, 0, {}, [], [20], -0.5, -Infinity])
        assert.equal(allowedValue(key, set), declaration.default, `${key}: ${JSON.stringify(set)}`);
    });

    if (declaration.type !== 'integer') continue;
    it(`${key} is the nearest allowed one if a number is too small, too large or no integer`, () => {
      const { minimum = 0, maximum = 0 } = declaration;
      const nearest = [0.001, minimum - 1, minimum + 0.4, maximum + 1, 1e300, Infinity].map((set) =>
        allowedValue(key, set),
      );
      assert.deepEqual(nearest, [minimum, minimum, minimum, maximum, maximum, maximum]);
    });
  }

  it('is reported if it is not what was set', () => {
    const set: Readonly<Record<string, unknown>> = {
      pollInterval: -1,
      pageSize: 5000,
      insertAs: 'json',
      completion: 'no',
    };
    assert.deepEqual(
      correctedSettings((key) => set[key]),
      [
        { key: 'pageSize', value: 1000 },
        { key: 'pollInterval', value: 60 },
        { key: 'completion', value: true },
      ],
    );
  });
});
