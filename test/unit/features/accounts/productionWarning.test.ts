import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Account } from '../../../../src/core/services/contract/signIn';
import { productionLines } from '../../../../src/features/accounts/productionWarning';
import { loadedServices } from '../../../support/loadedServices';
import { addressKeys, optionsSwitchedOn, SIGN_INS } from '../../../support/signIns';

describe('An account that is not marked as production', () => {
  for (const service of loadedServices()) {
    const { id } = service;
    it(`of ${id} is told from one that is, at the same address, whichever of them has more options`, () => {
      const plain = { ...SIGN_INS[id]?.settings };
      const withOptions = { ...plain, ...optionsSwitchedOn(service) };
      for (const [own, marked] of [
        [plain, plain],
        [plain, withOptions],
        [withOptions, plain],
      ] as const) {
        const other: Account = {
          ...{ id: 'a', service: id, name: 'Main', production: true, sample: false },
          settings: marked,
        };
        const lines = (change: Partial<Account>): readonly string[] =>
          productionLines(service, { production: false, settings: own }, [{ ...other, ...change }]);
        assert.match(lines({}).join(), /not marked as production, but the account "Main"/);
        assert.deepEqual(lines({ production: false }), []);
        assert.deepEqual(lines({ sample: true }), []);
        assert.deepEqual(lines({ service: 'other' }), []);
      }
    });

    it(`of ${id} gets no warning because of an account with an unusable address, and long names are shortened`, () => {
      const settings = { ...SIGN_INS[id]?.settings };
      const marked = (name: string, more: Account['settings'] = {}): Account => ({
        ...{ id: 'a', service: id, name, production: true, sample: false },
        settings: { ...settings, ...more },
      });
      const broken = addressKeys(service).map((key) =>
        marked('Broken', { ...optionsSwitchedOn(service), [key]: 'no address' }),
      );
      const lines = (others: readonly Account[]): readonly string[] =>
        productionLines(service, { production: false, settings }, others);
      assert.deepEqual(lines(broken), []);
      const [whole, long] = ['x'.repeat(100), 'y'.repeat(101)];
      assert.ok(
        lines([...broken, marked(whole)])
          .join()
          .includes(`"${whole}"`),
      );
      assert.match(lines([marked(long)]).join(), /"y{99}…"/);
    });
  }
});
