import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { services } from '../../../../src/core/services/registry';
import { deferred } from '../../../support/fakes/store';
import { startEveryService } from '../../../support/everyService';

describe('a disposed session', () => {
  for (const { id, title } of services) {
    it(`ends pending requests, and sends nothing more: ${title}`, async () => {
      await using every = await startEveryService();
      const { session } =
        every.sessions.find(({ service }) => service === id) ?? assert.fail(`no session of ${id}`);
      await session.verify({});
      const arrived = deferred<undefined>();
      const match = (): boolean => {
        arrived.resolve(undefined);
        return true;
      };
      every.sample.inject({ match, hang: true });
      const pending = session.verify({});
      pending.catch(() => undefined);
      await arrived.promise;
      session.dispose();
      await assert.rejects(pending, { name: 'AbortError' });
      const sent = every.sample.requests.length;
      await assert.rejects(session.verify({}), { name: 'AbortError' });
      assert.equal(every.sample.requests.length, sent);
    });
  }
});
