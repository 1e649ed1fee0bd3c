import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HttpResponse } from '../../../../src/core/http/types';
import { toDatasets } from '../../../../src/core/services/cja/levels/datasets';
import { readError as readDatadog } from '../../../../src/core/services/datadog/client/errors';
import { readError as readImmuta } from '../../../../src/core/services/immuta/client/errors';
import { taskResource } from '../../../../src/core/services/immuta/levels/resources';
import {
  getAccountId,
  getAccountPath,
  childPath,
  isWithin,
  parentPath,
} from '../../../../src/core/services/contract/path';
import { account, resource } from '../../../support/fakes/store';

function answer(body: unknown, status = 400): HttpResponse {
  return {
    status,
    headers: {},
    text: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

describe('the errors of Immuta', () => {
  it('are read in each place where they may be', () => {
    for (const [body, code, message] of [
      [{ message: 'No', code: 'E1' }, 'E1', 'No'],
      [{ message: 'No', errorCode: 'E2' }, 'E2', 'No'],
      [{ error: { code: 'E3', message: 'No' } }, 'E3', 'No'],
      [{ message: 'No' }, undefined, 'No'],
      ['No', undefined, 'No'],
      [{}, undefined, undefined],
    ] as const) {
      const reading = readImmuta(answer(body));
      assert.deepEqual([reading.code, reading.message], [code, message], JSON.stringify(body));
    }
  });

  it('say what to do, by the sign-in method of the account', () => {
    assert.match(readImmuta(answer({}, 401)).advice ?? '', /API key/);
    assert.match(readImmuta(answer({}, 401), true).advice ?? '', /access token/);
    assert.match(readImmuta(answer({ message: 'Connection state must be INACTIVE' })).advice ?? '', /state/);
  });
});

describe('the errors of Datadog', () => {
  it('are read in each shape, each text once and at most three', () => {
    for (const [body, message] of [
      [{ errors: ['No'] }, 'No'],
      [{ errors: ['No', 'No', 'a', 'b', 'c'] }, 'No; a; b'],
      [{ errors: [{ detail: 'No' }] }, 'No'],
      [{ error: { message: 'No' } }, 'No'],
      ['No', 'No'],
      ['', undefined],
      [{}, undefined],
    ] as const)
      assert.equal(readDatadog(answer(body)).message, message, JSON.stringify(body));
  });

  it('blame the account if access is denied', () => {
    const blamed = [400, 401, 403, 404].map((status) => readDatadog(answer({}, status)).blamesAccount);
    assert.deepEqual(blamed, [undefined, true, true, undefined]);
  });
});

describe('a list within a resource', () => {
  it('is empty if it is null, and a problem if it is missing or something else', () => {
    const connection = resource(account, 'connection', 'c');
    for (const [json, kinds] of [
      [{}, ['problem', 'group']],
      [{ dataSets: null }, ['group']],
      [{ dataSets: [] }, ['group']],
      [{ dataSets: 'none' }, ['problem', 'group']],
      [{ dataSets: {} }, ['problem', 'group']],
    ] as const) {
      const { items } = toDatasets(connection, json);
      assert.deepEqual(
        items.map((item) => item.resource.kind),
        kinds,
      );
    }
  });
});

describe('the row of a task of Immuta', () => {
  it('shows its trigger and time, as far as they are known', () => {
    const task = { taskId: 't', type: 'SYNC' } as Parameters<typeof taskResource>[1];
    const parent = resource(account, 'connection', 'c');
    for (const [more, description] of [
      [{ trigger: 'MANUAL', createdAt: '2026-11-01T08:30:00Z' }, 'manual, 2026-11-01 08:30 UTC'],
      [{ trigger: 'MANUAL' }, 'manual'],
      [{ createdAt: '2026-11-01T08:30:00Z' }, '2026-11-01 08:30 UTC'],
    ] as const)
      assert.equal(taskResource(parent, { ...task, ...more }, {}).description, description);
    assert.ok(!taskResource(parent, task, {}).description);
  });
});

describe('a path', () => {
  it('knows its account and its parent, whatever the IDs', () => {
    const child = childPath(account, 'connection', 'a/b:c');
    assert.deepEqual([getAccountPath(account), getAccountPath(child)], [account, account]);
    assert.deepEqual(
      [getAccountId(child), parentPath(child), parentPath(account)],
      ['a', account, undefined],
    );
    assert.ok(isWithin(child, account) && isWithin(child, child) && !isWithin(account, child));
    assert.ok(!isWithin(childPath(account, 'connection', 'cc'), childPath(account, 'connection', 'c')));
  });
});
