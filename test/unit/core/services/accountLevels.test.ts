import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hiddenConnection } from '../../../../src/core/services/cja/levels/resources';
import { toAccountLevels } from '../../../../src/core/services/cja/details/detailViews';
import type { AccountLevel } from '../../../../src/core/services/contract/detailViews';
import type { JsonObject } from '../../../../src/core/http/json';
import { accountRow, SERVICE_IDS, startService } from '../../../support/service';
import { readAll } from '../../../support/rows';
import { resource } from '../../../support/fakes/store';

/** The tallies of a level for a resource with that JSON. */
function getCounts(kind: AccountLevel['kind'], json: JsonObject): Readonly<Record<string, number>> {
  const level = toAccountLevels().find((each) => each.kind === kind) ?? assert.fail(kind);
  const row = { ...resource(accountRow.path, kind, 'x'), json };
  return Object.fromEntries(level.tallies.map((tally) => [tally.id, tally.count(row)]));
}

describe('The counts in the overview of an account', () => {
  it('are those of the lists of each service, level by level', async () => {
    for (const id of SERVICE_IDS) {
      await using h = await startService(id);
      const levels = h.session.detailViews?.accountLevels?.() ?? [];
      assert.ok(levels.length > 0, id);
      let parents = [accountRow];
      for (const { kind, load } of levels) {
        const lists = await Promise.all(parents.map((parent) => readAll(h.session, parent)));
        const rows = lists.flat().map(({ resource: row }) => row);
        parents = rows.filter((row) => row.kind === kind && load?.isBelow?.(row) !== false);
        assert.ok(parents.length > 0, `${id} has a ${kind}`);
      }
    }
  });

  it('are loaded with the list of the account in one request per page, if the service supports that', async () => {
    for (const id of SERVICE_IDS) {
      await using h = await startService(id);
      const below = h.session.detailViews?.accountLevels?.()[1];
      if (!below?.load?.prefetchable) continue;
      const request = { size: 100, bypassCache: false, depth: 1 } as const;
      const page = await h.session.children(accountRow, request, { priority: 'interactive' });
      const children = page.items.flatMap((item) => item.children?.items ?? []);
      assert.ok(
        children.some((child) => child.resource.kind === below.kind),
        id,
      );
    }
  });

  it('of a connection of CJA are its failed and queued backfills, and its validation errors', () => {
    const backfillSummary = { total: 9, failed: 2, inProgress: 1, completed: 3 };
    const connectionValidationErrors = [{ errorCode: 'MISSING_FIELD' }, {}];
    assert.deepEqual(getCounts('connection', { id: 'x', backfillSummary, connectionValidationErrors }), {
      failedBackfills: 2,
      queuedBackfills: 3,
      validationErrors: 2,
    });
    const none = { failedBackfills: 0, queuedBackfills: 0, validationErrors: 0 };
    assert.deepEqual(getCounts('connection', { id: 'x' }), none);
    assert.deepEqual(getCounts('connection', { id: 7 }), none);
  });

  it('is of a dataset of CJA whether its import is off, as far as the service tells', () => {
    const cases = [
      [{}, 0],
      [{ streaming: true }, 0],
      [{ streaming: false }, 1],
    ] as const;
    for (const [json, switchedOff] of cases)
      assert.deepEqual(getCounts('dataset', { dataSetId: 'x', ...json }), { switchedOff });
  });

  it('expect no datasets of a connection that is only known from its data views', () => {
    const [, datasets] = toAccountLevels();
    assert.equal(datasets?.load?.isBelow?.(hiddenConnection(accountRow, 'dg_1', 2)), false);
    assert.equal(datasets.load.isBelow(resource(accountRow.path, 'connection', 'c')), true);
  });
});
