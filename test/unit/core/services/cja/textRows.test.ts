import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JsonPart } from '../../../../../src/core/http/jsonPart';
import type { Page } from '../../../../../src/core/services/contract/page';
import { type Resource, getJson } from '../../../../../src/core/services/contract/resource';
import { CountedTurns } from '../../../../support/countedTurns';
import { accountRow, startService } from '../../../../support/service';
import { getFailure, firstRow } from '../../../../support/rows';

const whole = { size: 100, bypassCache: false, depth: 2 };

/** The rows of a page with the levels in it, in order. */
function rowsIn({ items, parent }: Page): readonly Resource[] {
  const rows = items.flatMap(({ resource, children }) => [resource, ...(children ? rowsIn(children) : [])]);
  return parent ? [parent, ...rows] : rows;
}

describe('the rows of long answers', () => {
  it('keep the text of their JSON, of which levels share one', async () => {
    await using h = await startService('cja', { connections: 3, datasets: 4, backfills: 3 });
    const rows = rowsIn(await h.session.children(accountRow, whole, {}));
    assert.deepEqual([...new Set(rows.map(({ kind }) => kind))].sort(), [
      ...['backfill', 'connection', 'dataset', 'group'],
    ]);
    const kept = rows.flatMap(({ kind, json }) => (kind === 'group' ? [] : [json]));
    assert.ok(kept.every((json) => json instanceof JsonPart));
    assert.equal(new Set(kept.map((json) => json instanceof JsonPart && json.source)).size, 1);
  });

  for (const hostile of [false, true]) {
    it(`are those of a parsed answer${hostile ? ', however hostile' : ''}`, async () => {
      await using h = await startService('cja', { connections: 24, datasets: 8, backfills: 5, hostile });
      const read = async (parent: Resource): Promise<readonly unknown[]> => {
        const rows = rowsIn(await h.session.children(parent, whole, {}));
        return rows.map((row) => [{ ...row, json: getJson(row) }, h.session.properties(row)]);
      };
      const connection = await firstRow(h.session, accountRow, 'connection');
      const inText = [await read(accountRow), await read(connection)];
      // A list that is there twice is not looked for in the text.
      h.sample.inject({
        match: { path: /connections/ },
        rewrite: (body) => body.replaceAll(/"(content|dataSets|backfills)":/g, '"$1":[],"$1":'),
      });
      assert.deepEqual(inText, [await read(accountRow), await read(connection)]);
    });
  }

  for (const [what, rewrite] of [
    ['is cut off', (body: string) => body.slice(0, -20)],
    ['is no JSON in one item', (body: string) => body.replace('"dataSetId"', "'dataSetId'")],
    ['lacks a comma between items', (body: string) => body.replace('},{"dataSetId"', '}{"dataSetId"')],
    ['is no JSON around the list', (body: string) => body.replace('"totalElements":', '"totalElements":x')],
  ] as const) {
    it(`are none if the answer ${what}`, async () => {
      await using h = await startService('cja', { connections: 2, datasets: 2 });
      h.sample.inject({ match: { path: /connections/ }, rewrite });
      const failure = await getFailure(h.session.children(accountRow, whole, {}));
      assert.deepEqual([failure.kind, failure.message.includes('corrupt or cut off')], ['protocol', true]);
    });
  }

  it('are read in time slices, also the datasets of one connection', async () => {
    await using h = await startService('cja', { connections: 1, datasets: 400 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    for (const parent of [accountRow, connection]) {
      const turns = new CountedTurns();
      await h.session.children(parent, { ...whole, depth: 1 }, { turns });
      assert.ok(turns.count > 100, `${turns.count} turns`);
    }
  });
});
