import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Resource } from '../../../../../src/core/services/contract/resource';
import type { Fault } from '../../../../../src/sample/faults';
import { accountRow, startService, type StartedService } from '../../../../support/service';
import { getFailure, firstPage, firstRow, readAll, rows } from '../../../../support/rows';

async function getDataViews(h: StartedService<'cja'>): Promise<Resource> {
  const connection = await firstRow(h.session, accountRow, 'connection');
  return firstRow(h.session, connection, 'group');
}

/** The data view paths requested since the last call. */
function looker(h: StartedService<'cja'>): () => readonly string[] {
  let seen = h.paths().length;
  return () => {
    const since = h.paths().slice(seen);
    seen = h.paths().length;
    return since;
  };
}

const newPath = '/data/dataviews';
const oldPath = '/datagroups/dataviews';
const noOldPath: Fault = { match: { path: /^\/datagroups/ }, status: 404, body: {} };

describe('the older path of data views', () => {
  it('is not kept if it never answered', async () => {
    await using h = await startService('cja');
    const group = await getDataViews(h);
    const paths = looker(h);
    h.sample.inject(noOldPath);
    h.sample.inject({ match: { path: /^\/data\/dataviews/ }, times: 1, status: 404, body: {} });
    assert.equal((await getFailure(h.session.children(group, firstPage(), {}))).kind, 'notFound');
    assert.deepEqual(paths(), [newPath, oldPath]);
    const { items } = await h.session.children(group, firstPage(), {});
    assert.ok(items.length > 0);
    assert.deepEqual(paths(), [newPath]);
  });
});

describe('the JSON of a data view that has no operation of its own', () => {
  it('is found on whatever page of the list it is', async () => {
    await using h = await startService('cja', { connections: 1, dataViews: 5, maxLimit: 2 });
    const { items } = await h.session.children(await getDataViews(h), firstPage(), {});
    assert.ok(items.length > 0);
    const all = rows(await readAll(h.session, await getDataViews(h)), 'dataView');
    assert.equal(all.length, 5);
    h.sample.inject({ match: { path: /^\/data\/dataviews\/dv_/ }, status: 404, body: {} });
    for (const view of all) {
      const { id } = JSON.parse(await h.session.read(view, {})) as { readonly id: string };
      assert.equal(id, view.id);
    }
  });
});

describe('refused expansions', () => {
  /** The expansions of the last request for a connection. */
  const asked = (h: StartedService<'cja'>): readonly string[] =>
    (h.sample.requests.at(-1)?.query.get('expansion') ?? '').split(',');

  it('are requested again if a refusal named none', async () => {
    await using h = await startService('cja');
    const connection = await firstRow(h.session, accountRow, 'connection');
    h.sample.inject({ match: {}, times: 1, status: 400, body: { message: 'Bad request' } });
    await h.session.children(connection, firstPage(), {});
    assert.ok(!asked(h).includes('schemaInfo'));
    await h.session.children(connection, firstPage(), {});
    assert.ok(asked(h).includes('schemaInfo'));
    assert.ok(asked(h).includes('ownerFullName'));
  });

  it('are omitted at most five times for one answer', async () => {
    await using h = await startService('cja');
    const connection = await firstRow(h.session, accountRow, 'connection');
    await h.session.children(connection, firstPage(), {});
    for (const name of asked(h))
      h.sample.inject({
        match: ({ query }) => (query.get('expansion') ?? '').split(',').includes(name),
        status: 400,
        body: { message: `Unknown expansion name: '${name}'` },
      });
    const before = h.sample.requests.length;
    await getFailure(h.session.children(connection, firstPage(), {}));
    assert.equal(h.sample.requests.length - before, 1 + 5);
  });

  it('are omitted by name, one refusal after the other, and not if nothing was answered without them', async () => {
    await using h = await startService('cja');
    const connection = await firstRow(h.session, accountRow, 'connection');
    const refuse = (name: string, times?: number): (() => void) =>
      h.sample.inject({
        match: ({ query }) => (query.get('expansion') ?? '').split(',').includes(name),
        status: 400,
        body: { message: `Unknown expansion name: '${name}'` },
        ...(times !== undefined && { times }),
      });
    const heal = [refuse('schemaInfo'), refuse('validationErrors')];
    const broken = h.sample.inject({
      match: ({ query }) => !(query.get('expansion') ?? '').includes('validationErrors'),
      status: 400,
      body: { message: 'No' },
    });
    assert.match((await getFailure(h.session.children(connection, firstPage(), {}))).message, /schemaInfo/);
    broken();
    for (const end of heal) end();
    await h.session.children(connection, firstPage(), {});
    assert.ok(asked(h).includes('schemaInfo') && asked(h).includes('validationErrors'));
    refuse('schemaInfo');
    refuse('validationErrors', 1);
    await h.session.children(connection, firstPage(), {});
    const before = h.sample.requests.length;
    await h.session.children(connection, firstPage(), {});
    assert.equal(h.sample.requests.length, before + 1);
    assert.ok(!asked(h).includes('schemaInfo') && !asked(h).includes('validationErrors'));
    assert.ok(asked(h).includes('name') && asked(h).includes('ownerFullName'));
  });
});
