import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { HttpClientFactory, ClientOptions } from '../../../../src/core/http/types';
import { createSignIn } from '../../../../src/core/services/datadog/signIn/signIn';
import { loadedServices } from '../../../support/loadedServices';
import type { Service } from '../../../../src/core/services/contract/service';
import type { Account } from '../../../../src/core/services/contract/signIn';
import { addressKeys, optionsSwitchedOn, SIGN_INS } from '../../../support/signIns';

/** Addresses as people write them: one origin has several spellings. */
const addresses = fc
  .tuple(fc.constantFrom('a.example', 'b.example:8443'), fc.constantFrom('', '/'), fc.boolean())
  .map(([host, slash, loud]) => `https://${loud ? host.toUpperCase() : host}${slash}`);

/** The origins that a session may send requests to. */
async function originsOfSession(service: Service, settings: Account['settings']): Promise<readonly string[]> {
  const seen: ClientOptions[] = [];
  const factory: HttpClientFactory = (options) => {
    seen.push(options);
    return { send: () => Promise.reject(new Error('not part of this test')), dispose: () => undefined };
  };
  const account = { id: 'a', service: service.id, name: 'A', production: false, sample: false, settings };
  (await service.connect(account, SIGN_INS[service.id]?.secrets ?? {}, factory)).dispose();
  return seen.flatMap(({ origins }) => origins);
}

for (const service of loadedServices()) {
  describe(`the origins that ${service.title} sends secrets to`, () => {
    const given = SIGN_INS[service.id]?.settings ?? {};
    const settings: Account['settings'] = { ...optionsSwitchedOn(service), ...given };
    const keys = addressKeys(service);

    it('are those of its session, whatever addresses are configured', async () => {
      assert.ok(keys.length > 0);
      const moved = fc.dictionary(fc.constantFrom(...keys), addresses);
      await fc.assert(
        fc.asyncProperty(moved, async (some) => {
          const all = { ...settings, ...some };
          const origins = service.origins(all);
          assert.deepEqual(await originsOfSession(service, all), origins);
          assert.deepEqual(
            origins,
            origins.map((origin) => new URL(origin).origin),
          );
        }),
      );
    });

    it('change with each address, and are always as many', () => {
      const before = service.origins(settings);
      for (const key of keys) {
        const after = service.origins({ ...settings, [key]: 'https://elsewhere.example' });
        assert.notDeepEqual(after, before, key);
        assert.equal(after.length, before.length);
      }
    });

    it('are the first of these with every option off, so that secrets keep their addresses', () => {
      const off = service.origins(given);
      assert.deepEqual(service.origins(settings).slice(0, off.length), off);
    });

    it('are refused with an invalid address', () => {
      for (const key of keys) {
        for (const address of ['http://a.example', 'nonsense', 'https://a.example/path']) {
          const advice = 'Edit the account to correct it.';
          assert.throws(() => service.origins({ ...settings, [key]: address }), { kind: 'rejected', advice });
        }
      }
    });
  });
}

describe('the origins of Datadog', () => {
  it('follow the site, unless an address replaces it', () => {
    const { origins } = createSignIn();
    assert.deepEqual(origins({}), ['https://api.datadoghq.com']);
    assert.deepEqual(origins({ site: 'datadoghq.eu' }), ['https://api.datadoghq.eu']);
    const endpoint = 'https://proxy.example';
    assert.deepEqual(origins({ site: 'datadoghq.eu', endpoint }), [endpoint]);
  });
});
