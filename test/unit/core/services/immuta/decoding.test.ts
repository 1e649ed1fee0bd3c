import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { HttpError } from '../../../../../src/core/http/errors';
import { childPath, type ResourcePath } from '../../../../../src/core/services/contract/path';
import type { ResourceKind } from '../../../../../src/shared/kinds';
import { readError } from '../../../../../src/core/services/immuta/client/errors';
import { runStatus, taskStatus } from '../../../../../src/core/services/immuta/levels/status';
import { accountRow, startService } from '../../../../support/service';
import { firstPage, readAll, requestTemplateOrRefusal, rows, labels } from '../../../../support/rows';

/** A place where rows of that kind are. */
function getPath(kind: ResourceKind): ResourcePath {
  const connection = childPath(accountRow.path, 'connection', 'crm');
  return kind === 'account'
    ? accountRow.path
    : kind === 'connection'
      ? connection
      : childPath(connection, kind, '7');
}

const anything = fc.jsonValue({ maxDepth: 3 });
const field = fc.constantFrom(
  'connectionKey',
  'id',
  'taskId',
  'runId',
  'name',
  'state',
  'status',
  'health',
  'type',
  'parentId',
  'createdAt',
  'completedAt',
  'normalizedType',
  '__proto__',
  'constructor',
);
const lookalike = fc.dictionary(field, anything, { maxKeys: 8 });
const values = fc.array(fc.oneof(anything, lookalike), { maxLength: 5 });

describe('Immuta decoding', () => {
  it('makes rows of any JSON at every level, and never throws', async () => {
    await using h = await startService('immuta');
    let sent: unknown;
    h.sample.inject({
      match: { path: /^\/api/ },
      status: 200,
      body: { toJSON: () => sent },
    });
    const kinds = ['account', 'connection', 'dataObject', 'group', 'task'] as const;
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.record({ list: values, next: anything }), lookalike), async (json) => {
        sent = json;
        for (const kind of kinds) {
          try {
            const { items } = await h.session.children(
              { ...accountRow, kind, path: getPath(kind) },
              firstPage(),
              {},
            );
            for (const { resource } of items) {
              h.session.properties(resource);
              requestTemplateOrRefusal(h.session, resource);
              h.session.actions?.(resource);
            }
          } catch (error) {
            assert.ok(error instanceof HttpError && error.kind === 'protocol', String(error));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('reads any error body without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        readError({ status: 500, headers: {}, text });
      }),
    );
  });

  it('finds the message in every shape of error', () => {
    for (const body of [
      { statusCode: 409, error: 'Conflict', message: 'why' },
      { error: { code: 'X1', message: 'why' } },
      { errors: [{ detail: 'why' }] },
      { errors: ['why'] },
      { error: 'why' },
      { title: 'why', status: 400 },
    ]) {
      const text = JSON.stringify(body);
      assert.equal(readError({ status: 409, headers: {}, text }).message, 'why', text);
    }
    assert.equal(readError({ status: 400, headers: {}, text: 'why\n' }).message, 'why');
    const html = { status: 502, headers: { 'content-type': 'text/html' }, text: '<h1>no</h1>' };
    assert.equal(readError(html).message, undefined);
    assert.equal(readError({ status: 400, headers: {}, text: '{"error":{"code":"X1"}}' }).code, 'X1');
  });

  it('shows no item whose ID would lead a request elsewhere', async () => {
    await using h = await startService('immuta');
    const connections = ['.', '..', '...'].map((connectionKey) => ({ connectionKey }));
    h.sample.inject({ match: { path: /connections$/ }, status: 200, body: { connections } });
    const shown = rows(await readAll(h.session, accountRow), 'connection');
    assert.deepEqual(
      shown.map(({ id }) => id),
      ['...'],
    );
  });

  it('shows what a hostile service sends, with the rest unharmed', async () => {
    await using h = await startService('immuta', { connections: 8, hostile: true });
    const items = await readAll(h.session, accountRow);
    assert.equal(items.length, 8);
    const connections = rows(items, 'connection');
    assert.deepEqual(
      connections.map(({ status }) => status?.state),
      ['unknown', 'inactive', 'unknown', 'failed', 'inactive'],
    );
    assert.equal(connections[0]?.status?.label, '<b>$(error) odd</b>');
    assert.equal(labels(items).filter((label) => label === 'An item cannot be shown.').length, 3);
    for (const { resource } of items) h.session.properties(resource);
  });
});

describe('Immuta status words', () => {
  it('takes completedAt as the end of a run, whatever its status is', () => {
    const over = { completedAt: '2026-01-01T00:00:00Z' };
    const state = (status: string | undefined, more = {}): string => {
      const none = {
        createdAt: undefined,
        updatedAt: undefined,
        startedAt: undefined,
        canceledBy: undefined,
      };
      return runStatus({ runId: 'r', ...none, completedAt: undefined, status, ...more }).state;
    };
    assert.deepEqual([state('RUNNING'), state('RUNNING', over)], ['running', 'unknown']);
    assert.deepEqual([state('SUCCEEDED'), state('SUCCEEDED', over)], ['running', 'ok']);
    assert.deepEqual([state('canceled'), state('CANCELLED', over)], ['running', 'inactive']);
    assert.deepEqual([state('Failed'), state('FAILED', over)], ['failed', 'failed']);
    assert.deepEqual(
      [state('CANCEL_REQUESTED'), state('PENDING'), state('Brooding')],
      ['running', 'queued', 'unknown'],
    );
    assert.equal(state(undefined), 'unknown');
  });

  it('keeps the words of tasks verbatim', () => {
    assert.deepEqual(taskStatus('In_Progress'), { state: 'running', label: 'In_Progress' });
    assert.deepEqual(taskStatus('Completed'), { state: 'ok', label: 'Completed' });
    assert.deepEqual(taskStatus('INCOMPLETE'), { state: 'unknown', label: 'INCOMPLETE' });
  });
});
