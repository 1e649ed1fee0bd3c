import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { krenalisPortrait } from '../../../../../src/core/services/krenalis/details/detailViews';
import { childPath } from '../../../../../src/core/services/contract/path';
import type { Resource } from '../../../../../src/core/services/contract/resource';
import { accountRow, startService } from '../../../../support/service';
import { firstRow, childNamed, connectionNamed } from '../../../../support/rows';
import { cells, edgeTexts, listsBelow, roles, sources } from '../detailViews';

describe('the detail views of a Krenalis connection', () => {
  it('have tables of its pipelines and of the connections that it is linked with', async () => {
    await using h = await startService('krenalis');
    const website = await connectionNamed(h.session, 'Website');
    assert.deepEqual(sources(h.session, website), [
      ['Pipelines', website.path],
      ['Linked Connections', accountRow.path],
    ]);
    const pipeline = await childNamed(h.session, website, 'Identify users');
    assert.deepEqual(cells(h.session, website, 0, pipeline), { Target: 'User', Enabled: 'No' });
    const lists = await listsBelow(h.session, [accountRow]);
    const [, linked] = krenalisPortrait.tables(website);
    const rows = lists(accountRow.path).filter((row) => linked?.includes(row));
    assert.ok(rows.length > 0);
    assert.ok(
      rows.every(
        ({ kind, searchAttributes }) => kind === 'connection' && searchAttributes?.role === 'Destination',
      ),
    );
  });

  it('have a timeline of its pipelines, and of a pipeline that has runs', async () => {
    await using h = await startService('krenalis');
    const database = await connectionNamed(h.session, 'PostgreSQL', 'Source');
    const pipeline = await childNamed(h.session, database, 'Import users');
    const timeline = { source: database.path, lanes: 'pipeline', bars: 'run' };
    assert.deepEqual(krenalisPortrait.timeline(database), timeline);
    assert.deepEqual(krenalisPortrait.timeline(pipeline), { ...timeline, laneFilter: pipeline.path });
    assert.equal(krenalisPortrait.timeline({ ...pipeline, hasChildren: false }), undefined);
    const run = await firstRow(h.session, pipeline, 'run');
    assert.ok('Started' in cells(h.session, pipeline, 0, run));
  });

  it('draw the flow of the data, also through links', async () => {
    await using h = await startService('krenalis');
    const website = await connectionNamed(h.session, 'Website');
    const newsletter = await connectionNamed(h.session, 'Newsletter');
    const lists = await listsBelow(h.session, [accountRow, website, newsletter]);
    const source = krenalisPortrait.structure(website, lists);
    const texts = edgeTexts(source);
    assert.ok(texts.includes('Website -[Event]-> Collect events'));
    assert.ok(texts.includes('Website -[link]-> Newsletter'));
    assert.deepEqual(roles(source).Newsletter, 'destination');
    const destination = edgeTexts(krenalisPortrait.structure(newsletter, lists));
    assert.ok(destination.includes('Export contacts -[User]-> Newsletter'));
    assert.ok(destination.includes('Website -[link]-> Newsletter'));
    const pipeline = await childNamed(h.session, website, 'Collect events');
    assert.deepEqual(krenalisPortrait.structureInputs(pipeline), [accountRow.path, website.path]);
    assert.deepEqual(krenalisPortrait.structure(pipeline, lists), source);
  });

  it('keep links that lead nowhere, and omit invalid ones', () => {
    const path = childPath(accountRow.path, 'connection', 'c1');
    const json = { id: 'c1', linkedConnections: ['gone', 'c1', null, {}, 'gone'] };
    const connection: Resource = { ...accountRow, path, kind: 'connection', id: 'c1', label: 'One', json };
    const drawn = krenalisPortrait.structure(connection, () => []);
    assert.deepEqual(roles(drawn), { One: 'connection', gone: 'connection not in the list' });
    assert.deepEqual(new Set(edgeTexts(drawn)), new Set(['One -[link]-> gone']));
  });
});
