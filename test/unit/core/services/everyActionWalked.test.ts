import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../../../scripts/lib/paths';
import { actionWalks } from '../../../e2e/actionWalks';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { everyRow, startEveryService } from '../../../support/everyService';

describe('every action of every service', () => {
  it('has an end-to-end test, and every such test an action that the sample offers', async () => {
    await using every = await startEveryService();
    for (const signed of every.sessions) {
      const rows = await everyRow(signed);
      const ids = (of: readonly Resource[]): Set<string> =>
        new Set(of.flatMap((row) => signed.session.actions?.(row) ?? []).map(({ id }) => id));
      const walked = Object.keys(actionWalks[signed.service] ?? {}).toSorted();
      assert.deepEqual([...ids(rows)].toSorted(), walked, signed.service);
      // Actions of states that the sample does not have.
      const stateless = rows.map(({ path, kind, id, label, hasChildren }) => ({
        ...{ path, kind, id, label, hasChildren },
      }));
      assert.deepEqual([...ids([...rows, ...stateless])].toSorted(), walked, signed.service);
    }
    const services = every.sessions.map(({ service }) => service);
    assert.deepEqual(Object.keys(actionWalks).toSorted(), services.toSorted());
  });

  it('every action is performed by an end-to-end test', () => {
    const folder = join(root, 'test', 'e2e');
    const files = readdirSync(folder).filter((name) => name.endsWith('.test.ts'));
    const sources = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
    for (const service of Object.keys(actionWalks)) {
      assert.ok(sources.includes(`walkEveryAction('${service}');`), service);
    }
  });
});
