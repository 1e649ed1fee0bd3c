import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parentPath } from '../../../../src/core/services/contract/path';
import { everyRow, startEveryService } from '../../../support/everyService';
import { firstPage } from '../../../support/rows';

it('Rows can be expanded if, and only if, their kind has rows below it', async () => {
  await using h = await startEveryService();
  for (const signed of h.sessions) {
    const rows = await everyRow(signed);
    const parents = new Set(rows.map(({ path }) => parentPath(path)));
    const kindsAbove = new Set(rows.filter(({ path }) => parents.has(path)).map(({ kind }) => kind));
    for (const row of rows) {
      const isAbove = kindsAbove.has(row.kind);
      assert.ok(
        isAbove || !row.hasChildren,
        `${signed.service}: ${row.kind} is expandable, but always empty`,
      );
      if (isAbove || row.hasChildren) continue;
      const { items } = await signed.session.children(row, firstPage(), {});
      assert.deepEqual(items, [], `${signed.service}: ${row.kind} has rows that cannot be reached`);
    }
  }
});
