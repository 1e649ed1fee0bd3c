import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findService } from '../../../../src/core/services/registry';
import { everyRow, startEveryService, type EveryService } from '../../../support/everyService';
import { SERVICE_IDS } from '../../../support/service';

describe('The capabilities of a service, which when-clauses use before there is a session', () => {
  let every: EveryService;
  before(async () => {
    every = await startEveryService();
  });
  after(() => every[Symbol.asyncDispose]());

  for (const id of SERVICE_IDS)
    it(`${id}: are what its sessions offer, in some state of a resource`, async () => {
      const signed = every.sessions.find(({ service }) => service === id) ?? assert.fail(id);
      const { session } = signed;
      const rows = await everyRow(signed);
      const offered = new Set<string>();
      for (const row of rows) {
        // If the service does not report the state, everything that is possible in any state is offered; pipelines
        // are distinguished by `enabled`.
        const states = [row, { ...row, json: {} }, { ...row, json: { enabled: true } }];
        for (const state of states) for (const { verb } of session.actions?.(state) ?? []) offered.add(verb);
        if (session.shortId?.(row) !== undefined) offered.add('shortIds');
      }
      if (session.hasBackfills) offered.add('backfills');
      if (session.runs) offered.add('runs');
      assert.deepEqual([...(findService(id)?.capabilities ?? [])].sort(), [...offered].sort());
      assert.equal(session.glossaryTerms !== undefined, findService(id)?.glossaries !== undefined);
    });
});
