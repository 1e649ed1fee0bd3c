import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import v8 from 'node:v8';
import { Budget } from '../../../../src/core/http/budget';
import type { CallOptions } from '../../../../src/core/http/types';
import { HttpError } from '../../../../src/core/http/errors';
import { childPath } from '../../../../src/core/services/contract/path';
import { services } from '../../../../src/core/services/registry';
import type { Session } from '../../../../src/core/services/contract/service';
import type { Resource } from '../../../../src/core/services/contract/resource';
import type { ResourceKind } from '../../../../src/shared/kinds';
import { startEndless } from '../../../support/endlessServer';

/** Everything that a session can be asked, of an account. */
function questions(
  session: Session,
  account: Resource,
  glossaries: readonly string[],
): readonly ((call: CallOptions) => Promise<unknown>)[] {
  const { actions, runs } = session;
  const below = (kind: ResourceKind): Resource => ({
    ...{
      path: childPath(
        childPath(childPath(account.path, 'entity', 'users'), 'connection', 'dg_0'),
        kind,
        'no',
      ),
      kind,
      id: 'no',
      label: 'no',
    },
    ...{ hasChildren: true, json: {} },
  });
  const parents = [
    account,
    ...(['entity', 'connection', 'dataset', 'group', 'pipeline', 'dataObject', 'task'] as const).map(below),
  ];
  const read = [...parents, ...(['backfill', 'dataView', 'run', 'field'] as const).map(below)];
  const ids = ['dg_1', 'dv_1', '5f24d3c1b8a9e70012345678'];
  const page = { size: 100, bypassCache: true, depth: 2 };
  return [
    (call) => session.verify(call),
    (call) => Promise.resolve(session.choices?.('workspace', call)),
    ...parents.map((parent) => (call: CallOptions) => session.children(parent, page, call)),
    ...read.map((resource) => (call: CallOptions) => session.read(resource, call)),
    ...ids.map((id) => (call: CallOptions) => Promise.resolve(session.findById?.(account, id, call))),
    (call) => Promise.resolve(session.findConnectionsByDataset?.(account, 'set', call)),
    (call) => Promise.resolve(runs?.fetchRuns(account, [], call)),
    (call) => Promise.resolve(runs?.fetchRuns(account, [below('task').path, below('dataset').path], call)),
    ...glossaries.map((id) => (call: CallOptions) => Promise.resolve(session.glossaryTerms?.(id, call))),
    ...(actions?.(account) ?? []).map(
      ({ draft }) =>
        (call: CallOptions) =>
          draft?.(call) ?? Promise.resolve(),
    ),
  ];
}

describe('A service whose lists never end', () => {
  for (const { id, title, glossaries } of services) {
    it(`is not asked forever, whatever ${title} is asked`, async () => {
      await using endless = await startEndless(id);
      const { session, row, server } = endless;
      // An eighth of it is what one question may take: a few pages of this server.
      mock.method(v8, 'getHeapStatistics', () => ({ heap_size_limit: 64 * 1024 * 1024 }));
      const asked: number[] = [];
      for (const ask of questions(
        session,
        row,
        (glossaries?.() ?? []).map((glossary) => glossary.id),
      )) {
        const before = server.received.length;
        await ask({}).catch((error: unknown) => {
          assert.ok(error instanceof HttpError, String(error));
        });
        asked.push(server.received.length - before);
      }
      mock.restoreAll();
      assert.ok(Math.max(...asked) < 60, `${asked.join(', ')} requests`);
    });

    it(`is asked no more than a caller allows, by ${title}`, async () => {
      await using endless = await startEndless(id);
      const { session, row, server } = endless;
      for (const ask of questions(session, row, [])) {
        const before = server.received.length;
        const budget = new Budget(1);
        await ask({ budget }).catch((error: unknown) => {
          assert.ok(error instanceof HttpError, String(error));
        });
        assert.ok(server.received.length - before <= 6, 'no more than go out side by side');
      }
    });
  }
});
