import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { immutaPortrait } from '../../../../../src/core/services/immuta/details/detailViews';
import { accountRow, startService } from '../../../../support/service';
import { firstRow, firstTask } from '../../../../support/rows';
import { cells, listsBelow, sources } from '../detailViews';

describe('the detail views of an Immuta connection', () => {
  it('have tables of its tasks and data objects', async () => {
    await using h = await startService('immuta', { connections: 1 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const tasks = `${connection.path}/group:tasks`;
    assert.deepEqual(sources(h.session, connection), [
      ['Tasks', tasks],
      ['Data Objects', connection.path],
    ]);
    const task = await firstTask(h.session, connection);
    assert.deepEqual(Object.keys(cells(h.session, connection, 0, task)), [
      'Trigger',
      'Created by',
      'Created',
    ]);
    const host = await firstRow(h.session, connection, 'dataObject');
    assert.ok('Type' in cells(h.session, connection, 1, host));
    const run = await firstRow(h.session, task, 'run');
    assert.ok('Created' in cells(h.session, task, 0, run));
  });

  it('have a timeline of its tasks, and of a single one', async () => {
    await using h = await startService('immuta', { connections: 1 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const task = await firstTask(h.session, connection);
    const timeline = { source: `${connection.path}/group:tasks`, lanes: 'task', bars: 'run' };
    assert.deepEqual(immutaPortrait.timeline(connection), timeline);
    assert.deepEqual(immutaPortrait.timeline(task), { ...timeline, laneFilter: task.path });
    assert.equal(immutaPortrait.timeline(accountRow), undefined);
  });

  it('draw the hierarchy as far as it is loaded, and the way down to a data object', async () => {
    await using h = await startService('immuta', { connections: 1 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const host = await firstRow(h.session, connection, 'dataObject');
    const database = await firstRow(h.session, host, 'dataObject');
    const lists = await listsBelow(h.session, [accountRow, connection, host]);
    const whole = immutaPortrait.structure(connection, lists);
    const ids = whole.nodes.map(({ id }) => id);
    assert.deepEqual(ids.slice(0, 3), [connection.path, host.path, database.path]);
    assert.ok(whole.nodes.slice(1).every(({ expandable }) => expandable === true));
    assert.deepEqual(whole.edges.slice(0, 2), [
      { from: connection.path, to: host.path },
      { from: host.path, to: database.path },
    ]);
    const part = immutaPortrait.structure(database, lists);
    assert.deepEqual(
      part.nodes.map(({ id }) => id),
      [connection.path, host.path, database.path],
    );
    assert.equal(part.edges.length, 2);
  });
});
