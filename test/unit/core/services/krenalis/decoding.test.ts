import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readError } from '../../../../../src/core/services/krenalis/client/errors';
import { connect } from '../../../../../src/core/services/krenalis/session';
import { childPath } from '../../../../../src/core/services/contract/path';
import type { Page } from '../../../../../src/core/services/contract/page';
import type { Resource } from '../../../../../src/core/services/contract/resource';
import { accountOfService, accountRow } from '../../../../support/service';
import { firstPage, requestTemplateOrRefusal } from '../../../../support/rows';

/** What a session shows that is answered with that text, and above pipelines that they have no runs. */
async function children(text: string, parent: Resource): Promise<Page> {
  const session = connect(accountOfService('cja', {}), { apiKey: 'api_1' }, () => ({
    send: ({ path }) => {
      const isOfRuns = parent.kind !== 'pipeline' && path.endsWith('/runs');
      return Promise.resolve({ status: 200, headers: {}, text: isOfRuns ? '{"runs":[]}' : text });
    },
    dispose: () => undefined,
  }));
  const page = await session.children(parent, firstPage(), {});
  for (const { resource } of page.items) {
    session.properties(resource);
    session.webLink(resource);
    requestTemplateOrRefusal(session, resource);
    session.actions(resource);
  }
  return page;
}

const anything = fc.jsonValue({ maxDepth: 3 });
const field = fc.constantFrom(
  ...[
    'id',
    'name',
    'role',
    'connector',
    'pipelines',
    'target',
    'enabled',
    'running',
    'scheduleStart',
    'pipeline',
  ],
  ...[
    'passed',
    'failed',
    'endTime',
    'startTime',
    'error',
    'userId',
    'anonymousIds',
    'linkedConnections',
    'total',
  ],
  ...['schedulePeriod', 'eventTypes', '__proto__', 'constructor'],
);
const lookalike = fc.dictionary(
  field,
  fc.oneof(anything, fc.array(fc.dictionary(field, anything), { maxLength: 3 })),
  { maxKeys: 9 },
);
const lists = fc.array(fc.oneof(anything, lookalike), { maxLength: 5 });
const connection = childPath(accountRow.path, 'connection', '7');
const group: Resource = {
  ...accountRow,
  path: childPath(connection, 'group', 'identities'),
  kind: 'group',
  id: 'identities',
};
const pipeline: Resource = {
  ...accountRow,
  path: childPath(connection, 'pipeline', '1'),
  kind: 'pipeline',
  id: '1',
};

describe('decoding answers of Krenalis', () => {
  it('makes rows of any JSON, and loses none', async () => {
    await fc.assert(
      fc.asyncProperty(lists, async (sent) => {
        for (const [key, parent] of [
          ['connections', accountRow],
          ['identities', group],
          ['runs', pipeline],
        ] as const) {
          const { items } = await children(JSON.stringify({ [key]: sent }), parent);
          assert.equal(new Set(items.map(({ resource }) => resource.path)).size, items.length);
          if (key === 'connections') assert.ok(items.length > 0 || sent.length === 0);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('keeps IDs verbatim, and refuses those that a URL drops', async () => {
    const sent = [
      { id: 1371036433 },
      { id: '4fr7Kp9ZaQ2m' },
      { id: 'a/b?#' },
      { id: '..' },
      { id: '.' },
      { id: '' },
    ];
    const { items } = await children(JSON.stringify({ connections: sent }), accountRow);
    assert.deepEqual(
      items.map(({ resource }) => (resource.kind === 'problem' ? resource.kind : resource.id)),
      ['1371036433', '4fr7Kp9ZaQ2m', 'a/b?#', 'problem', 'problem', 'problem'],
    );
  });

  it('shows unknown words verbatim', async () => {
    const sent = [
      {
        id: 'c',
        role: 'Mirror',
        connector: 'telepathy',
        connectorType: 'Ether',
        pipelines: [{ id: 'p', target: 'Group', enabled: true }],
      },
    ];
    const [item] = (await children(JSON.stringify({ connections: sent }), accountRow)).items;
    assert.equal(item?.resource.description, 'Mirror · telepathy');
    assert.equal(item.children?.items[0]?.resource.description, 'Group');
  });

  it('reads any error body', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          lookalike.map((error) => JSON.stringify({ error })),
        ),
        (text) => {
          for (const status of [400, 401, 403, 404, 405, 422, 429, 500, 503]) {
            const parts = Object.entries(readError({ status, headers: {}, text }));
            for (const [name, part] of parts)
              assert.equal(typeof part, name === 'blamesAccount' ? 'boolean' : 'string');
          }
        },
      ),
    );
  });
});
