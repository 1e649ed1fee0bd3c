import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { parse } from 'jsonc-parser';
import type { Action, ActionInputValues } from '../../../../src/core/services/contract/action';
import type { JsonObject } from '../../../../src/core/http/json';
import { placedProblemText, toProblem } from '../../../../src/core/services/common/problem';
import { everyRow, startEveryService, type EveryService } from '../../../support/everyService';
import { getFailure } from '../../../support/rows';
import { SERVICE_IDS } from '../../../support/service';

/** What a person writes in a document, by the ID of its action: what differs from the draft. */
const WRITTEN: Readonly<Record<string, JsonObject>> = {
  editFields: { fields: [] },
  editConnection: { comment: 'x' },
  editDataObject: { comment: 'x' },
  editDataView: { name: 'Changed' },
  edit: { name: 'Changed' },
};

/** A draft without empty texts, which a person has to fill. */
function filled(value: unknown): unknown {
  if (value === '' || value === 'https://') return `${value}filled`;
  if (Array.isArray(value)) return value.map(filled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filled(each)]));
}

async function getInput(action: Action): Promise<ActionInputValues> {
  const { input } = action;
  if (input.kind === 'none') return { kind: 'none' };
  if (input.kind === 'fields')
    return {
      kind: 'fields',
      values: Object.fromEntries(input.fields.map(({ key, choices = [] }) => [key, choices[0]?.value ?? ''])),
    };
  const { text: base } = (await action.draft?.({})) ?? assert.fail(action.id);
  const members = WRITTEN[action.id] ?? {};
  return { kind: 'document', text: JSON.stringify({ ...(filled(parse(base)) as object), ...members }), base };
}

/** A request that only reads, whatever its method. */
const READS = /authenticate$|^\/ims\/|_search$|\/validate$/;

/** Answers with status 200 that are not the service's, or tell of a failure, and the cause that is told. */
const OTHER: readonly (readonly [name: string, body: unknown, says: RegExp])[] = [
  ['a web page', '<!DOCTYPE html><title>Sign in</title>', /web page/],
  ['a text', 'upstream maintenance', /corrupt|cut off/],
  ['JSON that ends too soon', '{"id":', /corrupt|cut off/],
  ['a list of errors', { errors: ['Forbidden'] }, /The service says: Forbidden/],
  ['an error', { error: { code: 'Odd', message: 'No such thing' } }, /No such thing/],
  ['a message', { message: 'Service is in maintenance' }, /in maintenance/],
  ['an error with a status', { status: 403, error: 'Forbidden', path: '/x' }, /Forbidden/],
];

/** Names another resource by every name that a service has for one. */
const ANOTHER = {
  ...{ id: 'another', connectionKey: 'another', runId: 'another', taskId: 't', name: 'Another' },
  ...{ result: 'failed', message: 'Done', data: { id: 'another', type: 'connection_id', attributes: {} } },
};

/** Actions whose result has an ID that is not known before, or is of two resources. */
const MAKES: ReadonlySet<string> = new Set([
  ...['cja createDataView', 'cja copyDataView', 'krenalis createConnection', 'krenalis run'],
  ...['krenalis link', 'krenalis unlink', 'immuta syncDataObjects'],
]);

describe('an answer to a write with status 200 that is not its confirmation', () => {
  let every: EveryService;
  before(async () => {
    every = await startEveryService();
  });
  after(() => every[Symbol.asyncDispose]());

  for (const id of SERVICE_IDS)
    it(`is not taken for success: every action of ${id}`, async () => {
      const signed = every.sessions.find(({ service }) => service === id) ?? assert.fail(id);
      const { actions } = signed.session;
      const tried = new Set<string>();
      for (const row of await everyRow(signed)) {
        for (const action of actions?.(row) ?? []) {
          if (tried.has(action.id)) continue;
          tried.add(action.id);
          const input = await getInput(action);
          for (const [name, body, says] of OTHER) {
            const heal = every.sample.inject({
              match: ({ method, path }) =>
                method !== 'GET' && (!READS.test(path) || path.endsWith('_validate')),
              ...{ status: 200, body },
            });
            const error = await getFailure(action.perform(input, {})).catch((reason: unknown) =>
              assert.fail(`${action.id}, ${name}: ${String(reason)}`),
            );
            heal();
            const text = placedProblemText(toProblem(error));
            assert.ok(error.hasUnknownOutcome, `${action.id}, ${name}: ${text}`);
            assert.match(text, says, `${action.id}, ${name}`);
          }
        }
      }
      assert.ok(tried.size >= 3, [...tried].join());
    });

  for (const id of SERVICE_IDS)
    it(`is not taken for success if it is about another resource: every action of ${id}`, async () => {
      const signed = every.sessions.find(({ service }) => service === id) ?? assert.fail(id);
      const tried = new Set<string>();
      for (const row of await everyRow(signed)) {
        for (const action of signed.session.actions?.(row) ?? []) {
          if (tried.has(action.id) || MAKES.has(`${id} ${action.id}`)) continue;
          tried.add(action.id);
          const input = await getInput(action);
          const heal = every.sample.inject({
            match: ({ method, path }) => method !== 'GET' && !/authenticate$|^\/ims\/|_search$/.test(path),
            ...{ status: 200, body: ANOTHER },
          });
          const error = await getFailure(action.perform(input, {})).catch((reason: unknown) =>
            assert.fail(`${action.id}: ${String(reason)}`),
          );
          heal();
          // The words of a deletion that Adobe refuses say that nothing was done.
          assert.ok(error.hasUnknownOutcome || action.id === 'deleteDataView', action.id);
        }
      }
      assert.ok(tried.size >= 2, [...tried].join());
    });

  it('is not taken for a copy if it is the original', async () => {
    const signed = every.sessions.find(({ service }) => service === 'cja') ?? assert.fail();
    for (const row of await everyRow(signed)) {
      const copy = signed.session.actions?.(row).find(({ id }) => id === 'copyDataView');
      if (!copy) continue;
      const heal = every.sample.inject({ match: { path: /copy/ }, status: 200, body: { id: row.id } });
      const error = await getFailure(copy.perform({ kind: 'none' }, {}));
      heal();
      assert.ok(error.hasUnknownOutcome);
      assert.match(placedProblemText(toProblem(error)), /the original, not its copy/);
      return;
    }
    assert.fail('no data view');
  });
});
