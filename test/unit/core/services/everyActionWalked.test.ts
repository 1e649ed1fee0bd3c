import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../../../scripts/lib/paths';
import { actionWalks } from '../../../e2e/actionWalks';
import { everyRow, startEveryService } from '../../../support/everyService';

describe('every action of every service', () => {
  it('has a walk through the window, and every walk an action', async () => {
    await using every = await startEveryService();
    for (const { service, session } of every.sessions) {
      const ids = session.actions?.ids ?? [];
      const walked = Object.keys(actionWalks[service] ?? {});
      assert.deepEqual(walked.toSorted(), ids.toSorted(), service);
    }
    const services = every.sessions.map(({ service }) => service);
    assert.deepEqual(Object.keys(actionWalks).toSorted(), services.toSorted());
  });

  it('is named by its service before it is offered', async () => {
    await using every = await startEveryService();
    for (const signed of every.sessions) {
      const { actions } = signed.session;
      const offered = new Set<string>();
      for (const row of await everyRow(signed))
        for (const { id } of actions?.actionsFor(row) ?? []) offered.add(id);
      assert.deepEqual([...offered].toSorted(), (actions?.ids ?? []).toSorted(), signed.service);
    }
  });

  it('is walked', () => {
    const folder = join(root, 'test', 'e2e');
    const files = readdirSync(folder).filter((name) => name.endsWith('.test.ts'));
    const sources = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
    for (const service of Object.keys(actionWalks)) {
      assert.ok(sources.includes(`walkEveryAction('${service}');`), service);
    }
  });
});
